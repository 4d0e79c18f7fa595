"""`coach-tui show NAME`: one coachee in plain text."""

from __future__ import annotations

from coach_tui.cli import status, who
from coach_tui.cli.context import DONE, out, out_json
from coach_tui.cli.words import readable
from coach_tui.presentation import dates, observation
from coach_tui.presentation.coachee import Growth, profile_lines
from coach_tui.presentation.statuses import due_mark, due_sentence, growth_words, owed_sentence
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.progress.checklists import Checklist
    from coach_tui.domain.records import Coachee
    from coach_tui.domain.standing import Standing

FORMAT, VERSION = "coach-tui show", 1


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `show`."""
    parser.add_argument("name", nargs="+", type=readable, help="the name, or enough of it")
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
    growth = Growth(
        desk.goals.of(coachee.id),
        growth_words(standing.owed, standing.signs),
        standing.facts.plan_missing,
        standing.facts.practices_missing,
    )
    profile = profile_lines(coachee, today, partner.name if partner else "", growth)
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
    """Return the coachee, the statuses, and what belongs to it as stored.

    `readiness` holds, for each active goal and release phase, the lines of the checklist with the
    day from which each is met and the records it rests on; there is no count of them.
    """
    goals = desk.goals.of(coachee.id)
    today = desk.ledger.today()
    return {
        "format": FORMAT,
        "version": VERSION,
        "today": today.isoformat(),
        "standing": status.standing_json(standing),
        "coachee": coachee.to_document(),
        "cycles": [cycle.to_document() for cycle in desk.cycling.of(coachee.id)],
        "observations": [seen.to_document() for seen in desk.observing.of(coachee.id)],
        "goals": [goal.to_document() for goal in goals],
        "evidence": [item.to_document() for goal in goals for item in desk.evidence.of(goal.id)],
        "self_assessments": [one.assessment.to_document() for one in desk.assessing.of(coachee.id)],
        "readiness": [
            checklist_json(one.goal.id, found, today)
            for one in desk.releasing.readiness(coachee)
            for found in one.lists
        ],
        "cycle_fidelity": [
            {
                "cycle": one.number,
                "missing": list(one.missing),
                "minutes": one.minutes,
            }
            for one in desk.releasing.fidelity(coachee)
        ],
    }


def checklist_json(goal: str, found: Checklist, today: date) -> dict[str, Any]:
    """Return a checklist as JSON values; days are ISO, `since` is null while a line is not met."""
    return {
        "goal": goal,
        "phase": found.target,
        "ready": found.ready(today),
        "lines": [
            {
                "line": one.words,
                "met": one.met(today),
                "since": None if one.since is None else one.since.isoformat(),
                "proofs": [{"kind": proof.kind, "id": proof.id} for proof in one.proofs],
            }
            for one in found.requirements
        ],
    }
