"""`coach-tui lint FILE|-`: what the low-inference check asks about notes taken elsewhere. Plain."""

from __future__ import annotations

import json
import sys

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.coaching import lexicon
from coach_tui.domain.low_inference import check, read_line, review
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.lexicon import CheckWords
    from coach_tui.domain.low_inference import Mark

LARGEST = 4_000_000
"""Bytes that are read at most: many times a year of notes."""

INPUT = "-"


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `lint`."""
    parser.add_argument("file", metavar="FILE", help="notes in UTF-8; - reads standard input")
    parser.add_argument(
        "--review",
        action="store_true",
        help="ask about lines with nothing countable too (LI12), as when notes are reviewed",
    )
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


def run(arguments: Namespace, context: Context) -> int:
    """Print every mark, a line each. No mark means only that nothing was asked."""
    text = _read(arguments.file, context)
    if isinstance(text, int):
        return text
    words = lexicon.read(context.settings_directory)
    marked = [
        (number, line, marks)
        for number, line in enumerate(_lines(text), 1)
        if (marks := _marks(line, words, arguments.review))
    ]
    if arguments.json:
        # In ASCII: a note's control characters must not reach a terminal, in whatever encoding.
        out(json.dumps([_as_json(*one) for one in marked], indent=1))
        return DONE
    for number, line, marks in marked:
        for mark in marks:
            out(_as_text(number, line, mark))
    return DONE


def _read(file: str, context: Context) -> str | int:
    """Return the notes; an exit code (and a line of error) when they cannot be read."""
    named = "the input" if file == INPUT else file
    try:
        if file == INPUT:
            content = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        else:
            with open(file, "rb") as opened:
                content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            return context.fail(f"{named} has more than 4 MB; nothing was checked", USAGE)
        return content.decode("utf-8-sig")
    except OSError as error:
        return context.fail(f"{named} could not be read: {error.strerror}", USAGE)
    except ValueError:
        # Bytes that are no text, or a file name that no system can have.
        return context.fail(f"{named} is not UTF-8 text; nothing was checked", USAGE)


def _lines(text: str) -> list[str]:
    """Return lines as an editor numbers them: only a line feed ends one."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def _marks(line: str, words: CheckWords, whole: bool) -> tuple[Mark, ...]:
    scripted = read_line(line)
    return (review if whole else check)(
        line,
        lexicon=words.lexicon,
        speaker=scripted.speaker,
        kind=scripted.kind,
        allowed=words.allowed,
    )


def _as_text(number: int, line: str, mark: Mark) -> str:
    """Return a mark in words; columns are characters, counted from 1, the last one included."""
    said = visible(line[mark.start : mark.end])
    place = f"line {number}, columns {mark.start + 1}-{mark.end}"
    return f'{place}: "{said}" {visible(mark.question)} ({mark.code})'


def _as_json(number: int, line: str, marks: tuple[Mark, ...]) -> dict[str, Any]:
    return {
        "line": number,
        "text": line,
        "marks": [
            {"code": mark.code, "start": mark.start, "end": mark.end, "question": mark.question}
            for mark in marks
        ],
    }
