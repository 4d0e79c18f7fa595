"""Asking for the next state of a growth goal, and for the goal that it is revised into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import GoalState
from coach_tui.domain.progress.levels import levels_of
from coach_tui.presentation.progress import GOAL_STATES
from coach_tui.presentation.reading import read_optional_date
from coach_tui.screens.progress.goal_forms import fields_of, problems, read_goal
from coach_tui.widgets.field import Field

if TYPE_CHECKING:
    from coach_tui.domain.records import GrowthGoal
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.teacher.selected import SelectedCoachee


async def ask_move(screen: SelectedCoachee, goal: GrowthGoal) -> str:
    """Ask for the next state of a goal; returns the id of the goal to be shown then.

    Raises `NotDone` when it was cancelled.
    """
    states = await screen.perform(lambda desk: desk.goals.moves(goal))
    if not states:
        screen.tell("This goal has ended: a new one can follow it")
        return goal.id
    words = {
        GoalState.AGREED: "Agreed with the teacher",
        GoalState.ACTIVE: "Begin: it is worked on from today",
        GoalState.MET: "Met: with a reflection and two modes of evidence, or a reason",
        GoalState.REVISED: "Revise: another goal follows it, this one stays with its evidence",
        GoalState.SET_ASIDE: "Set aside, with the reason",
    }
    options = [(state.value, words[state]) for state in states]
    intro = f"Now {GOAL_STATES[goal.state.value]}. You and the teacher decide."
    state = GoalState(await screen._pick("The goal goes to:", options, intro))
    if state is GoalState.REVISED:
        return await ask_revision(screen, goal)
    await _ask_state(screen, goal, state)
    return goal.id


async def _ask_state(screen: SelectedCoachee, goal: GrowthGoal, state: GoalState) -> None:
    async def save(answers: Answers) -> None:
        agreed_on = read_optional_date(answers.get("agreed_on", ""), screen.session.today())
        await screen.session.perform(
            lambda desk: desk.goals.move(
                goal,
                state,
                reason=answers.get("reason", ""),
                reflection=answers.get("reflection", ""),
                agreed_on=agreed_on,
            )
        )

    fields = {
        GoalState.AGREED: [Field("agreed_on", "Agreed on", "today")],
        GoalState.ACTIVE: [],
        GoalState.MET: [
            Field("reflection", "Reflection", lines=4, hint="what the evidence shows"),
            Field("reason", "Or the reason", hint="where evidence in two modes is missing"),
        ],
        GoalState.SET_ASIDE: [Field("reason", "Reason", lines=3)],
    }[state]
    if not fields:
        await screen.perform(lambda desk: desk.goals.move(goal, state))
        return
    title = f"The goal: {GOAL_STATES[state.value]}"
    await screen._ask(title, fields, lambda given: {}, save, goal.statement)


async def ask_revision(screen: SelectedCoachee, goal: GrowthGoal) -> str:
    """Ask for the goal that follows this one; returns its id.

    Raises `NotDone` when it was cancelled.
    """
    new: list[str] = []

    async def save(answers: Answers) -> None:
        agreed_on = read_optional_date(answers["agreed_on"], screen.session.today())
        fields = read_goal(answers, screen, goal)
        revised = await screen.session.perform(
            lambda desk: desk.goals.revise(goal, answers["reason"], agreed_on, **fields)
        )
        new.append(revised.id)

    def check(answers: Answers) -> dict[str, str]:
        wrong = problems(answers, screen)
        if not answers["reason"].strip():
            wrong["reason"] = "say why: it is kept with the goal"
        return wrong

    levels = levels_of({"levels": goal.levels})
    await screen._ask(
        "Revise the growth goal",
        [
            Field("reason", "Why", lines=2),
            *fields_of(goal, levels),
            Field("agreed_on", "Agreed on", "today", hint="nothing for a draft"),
        ],
        check,
        save,
        "The goal as it was stays, with its evidence and its history.",
    )
    return new[-1]
