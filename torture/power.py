"""R2: power cuts, simulated on a real ext4 in a file; needs root and a loop device.

A shutdown of the mounted file system without a flush of its log leaves on the disk what a power cut
would: what was brought there by fsync, and of all else whatever had got there by chance.
"""

from __future__ import annotations

import fcntl
import gc
import os
import random
import shutil
import struct
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from torture.reopening import fault_after, number_in
from torture.tally import Row, Tally
from torture.work import Work
from torture.worker import Orders, working

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXT4_SHUTDOWN = 0x8004587D
WITHOUT_LOG_FLUSH = struct.pack("I", 2)
MEGABYTES = 64
CONTROLS = 10
LONGEST_SECONDS = 0.15
SEED = 22
WHAT = "power cut on ext4, the log not flushed"


class CannotMount(Exception):
    """This machine or this user cannot mount a file system out of a file; says why."""


def measure(place: Path, count: int) -> list[Row]:
    """Cut the power `count` times; skip with the reason where nothing can be mounted."""
    try:
        held = cut(place / "held", count)
        caught = cut(place / "unsynced", CONTROLS, unsynced=True)
    except CannotMount as reason:
        return [Row("R2", WHAT, skipped=str(reason))]
    return [Row("R2", WHAT, held, "fsync stubbed out", caught)]


def cut(place: Path, count: int, *, unsynced: bool = False) -> Tally:
    """Let a worker save, cut the power under it, mount again and look; `count` times."""
    place.mkdir()
    image, mounted = place / "image", place / "mounted"
    mounted.mkdir()
    _format(image)
    tally, chance = Tally(), random.Random(SEED)
    work = Work(SEED)
    for _ in range(count):
        with _mounted(image, mounted):
            work, ahead = _until_cut(mounted, work, chance, unsynced=unsynced)
        with _mounted(image, mounted):
            fault = fault_after(mounted / "store", work, ahead=ahead)
            tally.count(fault)
            if fault:
                shutil.rmtree(mounted / "store", ignore_errors=True)
                work = Work(SEED)
            else:
                work.at(number_in(mounted / "store"))
    return tally


def _until_cut(
    mounted: Path, work: Work, chance: random.Random, *, unsynced: bool
) -> tuple[Work, int]:
    """Return the work as it was acknowledged when the power was cut, and what was in flight.

    The system may answer an fsync that is under way in that moment as if it had been done (a bare
    append and fdatasync loses one in eight so): what is said after the cut is in flight.
    """
    orders = Orders(
        str(mounted / "store"), work.copy(), chance.randrange(1 << 30), unsynced=unsynced
    )
    disk = os.open(mounted, os.O_RDONLY)
    try:
        with working(orders) as worker:
            said = [worker.said(), worker.said()]
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            said += worker.said_until_now()
            fcntl.ioctl(disk, EXT4_SHUTDOWN, WITHOUT_LOG_FLUSH)
            later = worker.stop()
    finally:
        os.close(disk)
    ahead = later[-1] - said[-1] if later else 0
    return work.copy().at(said[-1]), 1 + ahead


def _format(image: Path) -> None:
    with open(image, "wb") as file:
        file.truncate(MEGABYTES << 20)
    _run("mkfs.ext4", "-q", "-F", str(image))


@contextmanager
def _mounted(image: Path, mounted: Path) -> Iterator[None]:
    _run("mount", "-o", "loop", str(image), str(mounted))
    try:
        yield
    finally:
        # A store that was closed may still be mapped, until it is collected.
        gc.collect()
        _run("umount", str(mounted))


def _run(*words: str) -> None:
    try:
        subprocess.run(words, capture_output=True, check=True, text=True)
    except FileNotFoundError:
        raise CannotMount(f"there is no {words[0]} here") from None
    except subprocess.CalledProcessError as error:
        if words[0] == "umount":
            raise
        why = " ".join(error.stderr.split())
        raise CannotMount(f"{words[0]} did not work here ({why}); it needs root") from None
