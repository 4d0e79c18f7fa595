"""Making lines evidence toward a goal: which goal, then it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import GoalState
from coach_tui.presentation.text import cut, plural

if TYPE_CHECKING:
    from coach_tui.domain.records import Observation
    from coach_tui.screens.base import CoachScreen

OPEN_GOALS = (GoalState.DRAFT, GoalState.AGREED, GoalState.ACTIVE)


async def link(screen: CoachScreen, seen: Observation, lines: Sequence[str]) -> None:
    """Ask for the goal where there are several, and link; what students said is discourse."""
    from coach_tui.screens.dialogs.choice import Pick

    goals = await screen.perform(lambda desk: desk.goals.of(seen.coachee))
    offered = [goal for goal in goals if goal.state in OPEN_GOALS]
    if not offered:
        screen.tell("There is no open goal to link it to: make one in Progress (5)")
        return
    picked: str | None = offered[0].id
    if len(offered) > 1:
        options = [(goal.id, goal.statement) for goal in offered]
        picked = await screen.app.push_screen_wait(Pick("Evidence toward which goal?", options, ""))
    if picked is None:
        return
    goal_id = picked
    items = await screen.perform(lambda desk: desk.evidence.link_lines(goal_id, seen.id, lines))
    what = " and ".join((one.kind or one.mode).value for one in items)
    goal = next(one.statement for one in offered if one.id == goal_id)
    count = plural(len(lines), "line")
    screen.tell(f"{count} linked as {what} · u takes it back · goal: {cut(goal, 60)}")
