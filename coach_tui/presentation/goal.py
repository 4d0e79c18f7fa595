"""A growth goal as text: its facts, its picture over the year, its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach_tui.domain.progress.levels import levels_of
from coach_tui.domain.progress.matrix import COLUMNS, MODES, column_of
from coach_tui.domain.records import Cycle, Evidence, GrowthGoal, NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.picture import Track, picture, tracks_of
from coach_tui.presentation.progress import GOAL_STATES, PARTIES, level_words
from coach_tui.presentation.text import visible

_NAMED = {"teacher": "T", "together": "+", "coach": "c"}
"""How a named level is drawn; a small c is the coach's own, private."""


def column_words(item: Evidence) -> str:
    """Return the column of the matrix that an item belongs to, in words."""
    return column_of({"mode": item.mode.value, "kind": item.kind and item.kind.value}).value


def fact_lines(goal: GrowthGoal, function: str, today: date) -> list[str]:
    """Return what is known of a goal in a few lines; `function` is the essential function."""
    agreed = "not agreed yet" if goal.agreed_on is None else f"agreed {dates.full(goal.agreed_on)}"
    due = "" if goal.due is None else f" · due {dates.with_relative(goal.due, today)}"
    state = GOAL_STATES[goal.state.value]
    lines = [
        visible(goal.statement),
        f"{state} · {agreed}, chosen by {PARTIES[goal.chosen_by.value]}{due}",
    ]
    if function:
        lines.append(f"Essential function: {visible(function)}")
    if goal.indicator:
        lines.append(f"Indicator: {visible(goal.indicator)}")
    if goal.baseline_level or goal.target_level:
        begun, target = goal.baseline_level or "–", goal.target_level or "–"
        lines.append(f"Baseline: {visible(begun)} · target: {visible(target)}")
    if goal.student_outcome is not None:
        outcome = goal.student_outcome
        steps = " to ".join(part for part in (outcome.baseline, outcome.target) if part)
        lines.append(f"Students: {visible(outcome.measure)}{': ' if steps else ''}{visible(steps)}")
    return lines


def year_of(
    goal: GrowthGoal, evidence: Sequence[Evidence], year: tuple[date, date] | None, today: date
) -> tuple[date, date]:
    """Return the days that a goal's picture spans: the school year, and what lies before it."""
    days = [item.date for item in evidence]
    days += [] if goal.agreed_on is None else [goal.agreed_on]
    first, last = year or (today, today)
    return min([first, *days]), max([last, today, *days])


def goal_picture(
    goal: GrowthGoal,
    evidence: Sequence[Evidence],
    cycles: Sequence[Cycle],
    span: tuple[date, date],
    today: date,
    columns: int,
) -> list[str]:
    """Return the picture of a goal over `span`, at most `columns` wide."""
    tracks = []
    for column in COLUMNS:
        mode = MODES[column]
        days = [item.date for item in evidence if (item.mode, item.kind) == mode]
        tracks.append(tracks_of(days, column.value))
    tracks += _level_tracks(goal, evidence)
    held = [one for one in cycles if one.meeting is not None and one.meeting.held]
    tracks.append(tracks_of([one.meeting.date for one in held if one.meeting], "meetings"))
    tracks.append(Track("action steps", tuple(_steps(held))))
    return picture(tracks, *span, today, columns)


def _level_tracks(goal: GrowthGoal, evidence: Sequence[Evidence]) -> list[Track]:
    """Return a track for each level, the highest on top, with who named it on which day."""
    named: dict[str, list[tuple[date, str]]] = {level: [] for level in levels_of(_levels(goal))}
    for item in evidence:
        if item.level is not None and item.level.level in named:
            mark = _NAMED[item.level.named_by.value]
            named[item.level.level].append((item.date, mark))
    if not any(named.values()):
        return []
    return [Track(level, tuple(days)) for level, days in reversed(named.items())]


def _levels(goal: GrowthGoal) -> dict[str, tuple[str, ...]]:
    return {"levels": goal.levels}


def _steps(held: Sequence[Cycle]) -> list[tuple[date, str]]:
    """Return the days of action steps: `a` agreed, `k` kept, `j` adjusted, `d` dropped."""
    found = []
    for one in held:
        step = one.action_step
        if step is None or one.meeting is None:
            continue
        found.append((one.meeting.date, "a"))
        if step.check_back is not None:
            words = {"kept": "k", "adjusted": "j", "dropped": "d"}
            found.append((step.check_back.date, words[step.check_back.result.value]))
    return found


LEGEND = (
    "● one, 2 to 9 several · levels: T named by the teacher, + together, c the coach alone"
    " (private) · steps: a agreed, k kept, j adjusted, d dropped"
)
"""What the marks of the picture mean."""


def evidence_summary(item: Evidence, lines: Sequence[NoteLine | None]) -> str:
    """Return what an item is, in one line: its words, its reference, or its lines."""
    if item.what.strip():
        return visible(item.what)
    if item.reference.strip():
        return visible(item.reference)
    said = [f"{line.speaker}: {line.text}" if line.speaker else line.text for line in lines if line]
    return visible(" / ".join(said)) or "lines that are not there any more"


def evidence_marks(item: Evidence, missing: bool) -> str:
    """Return what is to know about an item: a level, a wait for reflection, a file that is gone."""
    marks = []
    if missing:
        marks.append("✗ not found")
    if not item.reflection.strip():
        marks.append("… to reflect")
    if item.level is not None:
        private = " (private)" if item.level.is_private else ""
        marks.append(f"{visible(item.level.level)}{private}")
    return ", ".join(marks)


def evidence_lines(
    item: Evidence, lines: Sequence[NoteLine | None], missing: bool
) -> list[tuple[str, str, str]]:
    """Return an item in full: the key of each row, its label, its words."""
    chosen = "" if item.next_step_chosen_by is None else item.next_step_chosen_by.value
    shown = [
        ("mode", "Mode", column_words(item)),
        ("date", "Date", dates.full(item.date)),
        ("gathered_by", "Gathered by", PARTIES[item.gathered_by.value]),
        ("what", "What", visible(item.what)),
        ("reference", "Where it is", visible(item.reference) + _gone(missing)),
    ]
    for number, (reference, line) in enumerate(zip(item.observation_lines, lines, strict=True)):
        said = "this line is not there any more"
        if line is not None:
            said = f"{line.speaker}: {line.text}" if line.speaker else line.text
        label = "Lines" if number == 0 else ""
        shown.append((f"line:{reference.observation}:{number}", label, visible(said)))
    level = "not named"
    if item.level is not None:
        level = level_words(item.level.level, item.level.named_by.value)
    step = visible(item.next_step)
    if step and chosen:
        step = f"{step} (chosen by {PARTIES[chosen]})"
    return [
        *shown,
        ("level", "Level", level),
        ("reflection", "Reflection", visible(item.reflection) or "… waits for a reflection"),
        ("next_step", "Next step", step or "–"),
    ]


def _gone(missing: bool) -> str:
    return "  ✗ not found: moved, renamed or taken away" if missing else ""
