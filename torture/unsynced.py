"""R7: after an fsync that failed, no later one of the same file is believed.

The system may call the pages clean when it could not write them; then the next fsync succeeds, and
what the pages held is not on the disk. So whatever a file held when its fsync failed is taken for
lost, and all that was acknowledged must be there without it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach_tui.store.errors import StoreError
from torture.interrupted import Played, looked_at, memory_folder
from torture.recording import Acknowledged, Recorder, Sync
from torture.subject import open_store
from torture.system import between
from torture.tally import Row, Tally
from torture.work import Work, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from torture.recording import Event
    from torture.subject import Store

SEED = 77
SYNCS = ("fsync", "fdatasync")


def measure(place: Path, count: int) -> list[Row]:
    """Fail each fsync in turn; about `count` states for each of three commits after it."""
    del place
    return [
        Row(
            "R7",
            "each fsync fails once, then crash states without what it should have kept",
            not_believed(count),
            "asks for the same fsync again and believes it",
            not_believed(count, believes=True),
        )
    ]


def not_believed(each: int, *, believes: bool = False) -> Tally:
    """Look at states of a store of which each fsync failed in turn."""
    tally = Tally()
    number = 0
    while (played := _played(number, believes=believes)) is not None:
        tally.add(looked_at(played, each, places=_told_after(played)))
        number += 1
    return tally


def _told_after(played: Played) -> set[int]:
    """Return the places just after the commits that were acknowledged next, and last."""
    events = played.events
    failed = next((at for at, one in enumerate(events) if _has_failed(one)), 0)
    told = [
        at + 1 for at, one in enumerate(events) if at > failed and isinstance(one, Acknowledged)
    ]
    return {*told[:2], *told[-1:]}


def _has_failed(event: Event) -> bool:
    return isinstance(event, Sync) and event.failed


class _FailsOnce:
    """Lets the fsync of this number fail, and no other."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._seen = 0

    @property
    def has_failed(self) -> bool:
        return self._seen > self._number

    def __call__(self, name: str, given: tuple[Any, ...]) -> None:
        if name in SYNCS:
            self._seen += 1
            if self._seen - 1 == self._number:
                raise OSError(errno.EIO, os.strerror(errno.EIO))


def _believing(name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    if name not in SYNCS:
        return call(*given, **named)
    try:
        return call(*given, **named)
    except OSError:
        return call(*given, **named)


def _passing(name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    del name
    return call(*given, **named)


def _played(number: int, *, believes: bool) -> Played | None:
    """Return how a store was played with whose fsync `number` failed; None when it has fewer."""
    fails = _FailsOnce(number)
    work = Work(SEED)
    works = {0: work.copy()}
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        recorder = Recorder(folder, fails)
        with recorder.recording(), between(_believing if believes else _passing, SYNCS):
            for compacts in (False, True, False):
                _commits(folder, recorder, work, works, compacts=compacts)
    if not fails.has_failed:
        return None
    return Played(f"fsync {number} failed", recorder.before, recorder.events, works)


def _commits(
    folder: Path, recorder: Recorder, work: Work, works: dict[int, Work], *, compacts: bool
) -> None:
    """Commit a few times, each time again if it did not go, as somebody would who was told."""
    try:
        with open_store(folder) as engine:
            for _ in range(4):
                _commits_once(engine, recorder, work, works, compacts=compacts)
    except StoreError:
        return


def _commits_once(
    engine: Store, recorder: Recorder, work: Work, works: dict[int, Work], *, compacts: bool
) -> None:
    if state_of(engine) != work.state:
        # It was refused, and is there all the same: nobody was told that it is safe.
        work.go_on()
    try:
        works[work.number + 1] = work.copy().at(work.number + 1)
        work.do(engine)
        recorder.acknowledge(work.number)
        if compacts:
            engine.compact()
    except StoreError:
        return
