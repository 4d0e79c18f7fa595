"""One observation as a document: everything for the coach, evidence alone for the teacher."""

from __future__ import annotations

from datetime import timedelta

from coach_tui.domain.enumerations import Delivery, LineKind, LineTag, Talking
from coach_tui.domain.records import Observation
from coach_tui.domain.records.observation import (
    GroupCheckIn,
    LookForTick,
    Mark,
    OnTaskSnapshot,
    Pause,
    Talk,
    Tally,
    WaitTime,
)
from coach_tui.presentation.documents import Format
from coach_tui.presentation.observation_document import left_out, own_document, shareable_document
from tests.support import NOW, clock, note_line, observation

LOCAL = clock().local


def later(seconds: float) -> dict[str, object]:
    return {"start": NOW + timedelta(seconds=seconds), "end": NOW + timedelta(seconds=seconds + 9)}


def everything() -> Observation:
    tags = (LineTag.PRAISE, LineTag.LOOK_FOR, LineTag.PRIORITY_GROUP)
    return observation(
        start=NOW,
        end=NOW + timedelta(minutes=20),
        delivery=Delivery.HYBRID,
        from_paper=True,
        technique="the technique",
        lesson="the lesson",
        materials="the materials",
        students=23,
        potential_focus="the focus",
        key_lever="the lever",
        before_launch_because="the reason",
        pauses=(Pause(**later(61)), Pause(start=NOW + timedelta(seconds=122))),
        lines=(
            note_line(
                "very good talk",
                id="1",
                kind=LineKind.ACTION,
                tags=tags,
                labels=("the look-for", "the group"),
                marks=(Mark(code="LI01", start=5, end=9),),
                dismissed=("put by once",),
            ),
            note_line("the inference", id="2", kind=LineKind.INFERENCE),
            note_line("the question", id="3", kind=LineKind.QUESTION),
        ),
        tallies=(Tally(label="open question", presses=(NOW + timedelta(seconds=183),)),),
        talk=(Talk(who=Talking.SILENCE, **later(244)),),
        waits=(WaitTime(**later(305)),),
        snapshots=(OnTaskSnapshot(time=NOW, on=14, total=24),),
        look_fors=(LookForTick(label="seen", count=2), LookForTick(label="unseen")),
        check_ins=(GroupCheckIn(group="newcomers", trend="the trend"),),
    )


PRIVATE = (
    "the focus", "the lever", "the reason", "the trend", "newcomers", "the inference",
    "the question", "praise", "the look-for", "the group", "LI01", "put by once",
)  # fmt: skip


def test_her_own_has_every_word_and_every_time_of_the_record() -> None:
    seen = everything()
    text = own_document("Ana Ruiz", seen, LOCAL, NOW).written(Format.TEXT)
    shared = (
        "hybrid",
        "from paper",
        "the technique",
        "the lesson",
        "the materials",
        "23",
        "14 of 24",
    )
    for words in (
        *PRIVATE,
        *shared,
        "priority group",
        'LI01 asked about "good"',
        "Look-for, seen: 2",
    ):
        assert words in text
    assert "Look-for, unseen: not seen" in text
    # Pauses, a counter's press, silence and a wait, each at its time.
    for seconds in (61, 70, 122, 183, 244, 253, 305, 314):
        at = LOCAL(NOW + timedelta(seconds=seconds))
        assert f"{at:%H:%M:%S}" in text
    assert "to not ended" in text


def test_the_teachers_has_no_private_word_and_says_what_was_kept_back() -> None:
    seen = everything()
    text = shareable_document("Ana Ruiz", seen, LOCAL, NOW).written(Format.TEXT)
    for words in PRIVATE:
        assert words not in text
    assert "very good talk" in text
    assert left_out(seen) == [
        "1 inference",
        "1 question",
        "your tags",
        "marks of the low-inference check",
        "check-ins with priority groups",
        "potential focus and key lever",
        "why it was before the launch",
    ]


def test_nothing_is_said_to_be_kept_back_that_is_not_there() -> None:
    assert left_out(observation(lines=(note_line("14/24 hands"),))) == []
    only_a_look_for = note_line("14/24 hands", tags=(LineTag.LOOK_FOR,), labels=("wait time",))
    assert left_out(observation(lines=(only_a_look_for,))) == ["your tags"]
    kept_anyway = note_line("so", kind=LineKind.INFERENCE, tags=(LineTag.PRAISE,))
    assert left_out(observation(lines=(kept_anyway,))) == ["1 inference"]
