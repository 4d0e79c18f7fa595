"""`coach-tui backup FILE`: the whole store in one new file."""

from __future__ import annotations

from coach_tui.cli.context import DONE, out
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `backup`."""
    parser.add_argument("file", metavar="FILE", help="a new file; the app may be open meanwhile")


def run(arguments: Namespace, context: Context) -> int:
    """Write the backup; of a locked store without its passphrase, and as locked as that."""
    from coach_tui.coaching.backing_up import back_up

    made = back_up(context.directory, arguments.file, context.clock)
    what = "as locked as the caseload" if made.is_locked else "confidential notes included"
    out(f"Wrote {visible(arguments.file)}: {plural(made.files, 'file')}, {what}.")
    if made.is_locked:
        out("It opens with the passphrase and the recovery code that the caseload has now.")
    return DONE
