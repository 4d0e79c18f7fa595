"""`coach-tui restore FILE`: go back to a backup; what would change is shown first."""

from __future__ import annotations

import os

from coach_tui.cli.asking import NOT_CHANGED, agreed, can_ask
from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.presentation.dates import full
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context
    from coach_tui.coaching.backing_up import Backup, Difference
    from coach_tui.store.encryption.cipher import Cipher


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `restore`."""
    parser.add_argument("file", metavar="FILE", help="what `coach-tui backup` wrote")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--yes", action="store_true", help="do not ask; for scripts")


def run(arguments: Namespace, context: Context) -> int:
    """Put the backup in place: whole where there is no store, else as one change.

    A store that is there keeps its history, its key and its other sessions: the change can be
    undone like any other. One that cannot be read is put aside, never overwritten.
    """
    from coach_tui.coaching.backing_up import Backup
    from coach_tui.store.errors import Corrupt

    with Backup(arguments.file, context.directory) as backup:
        day = full(context.clock.local(backup.made_at).date())
        out(f"The backup was made on {day}.")
        if not context.has_store():
            return _place(arguments, context, backup, aside=False)
        cipher = context.cipher_of(backup.folder) if backup.is_locked else None
        try:
            return _put_back(arguments, context, backup, cipher)
        except Corrupt as error:
            if error.place == os.path.abspath(os.path.expanduser(arguments.file)):
                raise
            context.fail(str(error), DONE)
            out("The caseload that is there cannot be read. It would be put aside, not removed.")
            return _place(arguments, context, backup, aside=True)


def _place(arguments: Namespace, context: Context, backup: Backup, *, aside: bool) -> int:
    from coach_tui.coaching.backing_up import put_aside

    out(f"Everything in it, its history too, would go to {visible(context.directory)}.")
    if backup.is_locked:
        out("It is locked, and stays so.")
    if not _go_ahead(arguments, "Restore it? [y/N] ", needs_a_yes=aside):
        return _not_done(arguments, context, needs_a_yes=aside)
    if aside:
        out(f"Put aside: {visible(put_aside(context.directory, context.clock))}")
    backup.place()
    out("Restored.")
    return DONE


def _put_back(arguments: Namespace, context: Context, backup: Backup, cipher: Cipher | None) -> int:
    from coach_tui.coaching.backing_up import restore_into

    desk = context.desk()
    try:
        difference = backup.difference(desk, cipher)
        for line in _in_words(difference):
            out(line)
        if not difference.operations:
            out(f"All of it is like this now. {NOT_CHANGED}")
            return DONE
        if not _go_ahead(arguments, "Make it so? [y/N] ", needs_a_yes=True):
            return _not_done(arguments, context, needs_a_yes=True)
        restore_into(desk, difference, backup.made_at)
        out("Restored. What was there is in the history of each record.")
        return DONE
    finally:
        desk.close()


def _in_words(difference: Difference) -> list[str]:
    parts = (
        ("would come back", difference.added),
        ("would be as it was then", difference.changed),
        ("would be taken away", difference.taken_away),
    )
    return [
        f"{plural(count, 'record')} of {table.replace('_', ' ')} {what}"
        for what, counts in parts
        for table, count in counts.items()
    ]


def _go_ahead(arguments: Namespace, question: str, *, needs_a_yes: bool) -> bool:
    if arguments.dry_run:
        return False
    if arguments.yes:
        return True
    return agreed(question) if can_ask() else not needs_a_yes


def _not_done(arguments: Namespace, context: Context, *, needs_a_yes: bool) -> int:
    out(NOT_CHANGED)
    if needs_a_yes and not arguments.dry_run and not can_ask():
        return context.fail("there is nobody to ask: --yes restores without asking", USAGE)
    return DONE
