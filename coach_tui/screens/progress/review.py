"""The review of a goal: its evidence in order, what it says of the indicator, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import Party, ReviewOutcome
from coach_tui.presentation import dates
from coach_tui.presentation.goal import column_words, evidence_summary
from coach_tui.presentation.text import visible
from coach_tui.screens.base import NotDone
from coach_tui.screens.progress.gathering import NOBODY, read_reflection, reflection_fields
from coach_tui.widgets.field import Field

if TYPE_CHECKING:
    from coach_tui.domain.records import Evidence, GrowthGoal
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.teacher.selected import SelectedCoachee

_PARTIES = tuple(party.value for party in Party)


async def walk(screen: SelectedCoachee, goal_id: str) -> str:
    """Walk through a goal's evidence; returns the id of the goal that is worked on then.

    What was thought about an item is saved before the next one comes: a walk that is broken off
    keeps what was done. Raises `NotDone` when it was broken off.
    """
    goal = await screen.perform(lambda desk: desk.goals.get(goal_id))
    items = await screen.perform(lambda desk: desk.evidence.of(goal_id))
    if not items:
        screen.tell("There is no evidence to review yet: v adds some")
        raise NotDone
    waiting = [item for item in items if not item.reflection.strip()]
    if waiting and len(waiting) < len(items):
        items = await _which(screen, items, waiting)
    for number, item in enumerate(items, 1):
        await _reflect(screen, goal, item, f"{number} of {len(items)}")
    return await _end(screen, goal)


async def _which(
    screen: SelectedCoachee, items: list[Evidence], waiting: list[Evidence]
) -> list[Evidence]:
    options = [
        ("all", f"All {len(items)} in their order"),
        ("waiting", f"The {len(waiting)} that wait for a reflection"),
    ]
    picked = await screen._pick("Which evidence?", options)
    return items if picked == "all" else waiting


async def _reflect(screen: SelectedCoachee, goal: GrowthGoal, item: Evidence, place: str) -> None:
    lines = await screen.perform(lambda desk: desk.evidence.lines(item))

    async def save(answers: Answers) -> None:
        fields = read_reflection(answers)
        if all(getattr(item, name) == value for name, value in fields.items()):
            return
        await screen.session.perform(lambda desk: desk.evidence.edit(item, **fields))

    def check(answers: Answers) -> dict[str, str]:
        if answers["next_step"].strip() and answers["chosen_by"] == NOBODY:
            return {"chosen_by": "who chose the next step?"}
        return {}

    asked = f" · Indicator: {visible(goal.indicator)}" if goal.indicator else ""
    await screen._ask(
        f"{place} · {column_words(item)}, {dates.full(item.date)}",
        reflection_fields(goal, item),
        check,
        save,
        f"{evidence_summary(item, lines)}{asked} · What does it say of it?",
    )


async def _end(screen: SelectedCoachee, goal: GrowthGoal) -> str:
    goal = await screen.perform(lambda desk: desk.goals.get(goal.id))
    ended: list[ReviewOutcome] = []

    async def save(answers: Answers) -> None:
        outcome = ReviewOutcome(answers["outcome"])
        chosen_by = Party(answers["chosen_by"])
        await screen.session.perform(
            lambda desk: desk.goals.review(goal, outcome, answers["words"], chosen_by)
        )
        ended.append(outcome)

    def check(answers: Answers) -> dict[str, str]:
        if answers["outcome"] == ReviewOutcome.NOTHING.value or answers["words"].strip():
            return {}
        return {"words": "say what it is"}

    await screen._ask(
        "The review ends in",
        [
            Field("outcome", "It ends in", "", tuple(one.value for one in ReviewOutcome)),
            Field("words", "In words", lines=3),
            Field("chosen_by", "Chosen by", _PARTIES[0], _PARTIES),
        ],
        check,
        save,
        f"{visible(goal.statement)} · It is kept with today's date.",
    )
    if ended != [ReviewOutcome.CHANGED_GOAL] or goal.state.value != "active":
        screen.tell("Review kept")
        return goal.id
    from coach_tui.screens.progress.goal_states import ask_revision

    goal = await screen.perform(lambda desk: desk.goals.get(goal.id))
    return await ask_revision(screen, goal)
