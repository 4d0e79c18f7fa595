"""A row of the caseload: who is coached, how, since when, and toward what."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from coach_tui.domain import cadence as cadences
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    CoacheeState,
    Delivery,
    Enrollment,
    LaunchItem,
    MomentOfNeed,
    PlanPart,
    ReleasePhase,
    Structure,
)
from coach_tui.domain.records.base import Count, Day, Id, Label, Name, Part, Record, Text, Wording
from coach_tui.domain.transitions import check_phase_move

Cadence = Annotated[str, AfterValidator(cadences.normalise)]


class TickedNote(Part):
    """Something that is done or not, with a note."""

    done: bool = False
    note: Text = ""


class LaunchConversation(Part):
    """The meeting before any coaching: four items, each a tick and a note (seed 001).

    `records_explained` says that the teacher was told what is kept, and who sees it; `present`
    names the members of a team who were there.
    """

    date: Day | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    records_explained: bool = False
    present: tuple[Wording, ...] = ()
    items: dict[LaunchItem, TickedNote] = Field(
        default_factory=lambda: {item: TickedNote() for item in LaunchItem}
    )

    @model_validator(mode="after")
    def _four_items(self) -> Self:
        if set(self.items) != set(LaunchItem):
            raise ValueError("a launch conversation has its four items")
        return self

    @property
    def complete(self) -> bool:
        """Whether it has its date and all four items are done."""
        return self.date is not None and all(item.done for item in self.items.values())


class CoachingPlan(Part):
    """Exactly five parts, each done or not (seed 004, essential function 3)."""

    parts: dict[PlanPart, TickedNote] = Field(
        default_factory=lambda: {part: TickedNote() for part in PlanPart}
    )
    release_plan_shared_on: Day | None = None

    @model_validator(mode="after")
    def _five_parts(self) -> Self:
        if set(self.parts) != set(PlanPart):
            raise ValueError("a coaching plan has its five parts")
        return self

    @property
    def missing(self) -> tuple[PlanPart, ...]:
        """The parts that are still empty, in their order."""
        return tuple(part for part in PlanPart if not self.parts[part].done)


class PhaseChange(Part):
    """One dated step of the gradual release, with the reason a person gave (rule R8)."""

    date: Day
    phase: ReleasePhase
    reason: Text = ""


class StateChange(Part):
    """One dated change of a coachee's state, with its reason where one was given."""

    date: Day
    state: CoacheeState
    reason: Text = ""
    moment_of_need: MomentOfNeed | None = None


class NeedNoted(Part):
    """A moment of need that was seen on a day (seed 004); after a release it may re-open."""

    date: Day
    moment: MomentOfNeed
    note: Text = ""


class PriorityGroup(Part):
    """A priority group of students: a label and how many, never names (rule R4)."""

    label: Name
    how_many: Count | None = None


class Barrier(Part):
    """Something that stands in the way of the coaching."""

    text: Wording
    resolved_on: Day | None = None


class Coachee(Record):
    """A teacher, a team or a coach on the caseload (domain.md section 3).

    `periods` name the bell-schedule periods in which the coachee can be observed; `cadence` is
    weekly, biweekly, monthly or `every n school days`; `phases` and `states` are histories whose
    last entries hold what is now. `key` is what a roster calls this person (an employee id or an
    e-mail address), to recognise a row that comes again. `reciprocal_pair` is the id of the
    partner in a peer-to-peer structure.
    """

    table: ClassVar[str] = "coachees"

    name: Name
    kind: CoacheeKind = CoacheeKind.EDUCATOR
    key: Label = ""
    members: tuple[Name, ...] = ()
    building: Label = ""
    room: Label = ""
    grade_band: Label = ""
    content_areas: tuple[Name, ...] = ()
    periods: tuple[Name, ...] = ()
    structure: Structure = Structure.INDIVIDUAL
    change_level: ChangeLevel = ChangeLevel.INDIVIDUAL
    enrollment: Enrollment = Enrollment.VOLUNTARY
    delivery: Delivery = Delivery.IN_PERSON
    cadence: Cadence = cadences.BIWEEKLY
    state: CoacheeState = CoacheeState.NOT_LAUNCHED
    states: tuple[StateChange, ...] = ()
    phases: tuple[PhaseChange, ...] = ()
    needs: tuple[NeedNoted, ...] = ()
    priority_groups: tuple[PriorityGroup, ...] = ()
    launch: LaunchConversation = LaunchConversation()
    plan: CoachingPlan = CoachingPlan()
    barriers: tuple[Barrier, ...] = ()
    reciprocal_pair: Id | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if self.members and self.kind is not CoacheeKind.TEAM:
            raise ValueError("only a team has members")
        if self.state is CoacheeState.ACTIVE and not self.launch.complete:
            raise ValueError("an active coachee has had the launch conversation")
        labels = [group.label.casefold() for group in self.priority_groups]
        if len(set(labels)) != len(labels):
            raise ValueError("a priority group is named twice")
        if self.states and self.states[-1].state is not self.state:
            raise ValueError("the state is the last of its history")
        for earlier, later in zip(self.phases, self.phases[1:], strict=False):
            if later.date < earlier.date:
                raise ValueError("the release phases are in the order of their dates")
            check_phase_move("the release phase", earlier.phase, later.phase, later.reason)
        if self.reciprocal_pair == self.id:
            raise ValueError("a reciprocal pair is two people")
        return self

    @property
    def phase(self) -> ReleasePhase:
        """The release phase now; the first until one was recorded."""
        return self.phases[-1].phase if self.phases else ReleasePhase.COACH_MODELS
