"""R15: who is forgotten has left no trace in any file; the others have lost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.store.engine import Delete
from torture.command import coach, traces
from torture.someone import NAME, OTHER, WORDS, fill, leave_draft
from torture.subject import open_store
from torture.tally import Row, Tally
from torture.work import BEGIN

if TYPE_CHECKING:
    from pathlib import Path


def measure(place: Path, count: int) -> list[Row]:
    """Forget somebody and look for each of their words; `count` is not used."""
    del count
    forgotten, deleted = place / "forgotten", place / "deleted"
    for store in (forgotten, deleted):
        fill(store)
        leave_draft(store)
    before = coach(forgotten, "show", OTHER)
    coach(forgotten, "forget", NAME, "--yes")
    held = _looked_for(forgotten)
    same = coach(forgotten, "show", OTHER) == before
    held.count("" if same else "somebody else is another now")
    doctor = coach(forgotten, "doctor", "--json")
    held.count("" if b'"damage"' not in doctor else "the store is damaged afterwards")
    _only_delete(deleted)
    return [
        Row(
            "R15",
            "words of somebody forgotten, in every file",
            held,
            "only deletes the records",
            _looked_for(deleted),
        )
    ]


def _looked_for(store: Path) -> Tally:
    tally = Tally()
    for word in WORDS:
        found = traces(store, (word,))
        tally.count(f"{len(found)} times, {found[0]}" if found else "")
    return tally


def _only_delete(store: Path) -> None:
    with open_store(store) as engine:
        for table in ("coachees", "observations", "cycles"):
            gone = [Delete(table, document["id"]) for document in engine.query(table)]
            engine.commit(gone, BEGIN)
