"""`coach-tui district FILE.ics`: days off and early releases, shown first, then taken."""

from __future__ import annotations

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.cli.taking_in import NOT_CHANGED, add_options, go_ahead
from coach_tui.cli.words import readable
from coach_tui.presentation.dates import full
from coach_tui.presentation.errors import explain
from coach_tui.presentation.rows import aligned
from coach_tui.presentation.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.planning.year import DistrictDay


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `district`."""
    parser.add_argument("file", help="the district's calendar (.ics)")
    for option, meaning in (
        ("--off", "are days off, whatever else they say"),
        ("--early", "are early releases"),
        ("--neither", "are neither"),
    ):
        parser.add_argument(
            option,
            action="append",
            type=readable,
            default=[],
            metavar="WORDS",
            help=f"entries with these words {meaning}",
        )
    add_options(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Show what each entry would be; ask when there is somebody to ask; then take it."""
    from coach_tui.exchange.errors import ExchangeError

    desk = context.desk()
    try:
        found = [_decided(one, arguments) for one in desk.school_years.district(arguments.file)]
        wanted = _show(found)
        if not go_ahead(arguments, len(wanted)):
            return DONE
        before = set(desk.days().surroundings.names_off)
        off, early = desk.school_years.take_district(wanted)
        if not off and not early:
            out("The school calendar has all of this already.")
            return DONE
        releases = plural(early, "early release", "early releases")
        out(f"New: {plural(off, 'entry', 'entries')} of days off, {releases}.")
        _tell_displaced(desk, before)
    except (ExchangeError, ValueError) as error:
        return context.fail(f"{explain(error).removesuffix('.')}. {NOT_CHANGED}", USAGE)
    finally:
        desk.close()
    return DONE


def _decided(one: DistrictDay, arguments: Namespace) -> DistrictDay:
    """Return an entry as the words of the command have it, else as its own words seem to say."""
    from dataclasses import replace

    from coach_tui.coaching.planning.year import EARLY, OFF, OTHER

    label = one.label.casefold()
    for kind, words in ((OFF, arguments.off), (EARLY, arguments.early), (OTHER, arguments.neither)):
        if any(word.casefold() in label for word in words):
            return replace(one, kind=kind)
    return one


def _show(found: list[DistrictDay]) -> list[DistrictDay]:
    """Print every entry; returns those that are taken."""
    from coach_tui.coaching.planning.year import EARLY, OFF, OTHER

    says = {OFF: "day off", EARLY: "early release", OTHER: "neither"}
    for line in aligned([(_days(one), says[one.kind], one.label) for one in found], (34, 14, 0)):
        out(line)
    if found:
        out()
    counts = [sum(one.kind == kind for one in found) for kind in (OFF, EARLY, OTHER)]
    entries = plural(counts[0], "entry", "entries")
    out(f"{entries} of days off, {counts[1]} of early releases, {counts[2]} of neither")
    return [one for one in found if one.kind != OTHER]


def _tell_displaced(desk: Desk, before: set[date]) -> None:
    """Say how much is planned on days that are off now."""
    from coach_tui.coaching.planning.suggesting import displaced

    now = desk.days()
    new = [day for day in now.surroundings.names_off if day not in before and day >= now.today]
    moves = displaced(now, new)
    if moves:
        said = plural(len(moves), "appointment stands", "appointments stand")
        out(f"{said} on these days: open the calendar (3), and e gives each another time.")


def _days(one: DistrictDay) -> str:
    return full(one.first) if one.first == one.last else f"{full(one.first)} - {full(one.last)}"
