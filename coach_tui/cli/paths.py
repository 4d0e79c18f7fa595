"""`coach-tui paths`: where things are. Plain."""

from __future__ import annotations

import os

from coach_tui.cli.context import DONE, out
from coach_tui.coaching.settings import FILE
from coach_tui.presentation.text import visible
from coach_tui.store import paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `paths`: there are none."""


def run(arguments: Namespace, context: Context) -> int:
    """Print each place, and whether there is something."""
    settings = os.path.join(context.settings_directory, FILE)
    for title, path in (
        ("store", os.path.join(context.directory, paths.SNAPSHOT)),
        ("settings", settings),
    ):
        there = "" if os.path.exists(path) else "  (not there yet)"
        out(f"{title:9} {visible(path)}{there}")
    return DONE
