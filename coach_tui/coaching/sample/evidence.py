"""Evidence toward a goal, in the four modes of seed 004, gathered along the visits."""

from __future__ import annotations

from collections.abc import Iterator

from coach_tui.coaching.sample.content import fill
from coach_tui.coaching.sample.goals import GoalSpan
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.threads import LEVELS, EvidenceIdea
from coach_tui.domain.enumerations import EvidenceMode, LineKind, Party, StudentEvidenceKind
from coach_tui.domain.records import (
    Evidence,
    LineReference,
    NamedLevel,
    NoteLine,
    Observation,
    PlannedMode,
)

_NAMERS = (
    Party.TEACHER,
    Party.TOGETHER,
    None,
    Party.TOGETHER,
    Party.COACH,
    Party.TEACHER,
    Party.TOGETHER,
)
"""Who names the level of an item, in turn; None where nobody has."""

_GATHERED = {
    EvidenceMode.OBSERVATION: Party.COACH,
    EvidenceMode.VIDEO: Party.TEACHER,
    EvidenceMode.JOURNALING: Party.TEACHER,
    EvidenceMode.STUDENT_EVIDENCE: Party.TOGETHER,
}
_MOST_LINES = 4
_STUDENTS = 24


def evidence_of(
    row: Row, setting: Setting, span: GoalSpan, observations: list[Observation]
) -> Iterator[Evidence]:
    """Yield the evidence for a goal; `observations` are those of all visits, in their order."""
    modes = span.thread.planned_modes
    for count, number in enumerate(range(span.first, span.end)):
        if count % 2 == 0 and count:
            continue
        place = (count + 1) // 2
        planned = in_turn(modes, place + row.number)
        idea = in_turn(span.thread.evidence.of(planned), place // len(modes))
        yield _item(row, setting, span, observations[number], planned, idea, place)


def _item(
    row: Row,
    setting: Setting,
    span: GoalSpan,
    observation: Observation,
    planned: PlannedMode,
    idea: EvidenceIdea,
    place: int,
) -> Evidence:
    index = setting.schooling.index(observation.date)
    lines = _lines(observation, planned)
    thinks = bool(idea.reflection) and place % 4 != 3
    made = setting.written_up(index, 1800 + place)
    namer = in_turn(_NAMERS, place + row.number)
    level = NamedLevel(level=_level(span, place), named_by=namer) if namer else None
    return Evidence(
        id=row.new_id(made),
        created_at=made,
        updated_at=made,
        goal=span.goal.id,
        mode=planned.mode,
        kind=planned.kind,
        date=observation.date,
        gathered_by=_gathered(planned),
        what=_what(row, planned, idea, lines, observation),
        reference=_reference(planned, observation),
        observation_lines=tuple(
            LineReference(observation=observation.id, line=line.id) for line in lines
        ),
        level=level,
        reflection=idea.reflection if thinks else "",
        next_step=idea.next if thinks else "",
        next_step_chosen_by=(
            in_turn((Party.TEACHER, Party.TOGETHER), place) if thinks and idea.next else None
        ),
    )


def _gathered(planned: PlannedMode) -> Party:
    if planned.kind is StudentEvidenceKind.WORK:
        return Party.TEACHER
    return _GATHERED[planned.mode]


def _lines(observation: Observation, planned: PlannedMode) -> list[NoteLine]:
    if planned.mode is EvidenceMode.OBSERVATION:
        told = (line for line in observation.lines if line.tags and not _is_discourse(line))
        return list(told)[:_MOST_LINES]
    if planned.kind is StudentEvidenceKind.DISCOURSE:
        return [line for line in observation.lines if _is_discourse(line)][:_MOST_LINES]
    return []


def _is_discourse(line: NoteLine) -> bool:
    return line.kind is LineKind.QUOTE and line.speaker[:1] in ("S", "G")


def _what(
    row: Row,
    planned: PlannedMode,
    idea: EvidenceIdea,
    lines: list[NoteLine],
    observation: Observation,
) -> str:
    if planned.kind is StudentEvidenceKind.DISCOURSE and lines:
        speakers = ", ".join(dict.fromkeys(line.speaker for line in lines))
        return f"What {speakers} said, word for word: {observation.lesson}"
    return fill(idea.what, row.random, observation.students or _STUDENTS, {})


def _reference(planned: PlannedMode, observation: Observation) -> str:
    """Return where the thing itself is kept: the file is never in the store."""
    day = observation.date.isoformat()
    if planned.mode is EvidenceMode.VIDEO:
        return f"Teacher's tablet, clip of {day}"
    if planned.kind is StudentEvidenceKind.WORK:
        return f"Shared folder, student work, {day}"
    return ""


def _level(span: GoalSpan, place: int) -> str:
    """Return a level on the way from the baseline to the target."""
    first, last = LEVELS.index(span.thread.baseline), LEVELS.index(span.thread.target)
    items = max((span.end - span.first) // 2, 1)
    return LEVELS[min(first + round((last - first) * place / items), last)]
