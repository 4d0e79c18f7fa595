"""All notes read a piece at a time, those made last first, and afterwards what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from coach_tui.coaching import finding_notes
from coach_tui.coaching.desk import Desk
from coach_tui.coaching.script_lines import Line
from coach_tui.domain.note_search import asked
from coach_tui.domain.scripting import read
from coach_tui.screens.notes.index import NotesIndex
from coach_tui.store.encryption.cipher import Cipher
from coach_tui.store.engine import Change, Engine, Put
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.memory_engine import MemoryEngine
from tests.support import NOW, add_launched, desk, forward

Answer = TypeVar("Answer")


@pytest.fixture(params=["memory", "journal", "encrypted"])
def of(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """Return a desk with Ana on the caseload; two observations are a piece."""
    monkeypatch.setattr(finding_notes, "PIECE", 2)
    codec = Cipher(bytes(range(32)), "0123456789abcdef")
    engine: Engine = MemoryEngine()
    if request.param != "memory":
        codec_of = codec if request.param == "encrypted" else None
        place = str(tmp_path / "store")
        engine = JournalEngine.open(place, create=True, session="test", codec=codec_of)
    made = desk(engine=engine)
    add_launched(made)
    yield made
    made.close()


def written(of: Desk, *lines: str) -> str:
    """Write an observation of Ana, a minute after the one before; return its id."""
    forward(of, minutes=1)
    seen = of.observing.start(of.coachees.all()[0])
    of.scripts.write(seen.id, [Line(read(line), NOW) for line in lines])
    of.observing.end(seen.id)
    return seen.id


def index_over(of: Desk) -> NotesIndex:
    def perform(verb: Callable[[Desk], Answer]) -> Awaitable[Answer]:
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        done.set_result(verb(of))
        return done

    return NotesIndex(perform)


def ids(index: NotesIndex) -> list[str]:
    return [one.id for one in index.newest_first]


async def read_all(index: NotesIndex) -> list[str]:
    """Read what is left; return the ids, newest first."""
    await index.catch_up()
    while index.is_being_read:
        await index.read_on()
    return ids(index)


async def test_what_was_made_last_is_there_first_and_in_the_end_everything(of: Desk) -> None:
    made = [written(of, f"line {number}") for number in range(5)]
    index = index_over(of)
    await index.catch_up()
    assert (index.read, index.total, index.is_whole) == (0, 5, False)
    await index.read_on()
    assert ids(index) == [made[4], made[3]]
    assert (index.read, index.is_whole) == (2, False)
    assert await read_all(index) == made[::-1]
    assert index.is_whole
    assert [one.kept.id for one in await index.find(asked('"line 1"'))] == [made[1]]


async def test_what_changes_while_it_is_read_is_as_it_is_in_the_end(of: Desk) -> None:
    made = [written(of, f"line {number}") for number in range(5)]
    index = index_over(of)
    await index.catch_up()
    await index.read_on()
    of.scripts.write(made[0], [Line(read("added later"), NOW)])
    of.scripts.delete(made[1], "0001")
    newest = written(of, "the newest")
    await index.catch_up()
    assert ids(index)[0] == newest
    assert not index.is_whole
    assert await read_all(index) == [newest, *made[::-1]]
    assert [one.line for one in await index.find(asked("added"))] == [1]
    assert await index.find(asked('"line 1"')) == []
    of.scripts.delete(made[2], "0001")
    await index.catch_up()
    assert await index.find(asked('"line 2"')) == []
    of.ledger.undo()
    await index.catch_up()
    assert [one.kept.id for one in await index.find(asked('"line 2"'))] == [made[2]]


async def test_afterwards_only_what_changed_is_read(of: Desk) -> None:
    first = written(of, "the wall doubles")
    index = index_over(of)
    await read_all(index)
    second = written(of, "it doubles too")
    ana = of.coachees.all()[0]
    of.coachees.edit(ana, name="Ana Cole")
    await index.catch_up()
    assert ids(index) == [second, first]
    found = await index.find(asked("teacher:cole doubles"))
    assert [one.kept.id for one in found] == [second, first]


async def test_an_observation_that_cannot_be_read_keeps_no_other_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding_notes, "PIECE", 1)
    engine = MemoryEngine()
    of = desk(engine=engine)
    add_launched(of)
    made = written(of, "there")
    engine.commit([Put("observations", {"id": "broken", "lines": 3})], NOW)
    index = index_over(of)
    assert await read_all(index) == [made]
    assert (index.unreadable, index.is_whole) == (1, True)


def test_the_newest_visits_are_those_made_last_quick_notes_left_out(of: Desk) -> None:
    made = [written(of, f"line {number}") for number in range(3)]
    written(of)
    of.observing.note(of.coachees.all()[0], ["a quick note"])
    assert [one.id for one in of.notes.newest(2)] == [made[2], made[1]]
    assert [one.id for one in of.notes.newest(9)] == made[::-1]


async def test_where_the_changes_are_forgotten_everything_is_read_anew(
    of: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(of, "line 1")
    index = index_over(of)
    await read_all(index)
    second = written(of, "line 2")

    def forgotten(sequence: int) -> list[Change]:
        raise ChangesForgotten(sequence, sequence + 1)

    monkeypatch.setattr(of.ledger.store, "changes", forgotten)
    await index.catch_up()
    assert index.is_being_read
    assert await read_all(index) == [second, first]
