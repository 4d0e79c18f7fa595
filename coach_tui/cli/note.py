"""`coach-tui note NAME TEXT`: add lines without opening the app."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress

from coach_tui.cli import who
from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.cli.words import readable
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from coach_tui.cli.context import Context
    from coach_tui.domain.records import Observation

    Answer = TypeVar("Answer")

LONGEST_INPUT = 4_000_000
"""Bytes that are read from standard input at most: many times a year of notes."""


WAITS = 12
"""How often the lock is waited for until it is somebody else's for good: two minutes in all."""


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `note`."""
    parser.add_argument("name", type=readable, help="the name, or enough of it")
    parser.add_argument(
        "text",
        nargs="*",
        type=readable,
        help="the line, with the prefixes of the scripting line (t, s3, #, ?, !); without it, "
        "every line of standard input is one "
        "(other people on this machine can see a command's words, not its input)",
    )
    parser.add_argument(
        "--because",
        type=readable,
        default="",
        metavar="REASON",
        help="why, before the launch conversation; it is kept with the notes",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Add the lines to the running observation, else to today's quick notes.

    They are typed as in the app: `t what do you notice? +probe`. What cannot be saved is printed
    with the error: what came through a pipe is nowhere else.
    """
    lines = [" ".join(arguments.text)] if arguments.text else _from_input(context)
    if isinstance(lines, int):
        return lines
    if not any(line.strip() for line in lines):
        return context.fail("the note is empty; nothing was saved", USAGE)
    piped = [] if arguments.text else lines
    with _given_back(piped):
        standing = who.find(context, arguments.name)
    if isinstance(standing, int):
        _give_back(piped)
        return standing
    with _given_back(lines):
        observation = _save(context, standing.facts.id, lines, arguments.because)
    written = sum(1 for line in lines if line.strip())
    state = "the running observation" if observation.end is None else "today's quick notes"
    out(f"Saved {plural(written, 'line')} to {state} of {visible(standing.facts.name)}.")
    return DONE


def _save(context: Context, id: str, lines: list[str], because: str) -> Observation:
    """Save the lines, and say what the coach should know; raises what a verb raises."""
    from coach_tui.coaching.line_reader import read_typed

    desk = _in_turn(context.desk)
    try:
        coachee = desk.coachees.get(id)
        typed, trouble = read_typed(desk, context.settings(), coachee, lines)
        observation = _in_turn(lambda: desk.observing.note(coachee, typed, because))
    finally:
        desk.close()
    if trouble:
        context.fail(f"{trouble}; the note was checked with the shipped words alone", DONE)
    unlaunched = observation.quick_notes and not coachee.launch.complete
    if unlaunched and not observation.before_launch_because:
        context.fail(
            f"{coachee.name} has not had the launch conversation; the note was saved all the same; "
            "--because keeps a reason with it",
            DONE,
        )
    return observation


def _in_turn(verb: Callable[[], Answer]) -> Answer:
    """Do something that the lock keeps others from meanwhile, and wait for it as long as need be.

    The lock is given to any of those that wait: of many notes at once one comes last.
    """
    from coach_tui.store.errors import Locked

    for _ in range(WAITS - 1):
        with suppress(Locked):
            return verb()
    return verb()


@contextmanager
def _given_back(lines: list[str]) -> Iterator[None]:
    """Print the lines when the block fails, before its error."""
    try:
        yield
    except BaseException:
        _give_back(lines)
        raise


def _give_back(lines: list[str]) -> None:
    """Print the lines that could not be saved: exactly, unless a terminal would obey them."""
    if not lines:
        return
    exactly = not sys.stderr.isatty()
    print("coach-tui: not saved; what was given:", file=sys.stderr)
    for line in lines:
        print(line if exactly else visible(line), file=sys.stderr)


def _from_input(context: Context) -> list[str] | int:
    if sys.stdin is None or sys.stdin.isatty():
        return context.fail("write the line after the name, or pipe it in", USAGE)
    content = sys.stdin.buffer.read(LONGEST_INPUT + 1)
    if len(content) > LONGEST_INPUT:
        return context.fail("more than 4 MB came in; nothing was saved", USAGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _give_back(content.decode("utf-8", "replace").splitlines())
        number = content.count(b"\n", 0, error.start) + 1
        return context.fail(f"line {number} of the input is not UTF-8 text", USAGE)
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
