"""What of a meeting may go to the teacher: hostile scripts, private levels, lines that are gone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.coaching.name_lists import shipped
from coach_tui.domain.enumerations import (
    LineKind,
    LineTag,
    MeetingStep,
    SentenceSource,
    StepState,
)
from coach_tui.domain.following_up import FollowUp, follow_up
from coach_tui.domain.preparing import Material, prepared
from coach_tui.domain.records import (
    ActionStep,
    FeedbackMeeting,
    GrowthGoal,
    NoteLine,
    Observation,
    Sentence,
    StepOfMeeting,
    UpcomingLesson,
)
from coach_tui.domain.shareable import Redactor
from coach_tui.presentation.documents import Format
from coach_tui.presentation.follow_up import follow_up_document, left_out_words
from tests.support import HOSTILE, NOW, TODAY, ZONE, cycle, note_line, observation

PRIVATE = (
    (LineKind.INFERENCE, "SECRET she does not plan her lessons"),
    (LineKind.QUESTION, "SECRET does she know the text?"),
)


def local(moment: Any) -> Any:
    return moment.astimezone(ZONE)


def seen(*lines: NoteLine, **fields: Any) -> Observation:
    numbered = tuple(line.changed(id=f"{n:04}") for n, line in enumerate(lines, start=1))
    return observation(lines=numbered, **fields)


def met(of: Observation, **fields: Any) -> FollowUp:
    """Prepare a meeting from one observation, and return what of it may leave."""
    material = Material(observations=(of,), goal=fields.pop("goal", None))
    meeting = prepared(FeedbackMeeting(date=TODAY), material, local)
    levels = fields.pop("levels", ())
    goal = material.goal
    return follow_up(cycle(meeting=meeting, **fields), {of.id: of}, goal, levels)


def written(of: FollowUp) -> str:
    document = follow_up_document(of, TODAY, local, date(2026, 12, 1))
    return "".join(document.written(form) for form in Format)


def test_praise_comes_first_then_the_goal_and_the_one_step() -> None:
    goal = GrowthGoal(
        id="goal", created_at=NOW, updated_at=NOW, coachee="ana", statement="More voices",
        indicator="Six of ten", agreed_on=TODAY, state="active",
        baseline_level="far from proficient",
    )  # fmt: skip
    step = ActionStep(
        text="Wait three seconds", success="Nine hands", practiced=True, state=StepState.PRACTICED,
        lesson=UpcomingLesson(date=date(2026, 11, 30), label="Reading"),
    )  # fmt: skip
    line = note_line("what do you see?", speaker="T", kind=LineKind.QUOTE, tags=(LineTag.PRAISE,))
    text = follow_up_document(
        met(seen(line), goal=goal, action_step=step), TODAY, local, date(2026, 12, 1)
    ).written(Format.TEXT)
    order = (
        'At 9:00 you said: "what do you see?"',
        *("More voices", "Six of ten", "Wait three seconds", "Mon 30 Nov 2026, Reading"),
        *("Nine hands", "We practiced it together", "I come by on Tue 1 Dec 2026"),
    )
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "far from proficient" not in text


@pytest.mark.parametrize(("kind", "text"), PRIVATE)
def test_inferences_and_questions_stay_whatever_their_tags_and_their_words_became(
    kind: LineKind, text: str
) -> None:
    tags = (LineTag.PRAISE, LineTag.CELEBRATE, LineTag.PROBE, LineTag.GOAL, LineTag.STEP)
    of = seen(note_line(text, kind=kind, tags=tags))
    found = met(of)
    assert "SECRET" not in written(found)
    assert sum(found.left_out.values()) >= 4
    assert any("inference" in words or "question" in words for words in left_out_words(found))
    # Edited into something that sounds like praise, it still rests on the private line.
    meeting = prepared(FeedbackMeeting(date=TODAY), Material(observations=(of,)), local)
    praise = meeting.steps[MeetingStep.PRAISE]
    edited = tuple(one.changed(text="SECRET you plan with care") for one in praise.sentences)
    steps = {**meeting.steps, MeetingStep.PRAISE: praise.changed(sentences=edited)}
    kept = follow_up(cycle(meeting=meeting.changed(steps=steps)), {of.id: of}, None)
    assert "SECRET" not in written(kept)


def test_what_the_coach_noted_for_herself_stays() -> None:
    of = seen(
        note_line("9 hands up", tags=(LineTag.PRAISE,)),
        potential_focus="SECRET who answers",
        key_lever="SECRET wait time",
    )
    meeting = prepared(FeedbackMeeting(date=TODAY), Material(observations=(of,)), local)
    steps = {
        step: one.changed(held="SECRET said in the room") for step, one in meeting.steps.items()
    }
    meeting = meeting.changed(steps=steps, note="SECRET note")
    of_cycle = cycle(meeting=meeting, alliance_note="SECRET alliance")
    found = follow_up(of_cycle, {of.id: of}, None)
    assert "SECRET" not in written(found)
    assert "9 hands up" in written(found)
    assert {"potential focus", "key lever"} <= found.left_out.keys()


def test_words_that_begin_like_an_inference_or_a_question_stay_without_a_line() -> None:
    sentences = tuple(Sentence(text=text) for text in ("! SECRET", " ?SECRET why", "You waited."))
    steps = {step: StepOfMeeting() for step in MeetingStep}
    steps[MeetingStep.PRAISE] = StepOfMeeting(sentences=sentences, prepared="! SECRET as one text")
    step = ActionStep(text="Wait", success="! SECRET")
    found = follow_up(
        cycle(meeting=FeedbackMeeting(date=TODAY, steps=steps), action_step=step), {}, None
    )
    assert "SECRET" not in written(found)
    assert "You waited." in written(found)
    assert found.left_out["inference"] == 3


def test_a_level_that_the_coach_alone_named_stays() -> None:
    of = seen(note_line("Close to Proficient in questioning", tags=(LineTag.PRAISE,)))
    step = ActionStep(text="Wait three seconds", success="be close to proficient")
    found = met(of, action_step=step, levels={"close to proficient"})
    assert "roficient" not in written(found)
    assert "Wait three seconds" in written(found)


def test_a_goal_that_was_not_agreed_stays() -> None:
    draft = GrowthGoal(
        id="goal", created_at=NOW, updated_at=NOW, coachee="ana", statement="SECRET draft"
    )
    assert "SECRET" not in written(met(seen(note_line()), goal=draft))


def test_a_goal_that_the_meeting_did_not_come_to_stays_and_praise_goes_all_the_same() -> None:
    goal = GrowthGoal(
        id="goal", created_at=NOW, updated_at=NOW, coachee="ana", statement="More voices",
        agreed_on=TODAY,
    )  # fmt: skip
    of = seen(note_line("9 hands up", tags=(LineTag.PRAISE,)))
    meeting = prepared(FeedbackMeeting(date=TODAY), Material(observations=(of,), goal=goal), local)

    def told_of(**marks: Any) -> tuple[bool, list[str]]:
        steps = dict(meeting.steps)
        for name, fields in marks.items():
            step = MeetingStep[name]
            steps[step] = steps[step].changed(**fields)
        found = follow_up(cycle(meeting=meeting.changed(steps=steps)), {of.id: of}, goal)
        assert "9 hands up" in written(found)
        return "More voices" in written(found), left_out_words(found)

    assert told_of() == (True, [])
    done = {"done": True}
    assert told_of(PROBE=done) == (False, ["1 goal, its step not marked as done"])
    assert told_of(PROBE=done, GOALS=done) == (True, [])
    assert told_of(PROBE=done, GOALS={"held": "agreed again"}) == (True, [])


@pytest.mark.parametrize(
    ("line", "told", "signs"),
    [
        (
            note_line('says "good job, everyone"', speaker="T", kind=LineKind.ACTION),
            'At 9:00: T says "good job, everyone"',
            "T is you.",
        ),
        (note_line("T sits by S4"), "At 9:00: T sits by S4", "T is you."),
        (note_line("raises a hand", speaker="S3"), "At 9:00: S3 raises a hand", "S3 is a student."),
        (note_line("hands out the C-scale", speaker="C"), "At 9:00: C hands out", "C is me."),
        (note_line("6 T-shirts on the wall"), "At 9:00: 6 T-shirts on the wall", ""),
        (note_line("T sees", speaker="T", kind=LineKind.QUOTE), 'you said: "T sees"', ""),
        (note_line("it doubles", speaker="S3", kind=LineKind.QUOTE), "S3 said:", "S3 is a student"),
    ],
)
def test_a_note_line_reads_as_english_with_its_own_words(
    line: NoteLine, told: str, signs: str
) -> None:
    text = follow_up_document(
        met(seen(line.changed(tags=(LineTag.PRAISE,)))), TODAY, local
    ).written(Format.TEXT)
    assert told in text
    assert signs in text
    assert ("From my notes" in text) is bool(signs)


def test_a_sentence_whose_line_is_gone_stays_for_nobody_knows_what_it_was() -> None:
    of = seen(note_line("SECRET", tags=(LineTag.PRAISE,)))
    meeting = prepared(FeedbackMeeting(date=TODAY), Material(observations=(of,)), local)
    for there in ({}, {of.id: of.changed(lines=())}):
        found = follow_up(cycle(meeting=meeting), there, None)
        assert "SECRET" not in written(found)
        assert left_out_words(found) == ["1 sentence whose note line is gone"]


def test_a_colleagues_name_is_taken_out_of_every_part() -> None:
    of = seen(note_line("like Omar Haddad, then HADDAD again", tags=(LineTag.PRAISE,)))
    step = ActionStep(text="Watch Omar's warm-up", success="as in Haddad's room")
    document = follow_up_document(met(of, action_step=step), TODAY, local)
    cleaned = document.changed(Redactor(["Omar Haddad"], ["Ana Ruiz"], known=shipped()).clean)
    for form in Format:
        text = cleaned.written(form).casefold()
        assert "omar" not in text
        assert "haddad" not in text


LINES = st.builds(
    note_line,
    st.sampled_from(HOSTILE[:-1]) | st.text(min_size=1, max_size=30).filter(str.strip),
    kind=st.sampled_from(LineKind),
    speaker=st.sampled_from(["", "T", "S", "S3", "G2", "C"]),
    tags=st.lists(st.sampled_from(LineTag), unique=True, max_size=3).map(tuple),
)


@given(st.lists(LINES, max_size=8))
def test_no_private_line_of_any_script_leaves(lines: list[NoteLine]) -> None:
    private = (LineKind.INFERENCE, LineKind.QUESTION)
    marked = [
        line.changed(text=f"SECRET {line.text}") if line.kind in private else line for line in lines
    ]
    found = met(seen(*marked))
    assert "SECRET" not in written(found)
    shared = [one for one in marked if one.kind not in private]
    praised = [one for one in shared if {LineTag.PRAISE, LineTag.CELEBRATE} & set(one.tags)]
    begun = [one.text.lstrip()[:1] in ("!", "?") for one in praised if not one.speaker]
    assert len(found.praise) >= len(praised) - sum(begun)


def test_a_prepared_sentence_names_its_source() -> None:
    of = seen(note_line("9 hands", tags=(LineTag.PRAISE,)), key_lever="wait")
    meeting = prepared(FeedbackMeeting(date=TODAY), Material(observations=(of,)), local)
    sources = {one.source for step in meeting.steps.values() for one in step.sentences}
    assert sources == {SentenceSource.LINE, SentenceSource.KEY_LEVER}
