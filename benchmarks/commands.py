"""How long a plain command takes, from its start to its end."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A program, its arguments and the variables it starts with."""

    arguments: tuple[str, ...]
    environment: dict[str, str]


def seconds_of(command: Command) -> float:
    """Run `command` once with its output thrown away and return its wall time in seconds.

    Raises SystemExit when the command fails: a failure is quick, and would pass for speed.
    """
    nothing = os.devnull
    files = (
        (os.POSIX_SPAWN_OPEN, 0, nothing, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, nothing, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, nothing, os.O_WRONLY, 0),
    )
    begin = time.perf_counter()
    process = os.posix_spawn(
        command.arguments[0], command.arguments, command.environment, file_actions=files
    )
    _, status = os.waitpid(process, 0)
    seconds = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        name = " ".join([Path(command.arguments[0]).name, *command.arguments[1:]])
        raise SystemExit(f"`{name}` ended with {os.waitstatus_to_exitcode(status)}.")
    return seconds


def ratios(ruler: Command, commands: dict[str, Command], rounds: int) -> dict[str, float]:
    """Return how many times as long as `ruler` each command takes, by its name.

    The ruler is run right before each run of a command, and the median is that of the pairs: so
    whatever slows the machine for a while slows both. The first round fills the caches and does
    not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            short, seconds = seconds_of(ruler), seconds_of(command)
            if round_:
                taken[name].append(seconds / short)
    return {name: statistics.median(each) for name, each in taken.items()}
