"""`coach-tui lock`: encrypt the caseload, change its passphrase, get a new recovery code."""

from __future__ import annotations

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.cli.secrets import Secrets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context

NEW = "New passphrase, several words: "
NOW = "Passphrase now: "


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `lock`."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--change", action="store_true", help="another passphrase, by the one now")
    how.add_argument("--recover", action="store_true", help="another, by the recovery code")
    how.add_argument("--new-code", action="store_true", help="another recovery code")


def run(arguments: Namespace, context: Context) -> int:
    """Lock the caseload, or change what opens it.

    A script gives each secret on a line of its own, in the order in which they are asked for.
    """
    from coach_tui.coaching import locking

    changes = arguments.change or arguments.recover or arguments.new_code
    is_locked = locking.is_locked(context.directory)
    if changes and not is_locked:
        return context.fail("the caseload is not locked; `coach-tui lock` locks it", USAGE)
    if is_locked and not changes:
        return context.fail("the caseload is locked already; see coach-tui lock --help", USAGE)
    try:
        _do(arguments, context.secrets, context)
    except ValueError as error:
        return context.fail(str(error), USAGE)
    return DONE


def _do(arguments: Namespace, secrets: Secrets, context: Context) -> None:
    from coach_tui.coaching import locking

    if arguments.change:
        locking.change_passphrase(context.directory, secrets.ask(NOW), secrets.ask_new(NEW))
        out("The passphrase is another now. The recovery code is the same as before.")
    elif arguments.recover:
        _recover(secrets, context)
    elif arguments.new_code:
        _show(locking.change_code(context.directory, secrets.ask(NOW)))
    else:
        _lock(secrets, context)


def _recover(secrets: Secrets, context: Context) -> None:
    from coach_tui.coaching import locking

    code = secrets.ask("Recovery code: ")
    new = secrets.ask_new(NEW)
    locking.change_passphrase(context.directory, code, new, locking.RECOVERY)
    out("The passphrase is another now. The recovery code is the same as before.")


def _lock(secrets: Secrets, context: Context) -> None:
    desk = context.desk()
    try:
        code = desk.lock(secrets.ask_new(NEW))
    finally:
        desk.close()
    out("The caseload is locked: nobody reads it without the passphrase.")
    _show(code)


def _show(code: str) -> None:
    out()
    out(f"Recovery code: {code}")
    out()
    out("Write it down and keep it away from this machine. It opens the caseload when")
    out("the passphrase is forgotten (coach-tui lock --recover). It is not shown again,")
    out("and there is no third way in: without both, the notes are lost.")
