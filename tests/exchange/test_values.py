"""People's words for the values of a coachee's fields, and names as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain import cadence as cadences
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    Delivery,
    Enrollment,
    Structure,
)
from coach_tui.exchange.column_names import RosterField as F
from coach_tui.exchange.people import folded_name, keys_contradict, turned
from coach_tui.exchange.values import WORDS, UnknownValue, read_value

ENUMERATIONS = {
    F.KIND: CoacheeKind,
    F.STRUCTURE: Structure,
    F.CHANGE_LEVEL: ChangeLevel,
    F.ENROLLMENT: Enrollment,
    F.DELIVERY: Delivery,
}


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        (F.KIND, "Teacher", CoacheeKind.EDUCATOR),
        (F.KIND, "Team", CoacheeKind.TEAM),
        (F.KIND, "PLC", CoacheeKind.TEAM),
        (F.KIND, "Instructional Coach", CoacheeKind.COACH),
        (F.STRUCTURE, "1:1", Structure.INDIVIDUAL),
        (F.STRUCTURE, "One-on-one", Structure.INDIVIDUAL),
        (F.STRUCTURE, "Peer to Peer", Structure.PEER_TO_PEER),
        (F.STRUCTURE, "Team", Structure.PEER_TO_TEAM),
        (F.STRUCTURE, "grade-level team", Structure.TEAM_WITHIN_BUILDING),
        (F.CHANGE_LEVEL, "System", ChangeLevel.SYSTEMS),
        (F.ENROLLMENT, "required", Enrollment.ASSIGNED),
        (F.ENROLLMENT, "Opt-in", Enrollment.VOLUNTARY),
        (F.ENROLLMENT, "Recommended", Enrollment.EXPECTED),
        (F.DELIVERY, "Virtual", Delivery.VIRTUAL),
        (F.DELIVERY, "In-Person", Delivery.IN_PERSON),
        (F.DELIVERY, "ONLINE ", Delivery.VIRTUAL),
        (F.DELIVERY, "both", Delivery.HYBRID),
        (F.CADENCE, "Weekly", "weekly"),
        (F.CADENCE, "1x/week", "weekly"),
        (F.CADENCE, "bi-weekly", "biweekly"),
        (F.CADENCE, "Bi Weekly", "biweekly"),
        (F.CADENCE, "Every other week", "biweekly"),
        (F.CADENCE, "twice a month", "biweekly"),
        (F.CADENCE, "2x/month", "biweekly"),
        (F.CADENCE, "MONTHLY", "monthly"),
        (F.CADENCE, "every 3 days", "every 3 school days"),
        (F.CADENCE, "10", "every 10 school days"),
        (F.CADENCE, "daily", "every 1 school days"),
        (F.CONTENT_AREAS, "Math; Science", ("Math", "Science")),
        (F.CONTENT_AREAS, "ELA/Reading, Art|PE\nmath,ela", ("ELA", "Reading", "Art", "PE", "math")),
        (F.CONTENT_AREAS, " ; , ", ()),
        (F.PERIODS, "1, 3; 5-6", ("1", "3", "5-6")),
        (F.MEMBERS, "Smith, Ann; Bob Jones | Cy", ("Ann Smith", "Bob Jones", "Cy")),
        (F.GRADE_BAND, " 3-5 ", "3-5"),
        (F.ROOM, " B-12 ", "B-12"),
        (F.NOTE, "  kept\n as it is ", "  kept\n as it is "),
    ],
)
def test_words_become_values(field: F, words: str, value: Any) -> None:
    assert read_value(field, words) == value


@pytest.mark.parametrize("field", ENUMERATIONS)
def test_every_value_and_every_other_word_for_it_is_understood(field: F) -> None:
    for value in ENUMERATIONS[field]:
        assert read_value(field, value.value) is value
        assert read_value(field, value.value.upper()) is value
    for value, words in WORDS[ENUMERATIONS[field]].items():
        for word in words:
            assert read_value(field, word) is value, word


def test_every_word_for_a_cadence_is_understood_as_in_a_form() -> None:
    for cadence, words in cadences.WORDS.items():
        for word in words:
            assert read_value(F.CADENCE, word) == cadences.normalise(word) == cadence, word


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        (F.KIND, "buddy", '"buddy" is not one of: educator, team, coach'),
        (F.ENROLLMENT, "24", '"24" is not one of: voluntary, expected, assigned'),
        (F.DELIVERY, "pigeon", '"pigeon" is not one of: in person, virtual, hybrid'),
        (
            F.CADENCE,
            "now and then",
            "weekly, biweekly, monthly, every 3 weeks, or every 3 school days (1 to 100)",
        ),
        (F.CADENCE, "x" * 10_000, "…"),
        (F.GRADE_BAND, "2026-03-05", "is a date"),
        (F.GRADE_BAND, "5-Mar", "is a date"),
        (F.GRADE_BAND, "Jun-08", "is a date"),
        (F.ROOM, "#N/A", "the spreadsheet shows an error, #N/A"),
    ],
)
def test_an_unknown_value_is_refused_with_the_words_that_are_known(
    field: F, words: str, says: str
) -> None:
    with pytest.raises(UnknownValue) as refusal:
        read_value(field, words)

    assert says in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Smith, Ann", "Ann Smith"),
        ("García Márquez,  José Luis", "José Luis García Márquez"),
        ("O’Neil-Smith, D'Arcy J.", "D'Arcy J. O’Neil-Smith"),
        ("Ann Smith", "Ann Smith"),
        ("Ann Smith, PhD", "Ann Smith, PhD"),
        ("Smith, Jr.", "Smith, Jr."),
        ("Ann Smith, M.Ed.", "Ann Smith, M.Ed."),
        ("Nguyen, Ma", "Ma Nguyen"),
        ("Smith, Jones, Ann", "Smith, Jones, Ann"),
        ("Grade 3, Math", "Grade 3, Math"),
        ("=cmd|'/c calc'!A0, x", "=cmd|'/c calc'!A0, x"),
        (",", ","),
        ("Smith,", "Smith,"),
    ],
)
def test_a_last_name_in_front_is_turned_round(written: str, name: str) -> None:
    assert turned(written) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José García", "GARCIA, JOSE"),
        ("Anne-Marie O’Neil", "anne marie oneil"),
        ("Søren Łukasz", "soren lukasz"),
        ("Ann  Smith", " ann smith. "),
        ("Strauß", "STRAUSS"),
        ("Ann\u00a0Smith", "Ann Smith"),
    ],
)
def test_one_name_in_two_spellings_is_the_same(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann Smith", "Anna Smith"), ("कु", "क"), ("[/]", "[red]"), ("👩", "👨"), ("--", "...")],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert folded_name(one) != folded_name(other)


@given(st.text(min_size=1).filter(str.strip))
def test_a_name_always_has_something_to_compare(name: str) -> None:
    assert folded_name(name)
    assert folded_name(name) == folded_name(turned(name))


def test_only_keys_of_one_kind_can_contradict() -> None:
    assert keys_contradict("10", "11")
    assert keys_contradict("ann@a.org", "bob@a.org")
    assert not keys_contradict("ann@old.org", "Ann@new.org")
    assert not keys_contradict("10", "ann@a.org")
    assert not keys_contradict("", "11")
    assert not keys_contradict(" A10", "a10 ")
