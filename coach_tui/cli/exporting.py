"""`coach-tui export --json`: everything, to standard output or a file."""

from __future__ import annotations

import json
import re
import sys

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.out_files import write_new
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.add_argument(
        "--json", action="store_true", required=True, help="as JSON (docs/formats.md)"
    )
    parser.add_argument("file", nargs="?", help="a new file; without it, standard output")


def run(arguments: Namespace, context: Context) -> int:
    """Write the whole store, confidential notes included; a file is readable by its owner only."""
    desk = context.desk()
    try:
        content = desk.moving.export()
    finally:
        desk.close()
    if arguments.file is None:
        sys.stdout.buffer.write(_in_ascii(content) if sys.stdout.isatty() else content)
        sys.stdout.flush()
        return DONE
    try:
        write_new(arguments.file, content)
    except ExchangeError as error:
        return context.fail(str(error), USAGE)
    out(f"Wrote everything, confidential notes included, to {visible(arguments.file)}.")
    return DONE


def _in_ascii(content: bytes) -> bytes:
    """Return the same JSON without a character that could control a terminal."""
    # Outside its strings JSON is ASCII, so that every other character may become an escape.
    escaped = re.sub(r"[^\n -~]", lambda found: json.dumps(found[0])[1:-1], content.decode())
    return escaped.encode()
