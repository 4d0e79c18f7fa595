"""`coach-tui show NAME`: one coachee in plain text."""

from __future__ import annotations

from coach_tui.cli import status, who
from coach_tui.cli.context import DONE, out, out_json
from coach_tui.presentation import dates, observation
from coach_tui.presentation.coachee import profile_lines
from coach_tui.presentation.statuses import due_mark, due_sentence, owed_sentence
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee
    from coach_tui.domain.standing import Standing

FORMAT, VERSION = "coach-tui show", 1


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `show`."""
    parser.add_argument("name", nargs="+", help="the name, or enough of it")
    parser.add_argument(
        "--notes", type=int, default=1, metavar="N", help="observations with their lines (1)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


def run(arguments: Namespace, context: Context) -> int:
    """Print how things stand, what happened, and the newest notes."""
    standing = who.find(context, " ".join(arguments.name))
    if isinstance(standing, int):
        return standing
    desk = context.desk()
    try:
        coachee = desk.coachees.get(standing.facts.id)
        if arguments.json:
            out_json(as_json(desk, coachee, standing))
        else:
            for line in as_text(desk, coachee, standing, max(arguments.notes, 0)):
                out(line)
    finally:
        desk.close()
    return DONE


def as_text(desk: Desk, coachee: Coachee, standing: Standing, notes: int) -> list[str]:
    """Return the lines to print."""
    today = desk.ledger.today()
    lines = [f"{visible(coachee.name)}  {due_mark(standing.due)}"]
    lines.append(due_sentence(standing.due, today))
    lines += [f"  {owed_sentence(item)}" for item in standing.owed]
    partner = desk.coachees.partner(coachee)
    profile = profile_lines(coachee, today, partner.name if partner else "")
    lines += ["", *profile, "", "What happened"]
    happenings = desk.timeline(coachee)
    if not happenings:
        lines.append("  nothing yet")
    lines += [
        f"  {dates.full(one.day):15}  {one.title}{': ' if one.detail else ''}{visible(one.detail)}"
        for one in happenings
    ]
    for seen in desk.observing.of(coachee.id)[:notes]:
        lines += ["", *observation.script_lines(seen, desk.clock.local)]
    return lines


def as_json(desk: Desk, coachee: Coachee, standing: Standing) -> dict[str, Any]:
    """Return the coachee, the statuses, the cycles and the observations as stored."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "today": desk.ledger.today().isoformat(),
        "standing": status.standing_json(standing),
        "coachee": coachee.to_document(),
        "cycles": [cycle.to_document() for cycle in desk.cycling.of(coachee.id)],
        "observations": [seen.to_document() for seen in desk.observing.of(coachee.id)],
    }
