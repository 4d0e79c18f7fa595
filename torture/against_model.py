"""R10: two sessions on one store do what the plainest engine does, whatever comes between.

A machine of hypothesis saves, deletes, updates through TinyDB, crashes, fills the disk, compacts
and opens again, in any order, and does the same to an engine in memory. Then mistakes are planted
in the store, and each must be found by the same machine.
"""

from __future__ import annotations

import errno
import math
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from tinydb import where

from coach_tui.store import paths
from coach_tui.store.engine import Append, Delete, Operation, Put
from coach_tui.store.errors import Conflict, StoreError, StoreFull, Unstorable
from coach_tui.store.memory_engine import MemoryEngine
from torture.interrupted import memory_folder
from torture.mutants import MUTANTS
from torture.subject import opened
from torture.system import between
from torture.tally import Row, Tally
from torture.work import BEGIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from coach_tui.store.engine import Document, Engine
    from torture.subject import Store

TABLES = ("counts", "notes")
STEPS = 25
"""The most that is done to one store."""

MUTANT_EXAMPLES = 1000
"""Stores that are tried, at most, until a planted mistake is found."""

SESSIONS = st.sampled_from((0, 1))
IDS = st.sampled_from("abcde")
NUMBERS = st.integers(0, 9)
EXPECTED = st.sampled_from(("right", "right", "right", "any", "none", "old"))
"""Which revision a save says that it saw."""

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(("put", "put", "delete", "grow")),
        st.sampled_from(TABLES),
        IDS,
        NUMBERS,
        EXPECTED,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda drawn: drawn[1:3],
)


def measure(place: Path, count: int) -> list[Row]:
    """Try `count` stores, and as many as it takes for each planted mistake."""
    del place
    tally = tried(count)
    caught = Tally()
    for name, plant in MUTANTS.items():
        with plant():
            found = tried(MUTANT_EXAMPLES)
        caught.count(f"{name}: {found.told[0]}" if found.wrong else None)
    return [
        Row(
            "R10",
            f"stores against the engine in memory, {STEPS} steps each",
            tally,
            "mistakes planted in the engine",
            caught,
            least=len(MUTANTS),
            figures=f"planted: {', '.join(MUTANTS)}",
        )
    ]


def tried(examples: int) -> Tally:
    """Let the machine try as many stores; stop at the first that is wrong."""
    Machine.tried = 0
    tally = Tally()
    how = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    fault = None
    try:
        run_state_machine_as_test(Machine, settings=how)
    except Exception as error:  # noqa: BLE001 - whatever it is, the store did it
        fault = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    tally.tried = Machine.tried
    if fault:
        tally.wrong, tally.told = 1, [fault]
    return tally


class Failing(Exception):
    """What an updater raises."""


class Machine(RuleBasedStateMachine):
    """Two sessions on one store, and beside them the engine in memory that is right."""

    tried: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).tried += 1
        self._made = tempfile.mkdtemp(dir=memory_folder())
        self._folder = Path(self._made) / "store"
        self._model = MemoryEngine()
        self._moment = BEGIN
        self._sessions = [opened(self._folder, name) for name in ("first", "second")]

    def teardown(self) -> None:
        """Close the sessions, and look at the store once more."""
        try:
            for session in self._sessions:
                session.close()
            last = opened(self._folder)
            self._same(last)
            last.close()
        finally:
            shutil.rmtree(self._made, ignore_errors=True)

    # ---------------------------------------------------------------------------------- saving

    @rule(session=SESSIONS, drawn=OPERATIONS, title=st.sampled_from(("", "Pause Ana \u00d6")))
    def save(self, session: int, drawn: list[tuple[str, str, str, int, str]], title: str) -> None:
        """Commit some operations, whatever revisions they expect."""
        self._both(session, [self._operation(*one) for one in drawn], title)

    def _operation(self, kind: str, table: str, id: str, number: int, saw: str) -> Operation:
        there = self._model.get(table, id)
        revision = 0 if there is None else int(there["revision"])
        expected = {"right": revision, "any": None, "none": 0, "old": max(revision - 1, 0)}[saw]
        if kind == "delete":
            return Delete(table, id, expected)
        said = [f"n {number} {place}" for place in range(number)]
        if kind == "grow":
            return Append(table, id, "said", said, {"n": number}, expected)
        return Put(table, {"id": id, "n": number, "said": said}, expected)

    @rule(session=SESSIONS, id=IDS, value=st.sampled_from((math.nan, "\ud800", BEGIN)))
    def save_what_cannot_be(self, session: int, id: str, value: object) -> None:
        """Commit something fine together with what JSON does not know."""
        fine, not_fine = {"id": f"{id}0", "n": 1}, {"id": id, "n": value}
        self._both(session, [Put("notes", fine), Put("notes", not_fine)], "")

    @rule(session=SESSIONS, id=IDS, number=NUMBERS)
    def save_on_a_full_disk(self, session: int, id: str, number: int) -> None:
        """Commit while there is no room: it is said, and nothing has changed."""
        with between(_NoRoom(), ("write", "pwrite")):
            try:
                put = Put("notes", {"id": id, "n": number})
                self._sessions[session].commit([put], self._moment)
            except StoreFull:
                pass
            else:
                raise AssertionError("saved on a full disk")
        self._same(self._sessions[session])

    def _both(self, session: int, operations: list[Operation], title: str) -> None:
        self._moment += timedelta(seconds=1)
        outcomes = [
            _outcome(engine, operations, self._moment, title)
            for engine in (self._sessions[session], self._model)
        ]
        assert outcomes[0] == outcomes[1], f"{outcomes[0]} instead of {outcomes[1]}"
        self._same(self._sessions[session])

    # ------------------------------------------------------------------------------ through TinyDB

    @rule(session=SESSIONS, below=NUMBERS, number=NUMBERS)
    def update(self, session: int, below: int, number: int) -> None:
        """Let TinyDB update what a condition finds."""
        self._tinydb(session).update({"n": number}, where("n") < below)
        found = [one for one in self._model.query("notes") if one["n"] < below]
        self._model_takes(
            [Put("notes", {**one, "n": number}) for one in found if one["n"] != number]
        )
        self._same(self._sessions[session])

    @rule(session=SESSIONS, below=NUMBERS)
    def remove(self, session: int, below: int) -> None:
        """Let TinyDB remove what a condition finds."""
        self._tinydb(session).remove(where("n") < below)
        found = [one for one in self._model.query("notes") if one["n"] < below]
        self._model_takes([Delete("notes", one["id"]) for one in found])
        self._same(self._sessions[session])

    @rule(session=SESSIONS, number=NUMBERS)
    def insert(self, session: int, number: int) -> None:
        """Let TinyDB insert a document under an id that it chooses."""
        id = str(self._tinydb(session).insert({"n": number}))
        assert self._model.get("notes", id) is None, "an id was given twice"
        self._model_takes([Put("notes", {"n": number, "id": id})])
        self._same(self._sessions[session])

    @rule(session=SESSIONS)
    def update_and_fail(self, session: int) -> None:
        """Let TinyDB update with what changes a document and then raises."""

        def fails(document: Any) -> None:
            document["n"] = -1
            raise Failing

        self._sessions[session].poll()
        try:
            self._tinydb(session).update(fails)
        except Failing:
            pass
        else:
            assert not self._model.query("notes"), "an updater was not called"
        self._same(self._sessions[session])

    def _tinydb(self, session: int) -> Any:
        self._moment += timedelta(seconds=1)
        return self._sessions[session].database(lambda: self._moment).documents("notes")

    def _model_takes(self, operations: list[Operation]) -> None:
        if operations:
            self._model.commit(operations, self._moment)

    # ------------------------------------------------------------------------------------- between

    @rule(session=SESSIONS)
    def poll(self, session: int) -> None:
        """Take over what the other session wrote."""
        engine = self._sessions[session]
        behind = engine.sequence != self._model.sequence
        assert engine.poll() == behind, "poll does not say whether there was anything"
        self._same(engine)

    @rule(session=SESSIONS, id=IDS)
    def spoil_what_was_handed_out(self, session: int, id: str) -> None:
        """Change documents that the store gave away: they are nobody else's."""
        engine = self._sessions[session]
        engine.poll()
        for document in (engine.get("notes", id), *engine.query("notes")):
            if document is not None:
                document["n"] = "spoiled"
        self._same(engine)

    @rule(session=SESSIONS)
    def compact(self, session: int) -> None:
        """Let it write a new snapshot."""
        self._sessions[session].compact()
        self._same(self._sessions[session])

    @rule(session=SESSIONS)
    def open_again(self, session: int) -> None:
        """Close the session and open another."""
        self._sessions[session].close()
        self._sessions[session] = opened(self._folder, "again")
        self._same(self._sessions[session])

    @rule(torn=st.integers(0, 400))
    def crash(self, torn: int) -> None:
        """Let both sessions die, in the middle of a line nobody was told of, and open again."""
        disk = Path(self._made) / "after the crash"
        shutil.copytree(self._folder, disk)
        for session in self._sessions:
            session.close()
        shutil.rmtree(self._folder)
        disk.rename(self._folder)
        journal = self._folder / paths.JOURNAL
        if torn and journal.exists():
            with open(journal, "ab") as file:
                file.write((b'{"n":%d,"at":"' % (self._model.sequence + 1)).ljust(400, b"x")[:torn])
        self._sessions = [opened(self._folder, name) for name in ("third", "fourth")]
        for engine in self._sessions:
            self._same(engine)

    # ------------------------------------------------------------------------------------- looking

    def _same(self, engine: Store) -> None:
        for table in TABLES:
            right = self._model.query(table)
            assert engine.query(table) == right, f"{table} is another than it should be"
            for document in right:
                found = engine.get(table, document["id"])
                assert found == document, "get and query do not agree"
            some = [one for one in right if one.get("n") == 3]
            assert engine.query(table, n=3) == some, "query finds other documents"
        assert engine.sequence == self._model.sequence, "the sequence is another"
        told, right_told = _told(engine), _told(self._model)
        assert told == right_told, "the changes are told otherwise"
        for id in "abc":
            of_one = [one[:5] for one in right_told if one[1:3] == ("notes", id)]
            found_of = [_plain(one)[:5] for one in engine.history("notes", id)]
            assert found_of == of_one, "the history is told otherwise"


def _told(engine: Engine) -> list[tuple[Any, ...]]:
    return sorted((_plain(change) for change in engine.changes(0)), key=lambda one: one[:3])


def _plain(change: Any) -> tuple[Any, ...]:
    place = (change.sequence, change.table, change.id)
    return (*place, change.before, change.after, change.title, change.at)


def _outcome(
    engine: Engine, operations: list[Operation], at: datetime, title: str
) -> tuple[object, ...]:
    """Return what a commit came to, in a form that two engines can be compared by."""
    try:
        commit = engine.commit(operations, at, title)
    except Conflict as error:
        return ("a conflict", error.table, error.id, error.expected, _without_order(error.theirs))
    except Unstorable as error:
        return ("it cannot be stored", error.table, error.id, error.field)
    except StoreError as error:
        return (type(error).__name__,)
    return (
        "saved",
        commit.sequence,
        tuple((change.table, change.id) for change in commit.changes),
        tuple((_without_order(one.before), _without_order(one.after)) for one in commit.changes),
    )


def _without_order(document: Document | None) -> Document | None:
    return None if document is None else dict(sorted(document.items()))


class _NoRoom:
    """Lets half of a line be written, and then nothing more."""

    def __init__(self) -> None:
        self._had_room = True

    def __call__(self, name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if name == "flock" or _is_lock(given[0]):
            return call(*given, **named)
        descriptor, data, *rest = given
        if self._had_room:
            self._had_room = False
            return call(descriptor, bytes(data)[: len(data) // 2], *rest)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _is_lock(descriptor: int) -> bool:
    # What is written into the lock is advice: let it be.
    link = f"/proc/self/fd/{descriptor}"
    return os.path.islink(link) and os.path.basename(os.readlink(link)) == paths.LOCK
