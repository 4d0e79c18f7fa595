"""What the commands share that take a file in: shown first, then saved whole or not at all."""

from __future__ import annotations

import sys

from coach_tui.cli.context import out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

NOT_CHANGED = "Nothing was changed."


def add_options(parser: ArgumentParser) -> None:
    """Add `--dry-run` and `--yes`."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument(
        "--yes", action="store_true", help="do not ask; without a terminal nobody is asked"
    )


def go_ahead(arguments: Namespace, count: int) -> bool:
    """Say whether to save: not in a dry run, not for nothing, and after a yes where one can ask."""
    if arguments.dry_run or not count:
        out(NOT_CHANGED)
        return False
    if arguments.yes or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    if _answer("Import these? [y/N] ") in ("y", "yes"):
        return True
    out(NOT_CHANGED)
    return False


def _answer(question: str) -> str:
    try:
        return input(question).strip().casefold()
    except EOFError:
        # ctrl+d leaves the cursor behind the question.
        out()
        return ""
