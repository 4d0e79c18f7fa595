"""`coach-tui unlock`: take the encryption off again."""

from __future__ import annotations

from coach_tui.cli.context import DONE, USAGE, out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `unlock`: there are none."""


def run(arguments: Namespace, context: Context) -> int:
    """Write everything as plain JSON again, after the passphrase."""
    from coach_tui.coaching import locking

    if not locking.is_locked(context.directory):
        return context.fail("the caseload is not locked", USAGE)
    desk = context.desk()
    try:
        if context.cipher is not None:
            desk.unlock(context.cipher)
    finally:
        desk.close()
    out("The caseload is plain again, readable by you only. The key is gone from this folder.")
    out("Older backups stay as locked as they were, and open with the old passphrase.")
    return DONE
