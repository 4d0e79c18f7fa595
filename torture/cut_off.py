"""R4: a journal cut off after any of its bytes opens to exactly its whole lines, and says so."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach_tui.store import journal, paths
from coach_tui.store.errors import StoreError
from coach_tui.store.journal_file import JournalFile
from torture.interrupted import memory_folder
from torture.planting import in_place_of
from torture.recording import Disk, files_in
from torture.subject import open_store, opened
from torture.tally import Row, Tally
from torture.work import Work, difference, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 44
BEFORE = 3
"""Commits that are in the snapshot already."""

CONTROLS = 60


def measure(place: Path, count: int) -> list[Row]:
    """Cut a journal of `count` commits off after each of its bytes."""
    del place
    store = _Store(count)
    ends = store.lengths[-CONTROLS:]
    with in_place_of(JournalFile, "cut_off_rest", _keeps_nothing):
        thrown_away = store.cut_off(ends, lock=True)
    with in_place_of(journal, "hash_of", _without(store.newest - 1)):
        left_out = store.cut_off(ends, lock=True)
    return [
        Row(
            "R4",
            f"a journal of {count} commits, cut off after each byte",
            store.cut_off(store.lengths, lock=True),
            "throws away what it takes off",
            thrown_away,
        ),
        Row(
            "R4",
            "the same for some, the lock file gone too",
            store.cut_off(store.lengths[::10], lock=False),
            "leaves out a whole line",
            left_out,
        ),
    ]


class _Store:
    """A store with a journal, as a process that was killed leaves it, and its every state."""

    def __init__(self, commits: int) -> None:
        self._works: dict[int, Work] = {}
        work = Work(SEED, longest_text=40)
        with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
            folder = Path(made) / "store"
            with open_store(folder) as engine:
                for _ in range(BEFORE):
                    work.do(engine)
            engine = opened(folder)
            self._works[work.number] = work.copy()
            for _ in range(commits):
                work.do(engine)
                self._works[work.number] = work.copy()
            self._disk = Disk.of(folder)
            engine.close()
        self._journal = self._disk.files()[paths.JOURNAL]
        self.newest = work.number
        self.lengths = range(len(self._journal) + 1)

    def cut_off(self, lengths: Sequence[int], *, lock: bool) -> Tally:
        tally = Tally()
        with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
            for length in lengths:
                fault = self._fault(Path(made) / "store", length, lock=lock)
                tally.count(fault and f"after {length} bytes of {len(self._journal)}: {fault}")
        return tally

    def _fault(self, folder: Path, length: int, *, lock: bool) -> str:
        content = self._journal[:length]
        disk = self._disk.copy()
        disk.content[disk.names[paths.JOURNAL]] = content
        if not lock:
            del disk.names[paths.LOCK]
        disk.write_to(folder)
        whole = content[: content.rfind(b"\n") + 1]
        # The first line says what the journal follows; each other one is a commit with its number.
        numbers = [json.loads(line)["n"] for line in whole.splitlines()[1:]]
        number = max([min(self._works), *numbers])
        # What the snapshot holds already need not be kept a second time.
        rest = content[len(whole) :] if max(numbers, default=0) >= min(self._works) else b""
        try:
            return self._opened(folder, number, rest, lock=lock)
        except StoreError as error:
            return f"refused: {error}"
        finally:
            shutil.rmtree(folder)

    def _opened(self, folder: Path, number: int, rest: bytes, *, lock: bool) -> str:
        work = self._works[number].copy()
        with open_store(folder) as engine:
            fault = difference(state_of(engine), work.state)
            if fault or engine.read_only:
                return fault or f"opened for reading only: {engine.read_only}"
            said = [notice.text for notice in engine.notices]
            if rest and not said:
                return "does not say that something was set aside"
            lost = self.newest - number
            told = [text for text in said if str(number) in text and "acknowledged" in text]
            if lock and lost and not told:
                return f"does not say that {lost} commits are lost"
            work.do(engine)
        if rest and not any(rest == content for _, content in files_in(folder)):
            return "did not set aside what it took off"
        with open_store(folder) as engine:
            return difference(state_of(engine), work.state)


def _keeps_nothing(file: JournalFile, rest: bytes, aside: str) -> None:
    """Take the place of what sets the rest of a journal aside: throw it away."""
    del rest, aside
    os.truncate(file.path, file.size)


def _without(number: int) -> Callable[[bytes, str], str | None]:
    """Return what takes the place of the check of a line: one that knows no commit `number`."""
    real = journal.hash_of

    def hash_of(line: bytes, head: str) -> str | None:
        return None if b'"n":%d,' % number in line else real(line, head)

    return hash_of
