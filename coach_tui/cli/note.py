"""`coach-tui note NAME TEXT`: add lines without opening the app."""

from __future__ import annotations

import sys

from coach_tui.cli import who
from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context

LONGEST_INPUT = 4_000_000
"""Bytes that are read from standard input at most: many times a year of notes."""


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `note`."""
    parser.add_argument("name", help="the name, or enough of it")
    parser.add_argument(
        "text",
        nargs="*",
        help="the line, with the prefixes of the scripting line (t, s3, #, ?, !); without it, "
        "every line of standard input is one "
        "(other people on this machine can see a command's words, not its input)",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Add the lines to the running observation, else to today's quick notes.

    They are typed as in the app: `t what do you notice? +probe`.
    """
    from coach_tui.coaching.line_reader import read_typed

    standing = who.find(context, arguments.name)
    if isinstance(standing, int):
        return standing
    lines = [" ".join(arguments.text)] if arguments.text else _from_input(context)
    if isinstance(lines, int):
        return lines
    if not any(line.strip() for line in lines):
        return context.fail("the note is empty; nothing was saved", USAGE)
    desk = context.desk()
    try:
        coachee = desk.coachees.get(standing.facts.id)
        typed, trouble = read_typed(desk, context.settings(), coachee, lines)
        observation = desk.observing.note(coachee, typed)
    finally:
        desk.close()
    if trouble:
        context.fail(f"{trouble}; the note was checked with the shipped words alone", DONE)
    written = sum(1 for line in lines if line.strip())
    state = "the running observation" if observation.end is None else "today's quick notes"
    out(f"Saved {plural(written, 'line')} to {state} of {visible(coachee.name)}.")
    return DONE


def _from_input(context: Context) -> list[str] | int:
    if sys.stdin is None or sys.stdin.isatty():
        return context.fail("write the line after the name, or pipe it in", USAGE)
    content = sys.stdin.buffer.read(LONGEST_INPUT + 1)
    if len(content) > LONGEST_INPUT:
        return context.fail("more than 4 MB came in; nothing was saved", USAGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return context.fail("the input is not UTF-8 text; nothing was saved", USAGE)
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
