"""A made-up teacher whose every word is found nowhere else, in every file that a store may have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import Desk
from coach_tui.domain.statuses import Rules
from coach_tui.store.draft_file import DraftFile
from coach_tui.store.drafts import Draft
from coach_tui.store.records import RecordStore
from torture.command import coach
from torture.subject import open_store

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Zebulon Quillfeather"
WORDS = ("Zebulon", "Quillfeather", "marzipan", "xylograph", "oboe")
"""Words of the name, of notes, of a launch note and of a draft."""

OTHER = "Ana Ruiz"
MOMENT = datetime(2025, 9, 29, 15, 0, tzinfo=UTC)


def fill(store: Path, umask: int = 0o077) -> None:
    """Fill `store` with a caseload in which this teacher has left traces of every kind."""
    roster = store.parent / "roster.csv"
    roster.write_text(f"Name,Building\n{NAME},Hill\n{OTHER},Hill\n", encoding="utf-8")
    coach(store, "import", str(roster), "--yes", umask=umask)
    roster.unlink()
    for word in ("marzipan", "xylograph"):
        # Each command opens and closes the store: snapshots, backups and history come of it.
        coach(store, "note", NAME, f"T holds up the {word}", umask=umask)
    coach(store, "note", OTHER, "T 14/24 hands up", umask=umask)
    with open_store(store) as engine:
        desk = Desk(RecordStore(engine), SettableClock(MOMENT, UTC), Rules())
        someone = next(one for one in desk.coachees.all() if one.name == NAME)
        desk.coachees.set_barriers(someone, ("an oboe next door",))
        engine.compact()
    coach(store, "status", umask=umask)


def leave_draft(store: Path) -> None:
    """Leave a draft about this teacher, as a session that died does."""
    drafts = DraftFile(str(store), "dead")
    fields = (("text", "Line", "T plays the oboe"),)
    drafts.keep(Draft("observe:zebulon", f"Notes on {NAME}", MOMENT, fields))
    drafts.close()
