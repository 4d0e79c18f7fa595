"""The coaching plan of five parts (seed 004, essential function 3): each from what is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coach_tui.domain.enumerations import GoalState, Party, PlanPart, ReleasePhase
from coach_tui.domain.progress.matrix import column_of
from coach_tui.domain.records import Coachee, GrowthGoal, PracticeProfile, SelfAssessment
from coach_tui.presentation import dates
from coach_tui.presentation.documents import Document
from coach_tui.presentation.profile import assessment_lines, assessment_title
from coach_tui.presentation.progress import PARTIES
from coach_tui.presentation.statuses import phase_words

TITLES: Mapping[PlanPart, str] = {
    PlanPart.FOCUS: "Focus, aligned to a goal of building or district",
    PlanPart.SELF_ASSESSMENT: "Self-assessment with the practice profile",
    PlanPart.GROWTH_GOALS: "Growth goals",
    PlanPart.DATA_COLLECTION: "Methods of data collection",
    PlanPart.GRADUAL_RELEASE: "Gradual release of responsibility",
}

_SHARED = (GoalState.AGREED, GoalState.ACTIVE, GoalState.MET)


@dataclass(frozen=True)
class PlanSources:
    """What a plan is made of; `assessment` is the newest, with its profile where it is known."""

    coachee: Coachee
    goals: Sequence[GrowthGoal]
    assessment: SelfAssessment | None = None
    profile: PracticeProfile | None = None

    @property
    def agreed(self) -> list[GrowthGoal]:
        """The goals that were agreed on with the teacher, and not given up."""
        return [goal for goal in self.goals if goal.state in _SHARED]


@dataclass(frozen=True)
class PartOfPlan:
    """One part: whether it is complete, the words of its note, and what the records say."""

    part: PlanPart
    done: bool
    note: str
    lines: tuple[str, ...]


def plan_parts(sources: PlanSources) -> list[PartOfPlan]:
    """Return the five parts in their order.

    A part is complete when it was ticked, or when what it asks for is recorded.
    """
    made = {
        PlanPart.FOCUS: (),
        PlanPart.SELF_ASSESSMENT: _assessed(sources),
        PlanPart.GROWTH_GOALS: _goals(sources.agreed),
        PlanPart.DATA_COLLECTION: _methods(sources.agreed),
        PlanPart.GRADUAL_RELEASE: _release(sources.coachee),
    }
    shared = sources.coachee.plan.release_plan_shared_on is not None
    parts = []
    for part, lines in made.items():
        ticked = sources.coachee.plan.parts[part]
        filled = bool(lines) if part is not PlanPart.GRADUAL_RELEASE else shared
        parts.append(PartOfPlan(part, ticked.done or filled, ticked.note, lines))
    return parts


def _assessed(sources: PlanSources) -> tuple[str, ...]:
    if sources.assessment is None:
        return ()
    rows = assessment_lines(sources.assessment, None, sources.profile)
    named = [f"{label}: {words}" for label, words in rows if label]
    return (assessment_title(sources.assessment), *named)


def _goals(goals: Sequence[GrowthGoal]) -> tuple[str, ...]:
    lines = []
    for goal in goals:
        met = " (met)" if goal.state is GoalState.MET else ""
        parts = [f"{goal.statement}{met}"]
        if goal.indicator:
            parts.append(f"Indicator: {goal.indicator}")
        if goal.baseline_level or goal.target_level:
            parts.append(f"From {goal.baseline_level or '–'} to {goal.target_level or '–'}")
        if goal.due is not None:
            parts.append(f"Due {dates.full(goal.due)}")
        parts.append(f"Chosen by {PARTIES[goal.chosen_by.value]}")
        lines.append(" · ".join(parts))
    return tuple(lines)


def _methods(goals: Sequence[GrowthGoal]) -> tuple[str, ...]:
    lines = []
    for goal in (one for one in goals if one.state is not GoalState.MET):
        columns = [
            column_of({"mode": one.mode.value, "kind": one.kind and one.kind.value}).value
            for one in goal.planned_modes
        ]
        if columns:
            lines.append(f"{goal.statement}: {', '.join(columns)}")
    return tuple(lines)


def _release(coachee: Coachee) -> tuple[str, ...]:
    lines = [f"Now {phase_words(coachee.phase.value)}"]
    lines += [
        f"{dates.full(change.date)}: {phase_words(change.phase.value)}" for change in coachee.phases
    ]
    order = list(ReleasePhase)
    following = order[order.index(coachee.phase) + 1 :]
    if following:
        lines.append(f"Then {', then '.join(phase_words(one.value) for one in following)}")
    return tuple(lines)


def plan_document(sources: PlanSources, today: date) -> tuple[Document, list[str]]:
    """Return the plan as a page for the teacher, and what was left out of it, in words.

    Drafts of goals are the coach's own until they are agreed on; so is a self-assessment that the
    coach alone put down (rule R5).
    """
    left_out = []
    drafts = [goal for goal in sources.goals if goal.state is GoalState.DRAFT]
    if drafts:
        left_out.append("goals that are drafts")
    assessment = sources.assessment
    if assessment is not None and assessment.named_by is Party.COACH:
        left_out.append("a self-assessment that the coach alone put down")
        sources = PlanSources(sources.coachee, sources.goals)
    coachee = sources.coachee
    page = Document(f"Coaching plan: {coachee.name}").paragraph(dates.full(today))
    for part in plan_parts(sources):
        page = page.heading(TITLES[part.part])
        if part.note.strip():
            page = page.paragraph(part.note)
        for line in part.lines:
            page = page.item(line)
        if not part.lines and not part.note.strip():
            page = page.paragraph("Not settled yet.")
    return page, left_out
