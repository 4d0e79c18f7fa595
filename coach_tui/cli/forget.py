"""`coach-tui forget NAME`: take everything about somebody out of the store, for good."""

from __future__ import annotations

from coach_tui.cli.asking import NOT_CHANGED, agreed, can_ask
from coach_tui.cli.context import ATTENTION, DONE, USAGE, out
from coach_tui.cli.who import find
from coach_tui.cli.words import readable
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.forgetting import ToForget


_MOST_SHOWN = 20
"""Places that may mean the person which are listed."""


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `forget`."""
    parser.add_argument(
        "name", type=readable, metavar="NAME", help="who; words of the name are enough"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask; for scripts")


def run(arguments: Namespace, context: Context) -> int:
    """Show what would go, ask for the name once more, and leave no trace in the folder.

    With 1 when the full name still stands in records of others: those are the coach's to change.
    """
    found = find(context, arguments.name)
    if isinstance(found, int):
        return found
    desk = context.desk()
    try:
        wanted = desk.to_forget(desk.coachees.get(found.facts.id))
        for line in _in_words(wanted):
            out(line)
        if not arguments.yes and not _sure(wanted.name):
            out(NOT_CHANGED)
            if can_ask():
                return DONE
            return context.fail("there is nobody to ask: --yes forgets without asking", USAGE)
        return _forget(context, desk, wanted)
    finally:
        desk.close()


def _in_words(wanted: ToForget) -> list[str]:
    counts = [
        plural(count, "record") + f" of {table.replace('_', ' ')}"
        for table, count in wanted.counts().items()
    ]
    return [
        f"Forgetting {visible(wanted.name)} takes away, for good: {', '.join(counts)};",
        "every version of them in the history, unsaved text about them, and all backups in the",
        "store's folder. It cannot be undone. Files that you made elsewhere (coach-tui backup,",
        "export, what you shared) are yours to delete.",
    ]


def _perhaps(wanted: ToForget) -> list[str]:
    """Say which records of others may mean the person: parts of the name, short forms of it."""
    shown = [
        f"looks like it: {visible(word)} in {visible(table)}/{visible(id)}"
        for table, id, word in wanted.perhaps[:_MOST_SHOWN]
    ]
    if len(wanted.perhaps) > _MOST_SHOWN:
        shown.append(f"and {len(wanted.perhaps) - _MOST_SHOWN} more that look like it")
    if shown:
        shown.append("Those may be somebody else's: nothing was changed in them.")
    return shown


def _sure(name: str) -> bool:
    return can_ask() and agreed(f"Type the name to go on ({visible(name)}): ", name)


def _forget(context: Context, desk: Desk, wanted: ToForget) -> int:
    telling = desk.forget(wanted, context.cipher)
    out("Forgotten.")
    for line in _perhaps(wanted):
        out(line)
    if not wanted.elsewhere and not telling:
        out("Every file of the store was looked through: the name is in none of them.")
        return DONE
    for table, id in wanted.elsewhere:
        out(f"still named in {visible(table)}/{visible(id)}")
    for path in telling if not wanted.elsewhere else ():
        out(f"still named in {visible(path)}")
    out("Those are records of others: change them there, and their past goes with the next forget.")
    return ATTENTION
