"""A coaching cycle: plan, observe, feedback, apply, check back (seed 001)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from coach_tui.domain.enumerations import (
    CheckBackResult,
    CycleStage,
    Delivery,
    MeetingStep,
    MomentOfNeed,
    SentenceSource,
    StepState,
    Support,
)
from coach_tui.domain.records.base import Day, Id, LocalTime, Moment, Part, Record, Text, Wording

Minutes = Annotated[int, Field(ge=0, le=1440)]


class LineReference(Part):
    """A note line of an observation, by their ids."""

    observation: Id
    line: Id


class Prep(Part):
    """What the coach did before the cycle; None is "not applicable" (seed 001)."""

    materials_reviewed: bool | None = None
    texts_read: bool | None = None
    summative_task_done: bool | None = None


class PlannedDates(Part):
    """When the stages of a cycle are planned; times are local, and optional.

    Without minutes an appointment takes the usual length of its stage.
    """

    observation: Day | None = None
    observation_time: LocalTime | None = None
    observation_period: Text = ""
    observation_minutes: Minutes | None = None
    meeting: Day | None = None
    meeting_time: LocalTime | None = None
    meeting_period: Text = ""
    meeting_minutes: Minutes | None = None
    check_back: Day | None = None
    check_back_time: LocalTime | None = None
    check_back_period: Text = ""
    check_back_minutes: Minutes | None = None


class Sentence(Part):
    """One sentence that is prepared for the meeting, and where it came from.

    `line` is the note line it was taken from: it stays when the sentence is edited, so that what
    may not be shared by default is known by its line, whatever its words became (rule R3).
    """

    text: Wording
    source: SentenceSource = SentenceSource.OWN
    line: LineReference | None = None

    @model_validator(mode="after")
    def _line_and_source_agree(self) -> Self:
        if (self.source is SentenceSource.LINE) != (self.line is not None):
            raise ValueError("a sentence from the notes names its line, and no other one does")
        return self


class StepOfMeeting(Part):
    """One of the six steps: as prepared, as held, and the lines it rests on.

    `prepared` is what was prepared in one text, before there were sentences; read `preparation`.
    """

    prepared: Text = ""
    sentences: tuple[Sentence, ...] = ()
    held: Text = ""
    lines: tuple[LineReference, ...] = ()
    done: bool = False

    @property
    def preparation(self) -> tuple[Sentence, ...]:
        """The sentences of this step; of a text in one piece, each line is one."""
        written = (line.strip() for line in self.prepared.splitlines())
        return (*(Sentence(text=line) for line in written if line), *self.sentences)


class EngagementReview(Part):
    """The review of student engagement information in distance learning (seed 001)."""

    source: Text = ""
    reviewed: bool = False
    flagged: Text = ""
    next_step: Text = ""


class FeedbackMeeting(Part):
    """Feedback and reflection: six steps in their order. `held` says that it took place.

    `begun` is when the first step was held, so that the minutes can be proposed; `taken` the note
    lines that became sentences, and `drawn_on` that goal, focus and calendar were asked, so that
    what was thrown away does not come again; `present` the members of a team who were there.
    """

    date: Day
    minutes: Minutes = 0
    delivery: Delivery = Delivery.IN_PERSON
    held: bool = False
    steps: dict[MeetingStep, StepOfMeeting] = Field(
        default_factory=lambda: {step: StepOfMeeting() for step in MeetingStep}
    )
    engagement_review: EngagementReview | None = None
    follow_up_sent_on: Day | None = None
    note: Text = ""
    begun: Moment | None = None
    taken: tuple[LineReference, ...] = ()
    drawn_on: bool = False
    present: tuple[Wording, ...] = ()

    @model_validator(mode="after")
    def _six_steps(self) -> Self:
        if set(self.steps) != set(MeetingStep):
            raise ValueError("a feedback meeting has its six steps")
        return self


class UpcomingLesson(Part):
    """The lesson in which an action step is tried."""

    date: Day
    label: Text = ""


class CheckBack(Part):
    """What became of the action step after its lesson."""

    date: Day
    result: CheckBackResult
    note: Text = ""


class ActionStep(Part):
    """One bite-sized action step (seed 001)."""

    text: Wording
    lesson: UpcomingLesson | None = None
    success: Text = ""
    practiced: bool = False
    state: StepState = StepState.AGREED
    check_back: CheckBack | None = None

    @model_validator(mode="after")
    def _state_and_result_agree(self) -> Self:
        if (self.state is StepState.CHECKED_BACK) != (self.check_back is not None):
            raise ValueError("an action step is checked back when it has its result")
        return self

    @property
    def is_open(self) -> bool:
        """Whether this is the coachee's open step (rule R7)."""
        return self.state not in (StepState.CHECKED_BACK, StepState.PARKED)


class Cycle(Record):
    """One turn of observation and feedback with one coachee (seed 001; domain.md section 3)."""

    table: ClassVar[str] = "cycles"

    coachee: Id
    goal: Id | None = None
    number: Annotated[int, Field(ge=1)]
    prep: Prep = Prep()
    planned: PlannedDates = PlannedDates()
    supports: tuple[Support, ...] = ()
    alliance_note: Text = ""
    meeting: FeedbackMeeting | None = None
    action_step: ActionStep | None = None
    moment_of_need: MomentOfNeed | None = None
    stage: CycleStage = CycleStage.PLANNED
    cancelled_because: Text = ""

    @model_validator(mode="after")
    def _stage_has_what_it_needs(self) -> Self:
        cancelled = self.stage is CycleStage.CANCELLED
        if cancelled != bool(self.cancelled_because.strip()):
            raise ValueError("a cancelled cycle has its reason, and no other cycle has one")
        after_meeting = (CycleStage.FEEDBACK_HELD, CycleStage.APPLYING, CycleStage.CHECKED_BACK)
        if self.stage in after_meeting and (self.meeting is None or not self.meeting.held):
            raise ValueError("feedback is held when the meeting took place")
        if self.stage is CycleStage.APPLYING and self.action_step is None:
            raise ValueError("a cycle that is being applied has its action step")
        if self.stage is CycleStage.CHECKED_BACK and (
            self.action_step is None or self.action_step.check_back is None
        ):
            raise ValueError("a cycle is checked back when its action step has a result")
        return self
