"""`coach-tui keys`: every key of the app, the user's own included. Plain."""

from __future__ import annotations

from coach_tui.cli.context import DONE, out
from coach_tui.presentation import commands
from coach_tui.presentation.rows import aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `keys`."""
    parser.add_argument("--markdown", action="store_true", help="as docs/keys.md")


def run(arguments: Namespace, context: Context) -> int:
    """Print keys, command and id by place."""
    if arguments.markdown:
        print(commands.keys_page({}), end="")
        return DONE
    keymap = context.settings().keys
    for place, title in commands.PLACES.items():
        table = [
            (commands.key_words(commands.keys_of(one, keymap)), one.title, one.tooltip, one.id)
            for one in commands.commands_of(place)
        ]
        out(title)
        for line in aligned(table, (16, 16, 0, 0)):
            out(f"  {line}")
        out()
    for unknown in commands.unknown_ids(keymap):
        context.fail(f"settings: [keys] names {unknown!r}, which is no command", DONE)
    return DONE
