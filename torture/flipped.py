"""R5: one flipped bit in any byte of the store's files is noticed, and costs no other document."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach_tui.store import journal, paths
from coach_tui.store.engine import Severity
from coach_tui.store.errors import StoreError
from coach_tui.store.snapshot import Sealed
from torture.interrupted import memory_folder
from torture.planting import in_place_of
from torture.recording import Disk
from torture.subject import open_store, opened
from torture.tally import Row, Tally
from torture.work import Work, number_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torture.subject import Store
    from torture.work import State

SEED = 55
COMMITS = 4
"""In the snapshot, and again in the journal beside it."""

CONTROLS = 60


def measure(place: Path, count: int) -> list[Row]:
    """Flip a bit in every byte, or in `count` bytes of each file, spread evenly, if it has more."""
    del place
    store = _Store()
    with in_place_of(Sealed, "is_intact", lambda _: True):
        unsealed = store.flipped(paths.SNAPSHOT, CONTROLS)
    with in_place_of(journal, "hash_of", _believed):
        unchained = store.flipped(paths.JOURNAL, CONTROLS)
    return [
        Row(
            "R5",
            "a flipped bit in each byte of the snapshot",
            store.flipped(paths.SNAPSHOT, count),
            "does not check the seal",
            unsealed,
        ),
        Row(
            "R5",
            "a flipped bit in each byte of the journal",
            store.flipped(paths.JOURNAL, count),
            "believes each line's own hash",
            unchained,
        ),
    ]


def _believed(line: bytes, head: str) -> str | None:
    del head
    return line[-66:-2].decode("ascii", "replace")


class _Store:
    """A store with commits in its snapshot and more in its journal, and each of its states."""

    def __init__(self) -> None:
        self._states: dict[int, State] = {}
        work = Work(SEED, longest_text=60)
        with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
            folder = Path(made) / "store"
            with open_store(folder) as engine:
                for _ in range(COMMITS):
                    work.do(engine)
            engine = opened(folder)
            self._states[work.number] = work.state
            for _ in range(COMMITS):
                work.do(engine)
                self._states[work.number] = work.state
            self._disk = Disk.of(folder)
            engine.close()
        self._newest = work.number

    def flipped(self, file: str, count: int) -> Tally:
        """Flip a bit in `count` of the bytes of `file`, or in every one."""
        tally, chance = Tally(), random.Random(SEED)
        content = self._disk.files()[file]
        with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
            for place in _spread(len(content), count):
                bit = 1 << chance.randrange(8)
                changed = content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]
                fault = self._fault(Path(made) / "store", file, changed, place)
                tally.count(fault and f"{file}, byte {place}, bit {bit}: {fault}")
        return tally

    def _fault(self, folder: Path, file: str, changed: bytes, place: int) -> str:
        disk = self._disk.copy()
        disk.content[disk.names[file]] = changed
        disk.write_to(folder)
        try:
            with open_store(folder) as engine:
                return self._unnoticed(engine) or self._lost(engine, file, changed, place)
        except StoreError as error:
            return f"refused, and nothing salvaged: {error}"
        except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
            return f"{type(error).__name__} escaped"
        finally:
            shutil.rmtree(folder)

    def _unnoticed(self, engine: Store) -> str:
        noticed = (
            engine.read_only
            or any(one.severity is not Severity.NOTE for one in engine.notices)
            or any(one.severity is not Severity.NOTE for one in engine.check())
        )
        return "" if noticed else "not noticed"

    def _lost(self, engine: Store, file: str, changed: bytes, place: int) -> str:
        """Return what is lost beyond the document, or the commits from the line, that was hit."""
        found = state_of(engine)
        if file == paths.SNAPSHOT:
            truth = self._states[self._newest]
            other = [one for one in truth if found.get(one) != truth[one]]
            return f"{len(other)} documents are not there" if len(other) > 1 else ""
        number = number_of(found)
        if found != self._states.get(number):
            return "what is shown was never stored"
        whole = max(min(self._states), _commits_before(changed, place))
        return f"only {number} of {whole} whole commits are there" if number < whole else ""


def _spread(size: int, count: int) -> Sequence[int]:
    return range(0, size, max(size // count, 1))


def _commits_before(content: bytes, place: int) -> int:
    """Return how many commits stand whole before the line in which `place` is."""
    return max(content.count(b"\n", 0, place) - 1, 0)
