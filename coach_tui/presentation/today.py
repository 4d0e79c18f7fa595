"""Today's tasks in words: when, who, and why each is there. Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.today import TodayGroup
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from coach_tui.domain.today import Task

EMPTY = "Nothing is owed, and nothing is planned for today. That is a good day to drop by a room."
"""What is said when there is nothing to do."""


def when_words(task: Task) -> str:
    """Return the time of a task, `10:15`; empty for one without."""
    return "" if task.start is None else f"{task.start // 60}:{task.start % 60:02}"


def who_words(task: Task) -> str:
    """Return who the task is about, literal."""
    return visible(task.name) if task.person else ", ".join(task.names)


def why_words(task: Task, today: date) -> str:
    """Return why a task is there, in one sentence without its person."""
    return _WHY[task.group](task, today)


def _ago(task: Task) -> str:
    return f"{plural(task.days, 'school day')} ago" if task.days else "today"


def _now(task: Task, today: date) -> str:
    what = "the observation" if task.stage == "visit" else "the meeting"
    begun = "" if task.day is None else f" of {dates.relative(task.day, today)}"
    return f"{what}{begun} was begun and not ended"


def _planned(task: Task, today: date) -> str:
    room = task.room if "room" in task.room.casefold() or not task.room else f"room {task.room}"
    place = ", ".join(visible(part) for part in (task.period, room, task.building) if part)
    return f"{task.stage}, {place}" if place else task.stage


def _lesson(task: Task, today: date) -> str:
    return "its lesson is today; afterwards check back"


def _observed(task: Task, today: date) -> str:
    seen = "" if task.day is None else f" {dates.relative(task.day, today)}"
    return f"observed{seen}: the meeting is to come"


def _feedback(task: Task, today: date) -> str:
    observed = "" if task.day is None else f"observed {dates.full(task.day)}, "
    return f"{observed}{_ago(task)}, and no meeting yet"


def _check_back(task: Task, today: date) -> str:
    lesson = "" if task.day is None else f" of {dates.full(task.day)}"
    return f"the lesson{lesson} has passed: what became of the action step?"


def _missed(task: Task, today: date) -> str:
    day = "" if task.day is None else f" for {dates.full(task.day)}"
    return f"{task.stage} planned{day} and not begun"


def _due(task: Task, today: date) -> str:
    if task.days and task.day is not None:
        words = f"overdue by {plural(task.days, 'school day')}, was due {dates.full(task.day)}"
    else:
        words = "due today"
    ahead = [date.fromisoformat(day) for day in task.names]
    if ahead and ahead[0] >= today:
        words = f"{words}; visit planned {dates.relative(ahead[0], today)}"
    return words


def _reentry(task: Task, today: date) -> str:
    need = visible(", ".join(task.names))
    since = "" if task.day is None else f", since {dates.full(task.day)}"
    return f"released, and a moment of need: {need}{since}"


def _ready(task: Task, today: date) -> str:
    return "the launch conversation is complete: is the coaching active?"


def _not_launched(task: Task, today: date) -> str:
    begun = "" if task.day is None else f", begun {dates.full(task.day)}"
    return f"the launch conversation is not complete{begun}"


def _evidence(task: Task, today: date) -> str:
    return f"no evidence yet of: {visible(', '.join(task.names))}"


def _own(task: Task, today: date) -> str:
    if task.day is None:
        return "no contact yet in this school year"
    return f"last contact {dates.with_relative(task.day, today)}"


_WHY: dict[TodayGroup, Callable[[Task, date], str]] = {
    TodayGroup.NOW: _now,
    TodayGroup.TODAY: _planned,
    TodayGroup.LESSON: _lesson,
    TodayGroup.OBSERVED: _observed,
    TodayGroup.FEEDBACK: _feedback,
    TodayGroup.CHECK_BACK: _check_back,
    TodayGroup.MISSED: _missed,
    TodayGroup.DUE: _due,
    TodayGroup.REENTRY: _reentry,
    TodayGroup.READY: _ready,
    TodayGroup.NOT_LAUNCHED: _not_launched,
    TodayGroup.EVIDENCE: _evidence,
    TodayGroup.OWN: _own,
}


def groups_of(tasks: list[Task]) -> dict[TodayGroup, list[Task]]:
    """Return the tasks by group, groups without any left out, in their order."""
    found: dict[TodayGroup, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.group, []).append(task)
    return found
