"""The field's closed lists, in the documents' own words (domain.md section 3). Plain."""

from __future__ import annotations

from enum import StrEnum


class CoachRole(StrEnum):
    """What kind of coach keeps this caseload (domain.md section 3; seeds 001, 002)."""

    INSTRUCTIONAL_COACH = "instructional coach"
    TEACHER_LEADER_COACH = "teacher-leader coach"
    PEER_COACH = "peer coach"
    NETWORK_COACH = "network coach"
    DISTRICT_COACH = "district coach"


class CoacheeKind(StrEnum):
    """Who is coached: one educator, a team, or another coach (seed 002, coach the coach)."""

    EDUCATOR = "educator"
    TEAM = "team"
    COACH = "coach"


class Structure(StrEnum):
    """The coaching structures of seed 004, "Coaching Structures", and the coach's own default."""

    INDIVIDUAL = "individual"
    PEER_TO_PEER = "peer-to-peer"
    PEER_TO_TEAM = "individual peer-to-a-team"
    TEAM_WITHIN_BUILDING = "team-to-team: within a building"
    TEAM_WITHIN_DISTRICT = "team-to-team: buildings within a district"
    TEAM_ACROSS_DISTRICTS = "team-to-team: two districts"
    OTHER = "other"


class ChangeLevel(StrEnum):
    """What the coaching is meant to change (seed 002)."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    SYSTEMS = "systems"


class Enrollment(StrEnum):
    """How a coachee came onto the caseload."""

    VOLUNTARY = "voluntary"
    EXPECTED = "expected"
    ASSIGNED = "assigned"


class Delivery(StrEnum):
    """Where coaching takes place (seeds 001, 004)."""

    IN_PERSON = "in person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class CoacheeState(StrEnum):
    """Where a coachee stands on the caseload (domain.md section 4)."""

    PROPOSED = "proposed"
    NOT_LAUNCHED = "not_launched"
    ACTIVE = "active"
    PAUSED = "paused"
    RELEASED = "released"
    CLOSED = "closed"


class CycleStage(StrEnum):
    """The five stages of a coaching cycle and its two ends (domain.md section 4; seed 001)."""

    PLANNED = "planned"
    OBSERVED = "observed"
    FEEDBACK_HELD = "feedback_held"
    APPLYING = "applying"
    CHECKED_BACK = "checked_back"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class GoalState(StrEnum):
    """The life of a growth goal (domain.md section 4)."""

    DRAFT = "draft"
    AGREED = "agreed"
    ACTIVE = "active"
    MET = "met"
    REVISED = "revised"
    SET_ASIDE = "set_aside"


class StepState(StrEnum):
    """The life of a bite-sized action step (domain.md section 4)."""

    AGREED = "agreed"
    PRACTICED = "practiced"
    TRIED = "tried"
    CHECKED_BACK = "checked_back"
    PARKED = "parked"


class CheckBackResult(StrEnum):
    """What became of an action step after its lesson."""

    KEPT = "kept"
    ADJUSTED = "adjusted"
    DROPPED = "dropped"


class ReleasePhase(StrEnum):
    """The gradual release of responsibility (seed 002)."""

    COACH_MODELS = "1"
    COACH_SUPPORTS = "2"
    COACH_RELEASES = "3"
    RELEASED = "released"


class MomentOfNeed(StrEnum):
    """The five moments of need (seed 004, "Coaching and School Improvement")."""

    FIRST_TIME = "learning for the first time"
    LEARNING_MORE = "learning more"
    APPLYING = "remembering or applying"
    THINGS_GO_WRONG = "things go wrong"
    THINGS_CHANGE = "things change"


class Modality(StrEnum):
    """What was observed (seed 001, "Coaching Model Overview")."""

    IN_PERSON = "in person"
    SYNCHRONOUS_WHOLE_CLASS = "synchronous whole class"
    SYNCHRONOUS_SMALL_GROUP = "synchronous small group"
    ASYNCHRONOUS = "asynchronous instruction"
    REVIEW_OF_FEEDBACK = "review of feedback to students"


class Talking(StrEnum):
    """Who is heard at a moment of an observation: the three-way switch of the coach."""

    TEACHER = "teacher talk"
    STUDENTS = "student talk"
    SILENCE = "silence"


class LineKind(StrEnum):
    """What a note line is. Evidence and inference never share a line (rule R3)."""

    QUOTE = "quote"
    ACTION = "action"
    COUNT = "count"
    ENVIRONMENT = "environment"
    QUESTION = "question"
    INFERENCE = "inference"


class LineTag(StrEnum):
    """What a note line may be for, in the meeting that follows."""

    PRAISE = "praise"
    PROBE = "probe"
    GOAL = "goal"
    STEP = "step"
    CELEBRATE = "celebrate"
    PRIORITY_GROUP = "priority group"
    LOOK_FOR = "look-for"


class MeetingStep(StrEnum):
    """The six steps of feedback and reflection, in their order (seed 001)."""

    PRAISE = "precise praise"
    PROBE = "probe and ask questions"
    GOALS = "set goals"
    ACTION_STEP = "identify a bite-sized action step"
    APPLY = "apply the action step to an upcoming lesson"
    PRACTICE = "practice the agreed-upon action step"


class SentenceSource(StrEnum):
    """Where a sentence prepared for a meeting came from."""

    LINE = "the notes"
    GOAL = "the goal"
    REFLECTION = "the last reflection"
    POTENTIAL_FOCUS = "potential focus"
    KEY_LEVER = "key lever"
    CALENDAR = "the calendar"
    QUESTIONS = "the question bank"
    OWN = "own words"


class Support(StrEnum):
    """Supports a coach gives within a cycle (seeds 002, 004)."""

    MODELING = "modeling"
    GUIDED_PRACTICE = "guided practice"
    CO_TEACHING = "co-teaching"
    RESOURCES = "resources"
    TECHNICAL_ASSISTANCE = "technical assistance"


class CriticalPractice(StrEnum):
    """The four critical coaching practices (seed 004)."""

    OBSERVATION = "observation"
    MODELING = "modeling"
    FEEDBACK = "feedback"
    ALLIANCE_BUILDING = "alliance building"


class EvidenceMode(StrEnum):
    """The four modes of evidence (seed 004, essential function 5)."""

    OBSERVATION = "observation"
    VIDEO = "video recording themselves"
    STUDENT_EVIDENCE = "student evidence"
    JOURNALING = "journaling"


class StudentEvidenceKind(StrEnum):
    """The two kinds of student evidence (seed 004, essential function 5)."""

    DISCOURSE = "classroom discourse"
    WORK = "student work"


class EvidenceColumn(StrEnum):
    """The five columns of the matrix: four modes, student evidence as two (domain.md section 3)."""

    OBSERVATION = "observation"
    VIDEO = "video"
    DISCOURSE = "discourse"
    WORK = "student work"
    JOURNALING = "journaling"


class ReviewOutcome(StrEnum):
    """How a review of a goal's evidence ends (seed 004: reflecting, determining next steps)."""

    NEXT_STEP = "a next step"
    CHANGED_GOAL = "a changed goal"
    NOTHING = "nothing for now"


class Party(StrEnum):
    """Who did, chose, gathered or named something."""

    TEACHER = "teacher"
    TOGETHER = "together"
    COACH = "coach"


class FocusLevel(StrEnum):
    """Whether a goal is about an educator's practice or the system around it (seed 000)."""

    EDUCATOR = "educator"
    SYSTEMS = "systems"


class PlanPart(StrEnum):
    """The five parts of a coaching plan (seed 004, essential function 3)."""

    FOCUS = "focus aligned to a goal"
    SELF_ASSESSMENT = "self-assessment"
    GROWTH_GOALS = "growth goals"
    DATA_COLLECTION = "data collection"
    GRADUAL_RELEASE = "gradual-release plan"


class LaunchItem(StrEnum):
    """The four items of the launch conversation (seed 001, "Launching the Coaching Model")."""

    TRUST = "relational trust begun"
    EXPECTATIONS = "mutual expectations"
    REFLECTION = "reflection of practice, potential focus areas"
    STUDENTS = "the students, needs of priority groups"


class Commitment(StrEnum):
    """How far a district commits itself to coaching (seed 000, table 3)."""

    FORMAL = "formal and continuous"
    ONGOING = "ongoing, following a sequence of professional development"
    SHORT_TERM = "short-term, with other professional development"


class PlanItemState(StrEnum):
    """The state of one item of the district plan (domain.md section 9)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REVISIT = "revisit"


class AssessmentWindow(StrEnum):
    """When a self-assessment with the practice profile was made."""

    BASELINE = "baseline"
    INTERIM = "interim"
    END = "end"


class CountedAs(StrEnum):
    """What a contact with a teacher counts as in a report (domain.md section 6)."""

    SESSION = "session"
    MEETING = "meeting"


class ContactKind(StrEnum):
    """Contacts with a teacher or a team, then the coach's own (seeds 001, 003, 004)."""

    PLANNING = "planning"
    CHECK_IN = "check-in"
    TEAM_MEETING = "team meeting"
    MODELING = "modeling"
    GUIDED_PRACTICE = "guided practice"
    CO_TEACHING = "co-teaching"
    PEER_VISIT = "peer visit"

    MENTOR = "mentor"
    LEARNING_NETWORK = "professional learning network"
    SHADOWING = "shadowing"
    CONFERENCE = "conference"
    TRAINING = "training"
    COACH_MEETING = "coach meeting"
    CST_FACILITATOR = "CST facilitator"
    CST_MEMBER = "CST member"
    NETWORK_COACH = "network coach"
    OTHER_RESPONSIBILITY = "other responsibility"

    @property
    def counted_as(self) -> CountedAs | None:
        """Session inside teaching practice, meeting for a conversation, None for the coach's own.

        Observations, launch and feedback have records of their own, and are counted there.
        """
        return _COUNTED.get(self)


_COUNTED = {
    ContactKind.PLANNING: CountedAs.MEETING,
    ContactKind.CHECK_IN: CountedAs.MEETING,
    ContactKind.TEAM_MEETING: CountedAs.MEETING,
    ContactKind.MODELING: CountedAs.SESSION,
    ContactKind.GUIDED_PRACTICE: CountedAs.SESSION,
    ContactKind.CO_TEACHING: CountedAs.SESSION,
    ContactKind.PEER_VISIT: CountedAs.SESSION,
}
