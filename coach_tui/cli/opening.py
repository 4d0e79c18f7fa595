"""`coach-tui` without a command: opens the app over a store, or over a sample of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

from coach_tui.cli.context import DONE, STORE_UNUSABLE, USAGE, Context
from coach_tui.coaching.caseload import read_caseload
from coach_tui.store.errors import KeyNeeded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from coach_tui.coaching.desk import Desk


def run(arguments: Namespace, context: Context) -> int:
    """Open the app; a demonstration's store is removed when it is closed."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return context.fail("the app needs a terminal; `coach-tui status` prints to a pipe", USAGE)
    if arguments.demo:
        return _demonstrate(context)
    while True:
        code, result = _open(context)
        if not result:
            return code
        code = _demonstrate(context)
        if code != DONE:
            return code


def _demonstrate(context: Context) -> int:
    """Open a made-up caseload in a folder of its own, and remove it afterwards."""
    from coach_tui.cli.sample import fill

    folder = tempfile.mkdtemp(prefix="coach-tui-demo-")
    try:
        there = Context(os.path.join(folder, "store"), context.clock)
        desk = there.desk(create=True)
        try:
            fill(desk, coachees=16, years=1, seed=7)
        finally:
            desk.close()
        return _open(there, demo=True)[0]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open(context: Context, demo: bool = False) -> tuple[int, str | None]:
    """Open the app over the store of `context`; returns the exit code and the app's answer."""
    from coach_tui.app import CoachApp

    settings = context.settings()
    try:
        first_look = read_caseload(context.directory, context.clock, settings.rules)
    except KeyNeeded:
        first_look = context.locked_caseload()

    def open_desk() -> Desk:
        return context.quiet_desk(create=True)

    app = CoachApp(open_desk, settings, context.clock, first_look, demo=demo)
    try:
        result = app.run()
    finally:
        app.session.close()
    # Textual's own code for a crash is 1, which here means that something asked about is wrong.
    return STORE_UNUSABLE if app.return_code else DONE, result
