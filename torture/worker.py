"""A process that works on a store until it is stopped, and says which commits are safe."""

from __future__ import annotations

import multiprocessing
import os
import random
import select
import signal
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach_tui.store.errors import StoreError
from torture.subject import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import ForkServerProcess

    from torture.subject import Store
    from torture.work import Work

AHEAD = 4
"""Commits that a planted mistake says are safe before they are."""

_SAID = struct.Struct("<q")


@dataclass(frozen=True)
class Orders:
    """What a worker is to do: the `work`, in `folder`; `chance` seeds its compactions.

    `early`: it says "saved" some commits before it saves. `unsynced`: nothing is brought to the
    disk. Both are mistakes, planted to be found.
    """

    folder: str
    work: Work
    chance: int
    early: bool = False
    unsynced: bool = False


def _worked(orders: Orders, said: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if orders.unsynced:
        for name in ("fsync", "fdatasync"):
            setattr(os, name, _nothing)
    work, chance = orders.work, random.Random(orders.chance)
    _say(said, work.number)
    try:
        # In every second life it compacts by itself, beside its saves, after a few of them.
        compact_at = chance.choice((1 << 22, 6000))
        engine = opened(orders.folder, compact_at=compact_at)
        while True:
            if orders.early:
                _do_later(engine, work, said)
            else:
                work.do(engine)
                _say(said, work.number)
            if chance.random() < 0.1:
                engine.compact()
            if chance.random() < 0.05:
                engine.close()
                engine = opened(orders.folder, compact_at=compact_at)
    except StoreError:
        # The disk was taken away under it: what it has said is what counts.
        return


def _do_later(engine: Store, work: Work, said: int) -> None:
    """Do as a cache would that writes a few saves at once: say that they are safe, and save."""
    for ahead in range(1, AHEAD + 1):
        _say(said, work.number + ahead)
    for _ in range(AHEAD):
        work.do(engine)


def _nothing(descriptor: int) -> None:
    """Take the place of fsync, and bring nothing to the disk."""


def _say(said: int, number: int) -> None:
    os.write(said, _SAID.pack(number))


class Working:
    """A worker at work, seen from outside."""

    def __init__(self, process: ForkServerProcess, said: int) -> None:
        self.process, self._said = process, said

    def said(self) -> int:
        """Wait for the next thing it says; return the commit."""
        return int(_SAID.unpack(os.read(self._said, _SAID.size))[0])

    def said_until_now(self) -> list[int]:
        """Return what it has said and nobody has read yet, without waiting."""
        numbers = []
        while select.select([self._said], [], [], 0)[0]:
            numbers.append(self.said())
        return numbers

    def stop(self) -> list[int]:
        """Kill it and return what it still had said."""
        self.process.kill()
        self.process.join()
        content = b""
        while piece := os.read(self._said, 65536):
            content += piece
        whole = len(content) - len(content) % _SAID.size
        return [number for (number,) in _SAID.iter_unpack(content[:whole])]


def _started(orders: Orders, writing: object) -> None:
    _worked(orders, writing.fileno())  # type: ignore[attr-defined]  # a Connection, untyped before it runs


@contextmanager
def working(orders: Orders) -> Iterator[Working]:
    """Let a worker work, in a process that was forked from a fresh one, for the block."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["torture.worker"])
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_started, args=(orders, writing), daemon=True)
    process.start()
    writing.close()
    try:
        yield Working(process, reading.fileno())
    finally:
        process.kill()
        process.join()
        reading.close()
