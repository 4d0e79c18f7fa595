"""R8: several processes write to one store at once; nothing is lost, nothing is there twice."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach_tui.store.engine import Delete, Put
from coach_tui.store.errors import Conflict
from torture.subject import open_store
from torture.tally import Row, Tally

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from torture.subject import Store

PROCESSES = 4
SHARED = 3
"""Documents that everybody changes."""

CONTROL_OPERATIONS = 60
TOTAL = 1000
"""What the two halves of a transfer come to, whoever moves how much."""

_WAIT_SECONDS = 600.0


@dataclass
class Told:
    """What a process tells of its work; `amiss` holds what it saw that should not be."""

    added: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    conflicts: int = 0
    amiss: list[str] = field(default_factory=list)


def measure(place: Path, count: int) -> list[Row]:
    """Let each of four processes do `count` operations."""
    held, conflicts = at_once(place / "held", count)
    caught, _ = at_once(place / "blind", CONTROL_OPERATIONS, blind=True)
    return [
        Row(
            "R8",
            f"operations of {PROCESSES} processes at once",
            held,
            "saves without looking at revisions",
            caught,
            figures=f"{conflicts:,} conflicts were told, each with both texts, and tried again",
        )
    ]


def at_once(folder: Path, count: int, *, blind: bool = False) -> tuple[Tally, int]:
    """Return what came of it, and how many conflicts there were."""
    with open_store(folder) as engine:
        shared = [Put("shared", {"id": f"s{n}", "lines": []}) for n in range(SHARED)]
        halves = [Put("halves", {"id": id, "n": n}) for id, n in (("a", TOTAL), ("b", 0))]
        engine.commit([*shared, *halves], _now())
    told = _all_told(folder, count, blind=blind)
    tally = Tally(tried=PROCESSES * count)
    with open_store(folder) as engine:
        for fault in _faults(engine, told):
            tally.wrong += 1
            tally.told = [*tally.told, fault][:3]
    return tally, sum(one.conflicts for one in told)


def _all_told(folder: Path, count: int, *, blind: bool) -> list[Told]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["torture.sessions"])
    ends = []
    for number in range(PROCESSES):
        reading, writing = context.Pipe(duplex=False)
        orders = (str(folder), number, count, blind, writing)
        process = context.Process(target=_take_part, args=orders, daemon=True)
        process.start()
        writing.close()
        ends.append((process, reading))
    told: list[Told] = []
    for process, reading in ends:
        if not reading.poll(_WAIT_SECONDS):
            process.kill()
            told.append(Told(amiss=["a process did not come to an end"]))
            continue
        try:
            told.append(reading.recv())
        except EOFError:
            told.append(Told(amiss=["a process ended before its work did"]))
        process.join()
    return told


def _faults(engine: Store, told: list[Told]) -> list[str]:
    faults = [fault for one in told for fault in one.amiss]
    expected: Counter[str] = sum((one.added for one in told), Counter())
    stored = Counter(line for document in engine.query("shared") for line in document["lines"])
    faults += [f"lost: {line}" for line in (expected - stored).elements()]
    faults += [f"there twice: {line}" for line in (stored - expected).elements()]
    ids = Counter(id for one in told for id in one.kept)
    faults += [f"an id given twice: {id}" for id, often in ids.items() if often > 1]
    notes = {document["id"] for document in engine.query("notes")}
    faults += [f"lost: notes/{id}" for id in sorted(ids.keys() - notes)]
    faults += [f"deleted, and there: notes/{id}" for id in sorted(notes - ids.keys())]
    total = sum(document["n"] for document in engine.query("halves"))
    return faults if total == TOTAL else [*faults, f"half of a transfer: {total}"]


# ----------------------------------------------------------------------------------- one process


def _take_part(folder: str, number: int, count: int, blind: bool, told: Connection) -> None:
    with open_store(folder, session=f"session {number}") as engine:
        told.send(_Part(engine, number, blind=blind).does(count))
    told.close()


class _Part:
    """One of the processes: what it does, by chance, and what it has to tell."""

    def __init__(self, engine: Store, number: int, *, blind: bool) -> None:
        self._engine, self._number, self._blind = engine, number, blind
        self._chance = random.Random(number)
        self._notes = engine.database(_now).documents("notes")
        self._told = Told()

    def does(self, count: int) -> Told:
        """Do `count` operations of all kinds."""
        for step in range(count):
            kind = self._chance.choice(("insert", "add", "add", "move", "delete", "poll"))
            if kind == "insert" or (kind == "delete" and not self._told.kept):
                # TinyDB's own insert chooses the id.
                self._told.kept.append(str(self._notes.insert({"by": self._number, "step": step})))
            elif kind == "delete":
                place = self._chance.randrange(len(self._told.kept))
                self._engine.commit([Delete("notes", self._told.kept.pop(place))], _now())
            elif kind == "add":
                self._adds(f"{self._number}/{step}")
            elif kind == "move":
                self._moves()
            elif self._chance.random() < 0.05:
                self._engine.compact()
            else:
                self._engine.poll()
        return self._told

    def _adds(self, line: str) -> None:
        """Add a line to a document that the others add to as well."""
        id = f"s{self._chance.randrange(SHARED)}"
        while True:
            seen = self._engine.get("shared", id)
            assert seen is not None
            mine = {**seen, "lines": [*seen["lines"], line]}
            try:
                self._engine.commit([Put("shared", mine, self._saw(seen["revision"]))], _now())
            except Conflict as conflict:
                self._conflicted(conflict, len(seen["lines"]))
                continue
            self._told.added[line] += 1
            return

    def _conflicted(self, conflict: Conflict, lines_seen: int) -> None:
        self._told.conflicts += 1
        theirs = conflict.theirs
        if theirs is None or len(theirs["lines"]) <= lines_seen:
            self._told.amiss.append("a conflict without the other side's text")
        # The screen would show both now; then the coach decides, and it is saved anew.
        self._engine.poll()

    def _moves(self) -> None:
        """Move some of one document's number to another, in one commit."""
        while True:
            one, other = (self._engine.get("halves", id) for id in ("a", "b"))
            assert one is not None
            assert other is not None
            much = self._chance.randrange(-5, 6)
            try:
                self._engine.commit(
                    [
                        Put("halves", {**one, "n": one["n"] - much}, self._saw(one["revision"])),
                        Put(
                            "halves",
                            {**other, "n": other["n"] + much},
                            self._saw(other["revision"]),
                        ),
                    ],
                    _now(),
                )
                return
            except Conflict:
                self._told.conflicts += 1
                self._engine.poll()

    def _saw(self, revision: int) -> int | None:
        return None if self._blind else revision


def _now() -> datetime:
    return datetime.now(UTC)
