"""The closed lists are those of domain.md section 3, in their words and their order."""

from __future__ import annotations

from enum import StrEnum

import pytest

from coach_tui.domain import enumerations as lists

WORDS: dict[type[StrEnum], tuple[str, ...]] = {
    lists.CoachRole: (
        *("instructional coach", "teacher-leader coach", "peer coach"),
        *("network coach", "district coach"),
    ),
    lists.CoacheeKind: ("educator", "team", "coach"),
    lists.Structure: (
        *("individual", "peer-to-peer", "individual peer-to-a-team"),
        *("team-to-team: within a building", "team-to-team: buildings within a district"),
        *("team-to-team: two districts", "other"),
    ),
    lists.ChangeLevel: ("individual", "team", "systems"),
    lists.Enrollment: ("voluntary", "expected", "assigned"),
    lists.Delivery: ("in person", "virtual", "hybrid"),
    lists.CoacheeState: (*("proposed", "not_launched", "active", "paused", "released", "closed"),),
    lists.CycleStage: (
        *("planned", "observed", "feedback_held", "applying", "checked_back", "closed"),
        "cancelled",
    ),
    lists.GoalState: ("draft", "agreed", "active", "met", "revised", "set_aside"),
    lists.StepState: ("agreed", "practiced", "tried", "checked_back", "parked"),
    lists.CheckBackResult: ("kept", "adjusted", "dropped"),
    lists.ReleasePhase: ("1", "2", "3", "released"),
    lists.MomentOfNeed: (
        *("learning for the first time", "learning more", "remembering or applying"),
        *("things go wrong", "things change"),
    ),
    lists.Modality: (
        *("in person", "synchronous whole class", "synchronous small group"),
        *("asynchronous instruction", "review of feedback to students"),
    ),
    lists.Talking: ("teacher talk", "student talk", "silence"),
    lists.LineKind: ("quote", "action", "count", "environment", "question", "inference"),
    lists.LineTag: (
        *("praise", "probe", "goal", "step", "celebrate", "priority group", "look-for"),
    ),
    lists.MeetingStep: (
        *("precise praise", "probe and ask questions", "set goals"),
        "identify a bite-sized action step",
        "apply the action step to an upcoming lesson",
        "practice the agreed-upon action step",
    ),
    lists.Support: (
        *("modeling", "guided practice", "co-teaching", "resources", "technical assistance"),
    ),
    lists.CriticalPractice: ("observation", "modeling", "feedback", "alliance building"),
    lists.EvidenceMode: (
        *("observation", "video recording themselves", "student evidence", "journaling"),
    ),
    lists.StudentEvidenceKind: ("classroom discourse", "student work"),
    lists.EvidenceColumn: ("observation", "video", "discourse", "student work", "journaling"),
    lists.ReviewOutcome: ("a next step", "a changed goal", "nothing for now"),
    lists.Party: ("teacher", "together", "coach"),
    lists.FocusLevel: ("educator", "systems"),
    lists.PlanPart: (
        *("focus aligned to a goal", "self-assessment", "growth goals", "data collection"),
        "gradual-release plan",
    ),
    lists.LaunchItem: (
        *("relational trust begun", "mutual expectations"),
        "reflection of practice, potential focus areas",
        "the students, needs of priority groups",
    ),
    lists.Commitment: (
        "formal and continuous",
        "ongoing, following a sequence of professional development",
        "short-term, with other professional development",
    ),
    lists.PlanItemState: ("not_started", "in_progress", "done", "revisit"),
    lists.AssessmentWindow: ("baseline", "interim", "end"),
    lists.SentenceSource: (
        *("the notes", "the goal", "the last reflection", "potential focus", "key lever"),
        *("the calendar", "the question bank", "own words"),
    ),
    lists.CountedAs: ("session", "meeting"),
    lists.ContactKind: (
        *("planning", "check-in", "team meeting"),
        *("modeling", "guided practice", "co-teaching", "peer visit"),
        *("mentor", "professional learning network", "shadowing", "conference", "training"),
        *("coach meeting", "CST facilitator", "CST member", "network coach"),
        "other responsibility",
    ),
}


@pytest.mark.parametrize(("enumeration", "words"), WORDS.items(), ids=lambda it: str(it)[:30])
def test_a_list_has_exactly_the_words_of_the_field(
    enumeration: type[StrEnum], words: tuple[str, ...]
) -> None:
    assert tuple(enumeration) == words


def test_every_list_is_covered_here() -> None:
    defined = {
        one
        for one in vars(lists).values()
        if isinstance(one, type) and issubclass(one, StrEnum) and one is not StrEnum
    }
    assert defined == WORDS.keys()
