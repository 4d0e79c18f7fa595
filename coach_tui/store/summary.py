"""What a quick command needs of a store: the facts about each coachee, and the school calendar.

Plain. The store keeps it in `coach.summary.json` beside its files. It is derived, so nobody
believes it unless it names the very state of them that lies there; else the store itself is read,
which gives the same answer more slowly, and is kept for the next time.
"""

from __future__ import annotations

import json
import os
from datetime import date

from coach_tui import __version__
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.school_days import SchoolDays, days_from
from coach_tui.store import atomic
from coach_tui.store.errors import KeyNeeded, StoreError
from coach_tui.store.header import read_header
from coach_tui.store.paths import JOURNAL, SNAPSHOT, SUMMARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from coach_tui.store.header import Header, Stamp


_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_READINGS = 3
_TIMES = ("mtime_ns", "journal_mtime_ns")


class Summary:
    """What the store says as of the commit `sequence`.

    `store` is the store's id; `coach` the coach's name, empty before the first run was finished;
    `calendar` the school year as plain values (`first_day`, `last_day`, `weekdays`, `days_off` as
    pairs of days), None when there is none; `facts` one for each coachee, in the order of ids;
    `own` the coach's own entries of the calendar in this school year, each as `deriving.OWN` names
    them.
    """

    __slots__ = ("calendar", "coach", "facts", "own", "sequence", "store")

    def __init__(
        self,
        *,
        store: str = "",
        sequence: int = 0,
        coach: str = "",
        calendar: Mapping[str, Any] | None = None,
        facts: Iterable[CoacheeFacts] = (),
        own: Iterable[list[Any]] = (),
    ) -> None:
        self.store, self.sequence, self.coach = store, sequence, coach
        self.calendar = None if calendar is None else dict(calendar)
        self.facts = list(facts)
        self.own = list(own)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Summary):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # equal by value, and its lists can change

    def __repr__(self) -> str:
        return f"<Summary of {self.store} at {self.sequence}: {len(self.facts)} coachees>"

    def school_days(self) -> SchoolDays | None:
        """Return the school days of the calendar, None when there is none."""
        calendar = self.calendar
        if calendar is None:
            return None
        off = [
            day
            for first, last in calendar["days_off"]
            for day in days_from(date.fromisoformat(first), date.fromisoformat(last))
        ]
        first, last = (date.fromisoformat(calendar[end]) for end in ("first_day", "last_day"))
        return SchoolDays(first, last, calendar["weekdays"], off)

    def to_plain(self) -> dict[str, Any]:
        """Return JSON values; `from_plain` reads them back to an equal summary."""
        return {
            "store": self.store,
            "sequence": self.sequence,
            "coach": self.coach,
            "calendar": self.calendar,
            "facts": [facts.to_plain() for facts in self.facts],
            "own": self.own,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Summary:
        """Read what `to_plain` wrote. Raises `KeyError`, `TypeError`, `ValueError` otherwise."""
        return cls(
            store=plain["store"],
            sequence=plain["sequence"],
            coach=plain["coach"],
            calendar=plain["calendar"],
            facts=[CoacheeFacts.from_plain(facts) for facts in plain["facts"]],
            own=plain["own"],
        )


def read(directory: str) -> Summary | None:
    """Return the summary of the store in `directory`; None when there is no store.

    Raises `Corrupt`, `NeedsUpgrade`, `KeyNeeded`, `Unavailable`, `ReadOnly`.
    """
    before = None
    for _ in range(_READINGS):
        state = state_in(directory)
        if state is None:
            return None
        kept = read_kept(directory, state)
        if kept is not None:
            return kept
        # Between the two readings another process may have saved: then a second look agrees.
        if state == before:
            break
        before = state
    assert state is not None
    found = _read_moved(directory, state) or _read_store(directory)
    if found is None:
        return None
    from coach_tui.store.keeping_derived import keep_derived

    keep_derived(directory, found[0], state, found[1])
    return found[0]


def _read_moved(directory: str, state: dict[str, Any]) -> tuple[Summary, str] | None:
    """Return the kept summary, if the files differ from its state by their times at most, and the
    hash of the newest commit in it.

    So it is after they were copied. Then their content has to say that it is the same.
    """
    from coach_tui.store import plain

    try:
        kept = _kept(directory)
        times = {name: kept["of"][name] for name in _TIMES}
        if kept["of"] == {**state, **times} and plain.is_as_kept(
            directory, kept["sequence"], kept["head"]
        ):
            return Summary.from_plain(kept), str(kept["head"])
    except (OSError, StoreError, RecursionError, *_MALFORMED):
        return None
    return None


def state_in(directory: str) -> dict[str, Any] | None:
    """Return what names the state of the files that lie there now; None when there is no store.

    Raises `Corrupt`, `NeedsUpgrade`, `KeyNeeded`, `Unavailable`, `ReadOnly`.
    """
    found = read_header(os.path.join(directory, SNAPSHOT))
    if found is None:
        return None
    if found[0].codec:
        raise KeyNeeded(found[0].codec)
    path = os.path.join(directory, JOURNAL)
    try:
        journal = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return state_of(*found, 0, 0)
    except OSError as error:
        raise atomic.named(error, path) from None
    return state_of(*found, journal.st_size, journal.st_mtime_ns)


def state_of(header: Header, stamp: Stamp, journal_size: int, modified_ns: int) -> dict[str, Any]:
    """Return what names one state of a store's files: the snapshot, and how far the journal goes.

    The times too: somebody may edit a file by hand, or put back an older copy. The program's
    version, because the facts may mean something else in another.
    """
    return {
        "store": header.id,
        "schema": header.schema,
        "sequence": header.sequence,
        "written_at": header.written_at,
        "head": header.head,
        "size": stamp.size,
        "mtime_ns": stamp.mtime_ns,
        "journal_size": journal_size,
        "journal_mtime_ns": modified_ns,
        "version": __version__,
    }


def read_kept(directory: str, state: dict[str, Any]) -> Summary | None:
    """Return the summary kept beside the store, if it was made from just that state; else None."""
    try:
        kept = _kept(directory)
        if kept["of"] == state:
            return Summary.from_plain(kept)
    except (OSError, StoreError, RecursionError, *_MALFORMED):
        return None
    return None


def read_older(directory: str) -> tuple[Summary, str] | None:
    """Return the summary kept beside the store whatever state it was made from, and the hash of
    the newest commit in it; None when there is none that this version made.

    Whoever knows that the store has that commit can go on from there.
    """
    try:
        kept = _kept(directory)
        if kept["of"]["version"] == __version__:
            return Summary.from_plain(kept), str(kept["head"])
    except (OSError, StoreError, RecursionError, *_MALFORMED):
        return None
    return None


def _kept(directory: str) -> Any:
    file, _ = atomic.open_for_reading(os.path.join(directory, SUMMARY))
    with file:
        return json.loads(file.read())


def keep(directory: str, summary: Summary, state: dict[str, Any], head: str) -> None:
    """Keep the summary beside the store, as of this state of its files; `head`: see `read_older`.

    Raises `StoreFull`, `ReadOnly`, `Unavailable`. It is not brought to the disk: after a power cut
    it may be missing or an older one, which shows.
    """
    plain = {"of": state, "head": head, **summary.to_plain()}
    encoded = json.dumps(plain, separators=(",", ":")).encode("ascii")
    atomic.write(os.path.join(directory, SUMMARY), [encoded, b"\n"], durable=False)


def _read_store(directory: str) -> tuple[Summary, str] | None:
    from coach_tui.store import deriving, plain

    found = plain.read_store(directory, thin=True)
    if found is None:
        return None
    header, tables = found
    derived = deriving.derive(tables, store=header.id, sequence=header.sequence)
    return derived, header.head
