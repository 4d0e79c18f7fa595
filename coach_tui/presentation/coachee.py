"""A coachee's page as fields: what each is called, what it says, and how it is edited. Plain."""

from __future__ import annotations

from coach_tui.domain.enumerations import LaunchItem, PlanPart
from coach_tui.presentation import dates
from coach_tui.presentation.statuses import phase_words, state_words
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach_tui.domain.records import Coachee, GrowthGoal

NOTHING = "–"


class Line:
    """One line of the page: its section, the field it stands for, its label and its words.

    `field` is the name of a field of `Coachee`, or `launch:<item>`, `launch_date`,
    `plan:<part>`, `shared_on`, `pair`, `goal:<id>`, `progress`; `done` is None for a line that is
    not ticked.
    """

    __slots__ = ("done", "field", "label", "section", "words")

    def __init__(
        self, section: str, field: str, label: str, words: str, done: bool | None = None
    ) -> None:
        """Hold the values; `words` are made visible."""
        self.section, self.field, self.label = section, field, label
        self.words, self.done = visible(words) or NOTHING, done

    @property
    def tick(self) -> str:
        """`[x]` or `[ ]` for a line that can be ticked, else nothing."""
        return "" if self.done is None else "[x]" if self.done else "[ ]"


WHO, HOW, GOALS, LAUNCH, PLAN, STUDENTS = (
    "Who",
    "How",
    "Growth goals",
    "Launch conversation",
    "Coaching plan",
    "Students and barriers",
)


_SHORT = {
    LaunchItem.TRUST: "Relational trust begun",
    LaunchItem.EXPECTATIONS: "Mutual expectations",
    LaunchItem.REFLECTION: "Reflection, focus areas",
    LaunchItem.STUDENTS: "The students, their needs",
    PlanPart.FOCUS: "Focus aligned to a goal",
    PlanPart.SELF_ASSESSMENT: "Self-assessment",
    PlanPart.GROWTH_GOALS: "Growth goals",
    PlanPart.DATA_COLLECTION: "Data collection",
    PlanPart.GRADUAL_RELEASE: "Gradual-release plan",
}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


class Growth:
    """What the page says of growth: the goals, what is said of them, and which plan parts lack.

    `said` are the statuses of the goals in words; `plan_missing` the parts of the plan that are
    neither ticked nor made complete by other records, None where that is not known;
    `practices_missing` the critical practices that the coach's own last cycle lacks.
    """

    __slots__ = ("goals", "plan_missing", "practices_missing", "said")

    def __init__(
        self,
        goals: Iterable[GrowthGoal] = (),
        said: str = "",
        plan_missing: tuple[str, ...] | None = None,
        practices_missing: tuple[str, ...] = (),
    ) -> None:
        """Hold the values."""
        self.goals, self.said, self.plan_missing = tuple(goals), said, plan_missing
        self.practices_missing = practices_missing


def _growth_lines(growth: Growth) -> list[Line]:
    from coach_tui.presentation.progress import GOAL_STATES

    said = growth.said or ("nothing is missing" if growth.goals else "no goal is written down yet")
    if growth.practices_missing:
        said += f"; your last cycle was without {_listed(growth.practices_missing)}"
    lines = [Line(GOALS, "progress", "Evidence and readiness", said)]
    return lines + [
        Line(GOALS, f"goal:{goal.id}", GOAL_STATES[goal.state.value], goal.statement)
        for goal in growth.goals
    ]


def page(
    coachee: Coachee, today: date, partner: str = "", growth: Growth | None = None
) -> list[Line]:
    """Return every line of the page, in its order; every line's field can be edited.

    `partner` is the name of the other one of a reciprocal pair, where there is one. `growth` says
    what is known of goals; without it they are left out.
    """
    team = coachee.kind.value == "team"
    peer = coachee.structure.value == "peer-to-peer"
    groups = [
        group.label if group.how_many is None else f"{group.label} ({group.how_many})"
        for group in coachee.priority_groups
    ]
    barriers = [barrier.text for barrier in coachee.barriers if barrier.resolved_on is None]
    lines = [
        Line(WHO, "name", "Name", coachee.name),
        Line(
            WHO,
            "kind",
            "Kind",
            "teacher" if coachee.kind.value == "educator" else coachee.kind.value,
        ),
        *([Line(WHO, "members", "Members", _listed(coachee.members))] if team else []),
        Line(WHO, "building", "Building", coachee.building),
        Line(WHO, "room", "Room", coachee.room),
        Line(WHO, "grade_band", "Grades", coachee.grade_band),
        Line(WHO, "content_areas", "Content areas", _listed(coachee.content_areas)),
        Line(WHO, "periods", "Periods", _listed(coachee.periods)),
        Line(WHO, "key", "Roster id", coachee.key),
        Line(WHO, "note", "Note", coachee.note),
        Line(HOW, "structure", "Structure", coachee.structure.value),
        *([Line(HOW, "pair", "Reciprocal pair", partner)] if peer else []),
        Line(HOW, "change_level", "Change level", coachee.change_level.value),
        Line(HOW, "enrollment", "Enrollment", coachee.enrollment.value),
        Line(HOW, "delivery", "Delivery", coachee.delivery.value),
        Line(HOW, "cadence", "Cadence", coachee.cadence),
        Line(HOW, "state", "State", state_words(coachee.state.value)),
        Line(HOW, "phase", "Release phase", phase_words(coachee.phase.value)),
    ]
    if growth is not None:
        lines += _growth_lines(growth)
    held = coachee.launch.date
    words = "" if held is None else dates.with_relative(held, today)
    lines.append(Line(LAUNCH, "launch_date", "Held on", words))
    for item in LaunchItem:
        ticked = coachee.launch.items[item]
        lines.append(Line(LAUNCH, f"launch:{item.value}", _SHORT[item], ticked.note, ticked.done))
    for part in PlanPart:
        ticked = coachee.plan.parts[part]
        done = ticked.done or _is_filled(part, growth)
        lines.append(Line(PLAN, f"plan:{part.value}", _SHORT[part], ticked.note, done))
    shared = coachee.plan.release_plan_shared_on
    words = "" if shared is None else dates.with_relative(shared, today)
    lines.append(Line(PLAN, "shared_on", "Release plan shared on", words))
    lines.append(Line(STUDENTS, "priority_groups", "Priority groups", _listed(groups)))
    lines.append(Line(STUDENTS, "barriers", "Barriers", _listed(barriers)))
    return lines


def _is_filled(part: PlanPart, growth: Growth | None) -> bool:
    """Whether other records make a part of the plan complete."""
    missing = None if growth is None else growth.plan_missing
    return missing is not None and part.value not in missing


def profile_lines(
    coachee: Coachee, today: date, partner: str = "", growth: Growth | None = None
) -> list[str]:
    """Return the page as plain text, empty fields left out but for the ticked ones."""
    lines: list[str] = []
    section = ""
    for line in page(coachee, today, partner, growth):
        if line.words == NOTHING and line.done is None:
            continue
        if line.section != section:
            section = line.section
            lines.append(section)
        tick = f"{line.tick} " if line.tick else ""
        words = "" if line.words == NOTHING else f": {line.words}"
        lines.append(f"  {tick}{line.label}{words}")
    return lines
