"""What is said and noted around the visits: launch, plan, meetings, reasons, contacts."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from coach_tui.coaching.sample.content import Shape, words_needed
from coach_tui.domain.enumerations import ContactKind

Phrases = tuple[str, ...]


class LaunchTalk(Shape):
    """Notes for the four items of the launch conversation."""

    trust: Phrases = Field(min_length=1)
    expectations: Phrases = Field(min_length=1)
    reflection: Phrases = Field(min_length=1)
    students: Phrases = Field(min_length=1)


class PlanTalk(Shape):
    """Notes for the five parts of the coaching plan."""

    focus: Phrases = Field(min_length=1)
    self_assessment: Phrases = Field(min_length=1)
    growth_goals: Phrases = Field(min_length=1)
    data_collection: Phrases = Field(min_length=1)
    gradual_release: Phrases = Field(min_length=1)


class MeetingTalk(Shape):
    """Phrases for the six steps of a meeting."""

    praise_held: Phrases = Field(min_length=1)
    praise_reply: Phrases = Field(min_length=1)
    goals_held: Phrases = Field(min_length=1)
    apply_held: Phrases = Field(min_length=1)
    not_practiced: Phrases = Field(min_length=1)
    notes: Phrases = Field(min_length=1)


class Engagement(Shape):
    """A review of engagement information."""

    source: str
    flagged: str
    next: str


class CycleTalk(Shape):
    """What is noted on cycles."""

    alliance: Phrases = Field(min_length=1)
    cancelled: Phrases = Field(min_length=1)
    engagement: tuple[Engagement, ...] = Field(min_length=1)
    dropped: Phrases = Field(min_length=1)


class StateTalk(Shape):
    """Reasons of a coachee's states."""

    proposed: Phrases = Field(min_length=1)
    not_launched: Phrases = Field(min_length=1)
    active: Phrases = Field(min_length=1)
    released: Phrases = Field(min_length=1)


class ContactHabit(Shape):
    """A kind of contact of the coach's own, and how often she has it."""

    kind: ContactKind
    every: int = Field(ge=1)
    newest: int = Field(ge=1)
    minutes: tuple[int, int]
    channel: str
    notes: Phrases = Field(min_length=1)


_PLACES = {
    "launch.students": {"groups"},
    "plan.focus": {"goal"},
    "plan.growth_goals": {"statement"},
    "plan.data_collection": {"modes"},
    "meeting.praise_held": {"clock", "line", "reply"},
    "meeting.goals_held": {"indicator"},
    "meeting.apply_held": {"lesson", "day"},
}


class Talk(Shape):
    """The file talk.toml."""

    launch: LaunchTalk
    plan: PlanTalk
    meeting: MeetingTalk
    cycle: CycleTalk
    phase: dict[str, Phrases]
    state: StateTalk
    contact: tuple[ContactHabit, ...]

    @model_validator(mode="after")
    def _all_places_can_be_filled(self) -> Self:
        for part in ("launch", "plan", "meeting"):
            for name, phrases in getattr(self, part):
                known = _PLACES.get(f"{part}.{name}", set())
                for phrase in phrases:
                    strange = words_needed(phrase) - known
                    if strange:
                        raise ValueError(f"{part}.{name}: nothing fills {sorted(strange)}")
        return self
