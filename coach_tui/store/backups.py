"""Older snapshots, in `backups/`: hard links, grandfather, father and son.

Each snapshot that another one takes the place of is kept first: the newest of each of the last
seven days on which there were any, of the last five weeks, of the last twelve months, and the
newest three in any case. Days are those of the snapshot's newest commit, so that a clock that was
wrong or set back deletes nothing else.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from coach_tui.store import atomic, disk
from coach_tui.store.paths import BACKUPS, FOLDER_MODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coach_tui.store.header import Header

NEWEST = 3
DAYS, WEEKS, MONTHS = 7, 5, 12
_ENDING = ".json"


class Backup(NamedTuple):
    """A kept snapshot: its newest commit, that commit's day and time as in the name, its path."""

    sequence: int
    moment: str
    path: str


def keep(directory: str, path: str, header: Header) -> None:
    """Keep the snapshot at `path`. Raises store errors, and then nothing was changed."""
    folder = os.path.join(directory, BACKUPS)
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder, FOLDER_MODE)
        os.link(path, os.path.join(folder, name_of(header)))
    except FileExistsError:
        return
    except OSError as error:
        raise atomic.named(error, folder) from None


def name_of(header: Header) -> str:
    """Return what the backup of a snapshot is called."""
    moment = _moment(header.written_at).strftime("%Y%m%dT%H%M%SZ")
    return f"coach-{header.sequence:012}-{moment}{_ENDING}"


def _moment(written_at: str) -> datetime:
    try:
        return datetime.fromisoformat(written_at).astimezone(UTC)
    except (OverflowError, ValueError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def found(directory: str) -> list[Backup]:
    """Return the backups, newest first."""
    folder = os.path.join(directory, BACKUPS)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    kept = []
    for name in names:
        parts = name.removesuffix(_ENDING).split("-")
        if name.endswith(_ENDING) and len(parts) == 3 and parts[1].isdecimal():
            kept.append(Backup(int(parts[1]), parts[2], os.path.join(folder, name)))
    return sorted(kept, reverse=True)


def prune(directory: str) -> list[str]:
    """Remove what need not be kept any longer; return the paths."""
    kept = found(directory)
    wanted = {backup.path for backup in kept[:NEWEST]}
    for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        wanted |= _newest_of_each(kept, period, count)
    removed = [backup.path for backup in kept if backup.path not in wanted]
    for path in removed:
        disk.remove_quietly(path)
    return removed


def _newest_of_each(
    kept: Iterable[Backup], period: Callable[[Backup], str], count: int
) -> set[str]:
    newest: dict[str, str] = {}
    for backup in kept:
        newest.setdefault(period(backup), backup.path)
    return {newest[name] for name in sorted(newest, reverse=True)[:count]}


def _day(backup: Backup) -> str:
    return backup.moment[:8]


def _week(backup: Backup) -> str:
    try:
        year, week, _ = date.fromisoformat(backup.moment[:8]).isocalendar()
    except ValueError:
        return backup.moment[:8]
    return f"{year}-{week:02}"


def _month(backup: Backup) -> str:
    return backup.moment[:6]
