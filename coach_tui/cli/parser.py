"""The words of the command line: options, commands, and errors of one line. Plain."""

from __future__ import annotations

import argparse
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

    from coach_tui.cli.main import CommandModule

USAGE = 2


class Help(argparse.HelpFormatter):
    """Help as wide as COLUMNS says; argparse would import shutil to ask, for every argument."""

    def __init__(self, prog: str) -> None:
        """Format the help of `prog`."""
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=int(columns) - 2 if columns.isdecimal() and columns else 78)


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong with the words of the command, and end with exit code 2."""
        from coach_tui.presentation.text import visible

        self.exit(USAGE, f"{self.prog}: {visible(message)} (see {self.prog} --help)\n")


def parser_for(
    commands: Mapping[str, tuple[str, str]], named: str | None, module: CommandModule | None
) -> argparse.ArgumentParser:
    """Return the parser, with the arguments of only the command that was named.

    A quick command pays for the arguments of the others only when it asks for their help.
    """
    parser = OneLineParser(
        prog="coach-tui",
        description="A coach's caseload in the terminal. Without a command, the app opens.",
        allow_abbrev=False,
        formatter_class=Help,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    _surroundings(parser, None)
    parser.add_argument(
        "--demo", action="store_true", help="open a made-up caseload that is thrown away"
    )
    chosen = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="coach-tui"
    )
    for name, (_, purpose) in commands.items():
        if named is not None and name != named:
            continue
        command = chosen.add_parser(
            name,
            help=purpose,
            description=f"{purpose[0].upper()}{purpose[1:]}.",
            allow_abbrev=False,
            add_help=name == named,  # only the command that runs is ever asked for its help
            formatter_class=Help,
        )
        if name == named and module is not None:
            module.arguments(command)
            # Suppressed: what was said before the command holds unless it is said again after it.
            _surroundings(command, argparse.SUPPRESS)
    return parser


def _surroundings(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Add the options that are understood before a command and after it."""
    parser.add_argument(
        "--store", metavar="DIR", default=default, help="use the store in this folder"
    )
    parser.add_argument(
        "--no-color", action="store_true", default=default, help="no colour in the app"
    )
