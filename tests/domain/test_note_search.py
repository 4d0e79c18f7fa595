"""Finding lines among all notes."""

from __future__ import annotations

from datetime import date

import pytest

from coach_tui.domain.enumerations import LineKind, LineTag, Modality
from coach_tui.domain.note_search import asked, find, kept
from coach_tui.presentation.notes import asked_by, context_lines, found_words, nothing_fits
from tests.support import HOSTILE, note_line, observation

LINES = (
    note_line("what do you notice?", id="1", speaker="T", kind=LineKind.QUOTE),
    note_line("It doubles because 3 + 3 is 6", id="2", speaker="S3", kind=LineKind.QUOTE),
    note_line("14/24 hands up", id="3", kind=LineKind.COUNT, tags=(LineTag.PRAISE,)),
    note_line("tired today", id="4", kind=LineKind.INFERENCE),
    note_line("S33 reads on", id="5", speaker="S33"),
)
NEWER = kept(
    observation(
        date(2026, 11, 23),
        id="new",
        lines=LINES,
        modality=Modality.SYNCHRONOUS_SMALL_GROUP,
        lesson="Fractions",
    ).to_document()
)
OLDER = kept(
    observation(
        date(2026, 10, 2),
        id="old",
        coachee="ben",
        lines=(
            note_line(
                "It DOUBLES", tags=(LineTag.PRIORITY_GROUP,), labels=("Multilingual learners",)
            ),
        ),
    ).to_document()
)
NAMES = {"ana": "ana ruiz", "ben": "ben cole"}


def places(query: str) -> list[tuple[str, int | None]]:
    return [(one.kept.id, one.line) for one in find([NEWER, OLDER], asked(query), NAMES, 10)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [("new", None), ("old", None)]),
        ("doubles", [("new", 1), ("old", 0)]),
        ("DOUBLES because", [("new", 1)]),
        ("because doubles", [("new", 1)]),
        ('"because doubles"', []),
        ('"doubles because"', [("new", 1)]),
        ("notice because", []),
        ("kind:quote", [("new", 0), ("new", 1)]),
        ("kind:quote doubles", [("new", 1)]),
        ("speaker:s", [("new", 1), ("new", 4)]),
        ("speaker:s3", [("new", 1)]),
        ("tag:praise", [("new", 2)]),
        ("tag:multilingual", [("old", 0)]),
        ("tag:learners", []),
        ("teacher:cole", [("old", None)]),
        ("teacher:cole doubles", [("old", 0)]),
        ("date:2026-11", [("new", None)]),
        ("modality:small kind:count", [("new", 2)]),
        ("quote", []),
        ("action", []),
        (".*", []),
        ("3 + 3", [("new", 1)]),
        ("kind:", [("new", None), ("old", None)]),
    ],
)
def test_what_is_asked_for_is_found_in_the_order_given(
    query: str, found: list[tuple[str, int | None]]
) -> None:
    if query == "kind:":
        # A filter that is just being typed narrows nothing; its word is looked for in lines.
        assert places(query) in ([], found)
    else:
        assert places(query) == found


def test_no_more_is_looked_for_than_is_shown() -> None:
    assert len(list(find([NEWER] * 9, asked("kind:quote"), NAMES, 5))) == 5


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_found_and_shown_on_one_line(text: str) -> None:
    one = kept(observation(lines=(note_line(f"{text} needle\x1f\x1ex"),)).to_document())
    (found,) = find([one], asked("needle"), {}, 9)
    assert found.line == 0
    assert all("\n" not in line and "\x1b" not in line for line, _ in context_lines(found))


def test_what_was_found_is_said_with_its_day_and_its_lines() -> None:
    (line,) = find([NEWER], asked("tired"), NAMES, 1)
    today = date(2026, 11, 24)
    assert found_words(line, {"ana": "Ana Ruiz"}, today) == (
        "23 Nov",
        "Ana Ruiz",
        "!   tired today",
    )
    assert context_lines(line) == [
        ("  #   14/24 hands up", False),
        ("▸ !   tired today", True),
        ("  S33 S33 reads on", False),
    ]
    (whole,) = find([NEWER], asked("date:2026"), NAMES, 1)
    assert found_words(whole, {}, today)[2] == "5 lines · Fractions"


@pytest.mark.parametrize(
    ("written", "asked_for"),
    [
        ("2026-1", "2026-1"),
        ("2026-11-0", "2026-11-0"),
        ("yesterday", "2026-11-23"),
        ("monday", "2026-11-23"),
        ("tuesday", "2026-11-24"),
        ("wed", "2026-11-18"),
        ("tomorrow", "2026-11-25"),
        ('"2 nov"', "2026-11-02"),
        ("11/2", "2026-11-02"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_asked_for_as_people_write_it(written: str, asked_for: str) -> None:
    question = asked_by(f"date:{written} word", date(2026, 11, 24))
    assert question.filters == (("date", asked_for),)
    assert question.words == ("word",)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind:quot", ""),
        ("kind:praise", "kind: there is quote"),
        ("speaker:s33", ""),
        ("speaker:bo", "speaker: t the teacher"),
        ("date:2026-1", ""),
        ("date:2026-111", "date: 2026-111 is none"),
        ("tag:priority-group", ""),
        ("tag:reading", "or the name of a group"),
        ("modality:small", ""),
        ("modality:zoom", "modality: a word of in person"),
        ("teacher:cole", ""),
        ("teacher:okafor", "nobody's name has okafor"),
        ("9:15", ""),
        ("student:s3", "student: is looked for as a word"),
    ],
)
def test_why_nothing_fits_is_said_where_a_filter_cannot(query: str, said: str) -> None:
    words = nothing_fits(asked(query), ["Ana Ruiz", "Ben Cole"], is_whole=True)
    assert words.endswith("Escape shows all notes again.")
    assert said in words
    assert words.count("\n") == (4 if said else 2)
    assert "more is being read" in nothing_fits(asked(query), [], is_whole=False)
