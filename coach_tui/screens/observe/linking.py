"""Making lines evidence toward a goal: which goal, then it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coach_tui.domain.enumerations import GoalState
from coach_tui.presentation.text import cut, plural

if TYPE_CHECKING:
    from coach_tui.screens.base import CoachScreen

OPEN_GOALS = (GoalState.DRAFT, GoalState.AGREED, GoalState.ACTIVE)


async def link(screen: CoachScreen, coachee: str, lines: Mapping[str, Sequence[str]]) -> bool:
    """Ask for the goal where there are several, and link; what students said is discourse.

    `lines` are ids by observation, all of the one coachee. Returns whether anything was linked.
    """
    from coach_tui.screens.dialogs.choice import Pick

    goals = await screen.perform(lambda desk: desk.goals.of(coachee))
    offered = [goal for goal in goals if goal.state in OPEN_GOALS]
    if not offered:
        screen.tell("There is no open goal to link it to: make one in Progress (5)")
        return False
    picked: str | None = offered[0].id
    if len(offered) > 1:
        options = [(goal.id, goal.statement) for goal in offered]
        picked = await screen.app.push_screen_wait(Pick("Evidence toward which goal?", options, ""))
    if picked is None:
        return False
    goal_id = picked
    items = await screen.perform(lambda desk: desk.evidence.link_all(goal_id, lines))
    what = " and ".join(dict.fromkeys((one.kind or one.mode).value for one in items))
    goal = next(one.statement for one in offered if one.id == goal_id)
    linked = sum(len(one.observation_lines) for one in items)
    known = sum(map(len, lines.values())) - linked
    already = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    count = plural(linked, "line")
    screen.tell(f"{count} linked as {what}{already} · u takes it back · goal: {cut(goal, 60)}")
    return True
