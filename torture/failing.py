"""R6: each system call of a save and of a compaction fails in turn, with each error there is.

Nothing that was saved before may be lost then, the error must be the store's own, and the session
must be able to go on: save again, or say why it can only be read.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach_tui.store.errors import ReadOnly, StoreError
from torture.interrupted import memory_folder
from torture.reopening import fault_after
from torture.subject import open_store
from torture.system import Faults, between
from torture.tally import Row, Tally
from torture.work import Work, difference, fault_in, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from torture.subject import Store

CODES: dict[str, int | None] = {
    "EIO": errno.EIO,
    "ENOSPC": errno.ENOSPC,
    "EROFS": errno.EROFS,
    "a short write": None,
    "EDQUOT": errno.EDQUOT,
    "EFBIG": errno.EFBIG,
    "EINTR": errno.EINTR,
    "EACCES": errno.EACCES,
    "ENOLCK": errno.ENOLCK,
}
"""What each call answers in turn."""

SEED = 66
SETTLED = 4
"""Commits before what is disturbed."""


def _compacts(engine: Store, work: Work) -> None:
    del work
    engine.compact()


def _saves(engine: Store, work: Work) -> None:
    engine.commit(work.following(), work.moment)


DISTURBED: dict[str, Callable[[Store, Work], None]] = {
    "a save": _saves,
    "a compaction": _compacts,
}
"""What is disturbed."""


def measure(place: Path, count: int) -> list[Row]:
    """Fail every call with the first `count` of the errors."""
    del place
    codes = dict(list(CODES.items())[:count])
    return [
        Row(
            "R6",
            f"each call of {' and '.join(DISTURBED)} answers one of {len(codes)} errors",
            disturbed(codes),
            "says saved whatever the system answers",
            disturbed({"EIO": errno.EIO}, hides=True),
            figures=f"errors: {', '.join(codes)}",
        )
    ]


def disturbed(codes: dict[str, int | None], *, hides: bool = False) -> Tally:
    """Fail each call with each of `codes`; with `hides` the store takes an error for success."""
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        for name, disturb in DISTURBED.items():
            counted = Faults()
            fault_when(folder, disturb, counted)
            for code, value in codes.items():
                for number, call in enumerate(counted.calls):
                    faults = Faults(number, value)
                    fault = fault_when(folder, disturb, faults, hides=hides)
                    where = f"{name}, call {number} ({call}) answers {code}"
                    tally.count(fault and f"{where}: {fault}")
    return tally


def fault_when(
    folder: Path, disturb: Callable[[Store, Work], None], faults: Faults, *, hides: bool = False
) -> str:
    """Do `disturb` to a new store in `folder` under `faults`; return what is wrong afterwards."""
    try:
        with open_store(folder) as engine:
            work = Work(SEED)
            for _ in range(SETTLED):
                work.do(engine)
            held = open_descriptors()
            fault = (
                _disturb(engine, work, lambda: disturb(engine, work), faults, hides=hides)
                or ("a file stayed open" if open_descriptors() > held else "")
                or _saves_again(engine, work)
            )
        return fault or fault_after(folder, work)
    except StoreError as error:
        return f"could not go on: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _disturb(
    engine: Store, work: Work, disturb: Callable[[], None], faults: Faults, *, hides: bool
) -> str:
    """Disturb; `work` goes on if the commit is stored afterwards, or, with `hides`, in any case."""
    before = work.copy()
    try:
        with between(faults):
            disturb()
    except StoreError as error:
        fault = fault_in(state_of(engine), before)
        if fault:
            return f"{fault}, after {error}"
    except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
        return f"{type(error).__name__} escaped"
    if hides or state_of(engine) != work.state:
        work.go_on()
    return ""


def _saves_again(engine: Store, work: Work) -> str:
    try:
        work.do(engine)
    except ReadOnly as error:
        return "" if engine.read_only else f"it is read-only, and does not say so: {error}"
    return difference(state_of(engine), work.state)


def open_descriptors() -> int:
    """Return how many files this process has open; 0 where the system does not tell."""
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
