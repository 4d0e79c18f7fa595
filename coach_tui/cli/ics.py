"""`coach-tui ics FILE`: the coach's appointments for other calendars."""

from __future__ import annotations

import sys

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.cli.words import readable
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `ics`."""
    parser.add_argument("file", nargs="?", help="the file; without it, standard output")
    parser.add_argument("--names", action="store_true", help="with teachers' names in the titles")
    parser.add_argument("--own", action="store_true", help="other responsibilities too")
    parser.add_argument(
        "--zone", type=readable, default="", metavar="ZONE", help="such as America/Chicago"
    )
    parser.add_argument("--dry-run", action="store_true", help="only list what would leave")


def run(arguments: Namespace, context: Context) -> int:
    """Write everything planned from now on; what was written before and is gone is cancelled."""
    from coach_tui.coaching.planning.sending import is_zone
    from coach_tui.coaching.refusals import REFUSALS

    if arguments.zone and not is_zone(arguments.zone):
        return context.fail(f"{arguments.zone!r} is no time zone, such as America/Chicago", USAGE)
    desk = context.desk()
    try:
        outgoing = desk.sending.prepare(
            desk.days(), names=arguments.names, own=arguments.own, zone=arguments.zone
        )
        if arguments.dry_run:
            for line in outgoing.lines:
                out(visible(line))
        elif arguments.file is None:
            desk.sending.keep(outgoing)
            sys.stdout.buffer.write(outgoing.content)
        else:
            desk.sending.write(outgoing, arguments.file)
    except REFUSALS as error:
        return context.fail(explain(error), USAGE)
    finally:
        desk.close()
    if arguments.file is not None or arguments.dry_run:
        counts = f"{outgoing.new} new, {outgoing.changed} changed, {outgoing.cancelled} cancelled"
        where = "Nothing was written." if arguments.dry_run else f"Wrote {visible(arguments.file)}."
        out(f"{where} {plural(len(outgoing.lines), 'event')}: {counts}.")
    return DONE
