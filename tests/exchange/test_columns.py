"""Names of columns as rosters of real schools have them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.exchange.column_names import SPELLINGS, RosterField
from coach_tui.exchange.columns import (
    choose_columns,
    guess_columns,
    header_score,
)
from coach_tui.exchange.errors import ExchangeError

F = RosterField


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (
            "Name|NAME|Teacher|Teacher Name|TEACHER_NAME|Teacher(s)|Teacher's Name|TeacherName|"
            "Staff Name|Staff Member|Educator|Full Name|Last, First|Last Name, First Name|"
            "Name (Last, First)|Employee Name|Instructor|Nombre Completo|  teacher   name  ",
            F.NAME,
        ),
        ("First|First Name|FirstName|first_name|FName|Given Name|Prénom|Teacher First Name",
         F.FIRST_NAME),
        ("Last|Last Name|LastName|last-name|LName|Surname|Family Name|Apellidos", F.LAST_NAME),
        ("School|SCHOOL NAME|Campus|Site|Bldg|Bldg.|Building|School Site|Location|Home School|"
         "Escuela", F.BUILDING),
        ("Room|Room #|Rm|Rm.|Rm #|Room No.|Room Number|Classroom|Classroom #|Salón", F.ROOM),
        ("Grade|Grades|Grade(s)|Gr.|Gr|Grade Level|GradeLevel|Grade Level(s)|Grade Band|"
         "Grades Taught|Grade Span", F.GRADE_BAND),
        ("Subject|Subject(s)|Subjects Taught|Dept|Dept.|Department|Content|Content Area(s)|"
         "Content Areas|Course|Primary Subject", F.CONTENT_AREAS),
        ("Period|Period(s)|Class Period|Periods when observable|Block", F.PERIODS),
        ("Frequency|Cadence|Coaching Frequency|How often|How Often?|Visit frequency", F.CADENCE),
        ("Employee ID|EmployeeID|Employee #|Emp. No.|Emp ID|Staff ID|Teacher ID|ID|ID #|Email|"
         "E-mail|E-Mail Address|eMail|Work Email|School Email|Teacher Email", F.KEY),
        ("Structure|Coaching Structure", F.STRUCTURE),
        ("Change Level|Level of Change", F.CHANGE_LEVEL),
        ("Enrollment|Enrolment|Voluntary or assigned", F.ENROLLMENT),
        ("Delivery|Delivery Mode|In-person or virtual|Format", F.DELIVERY),
        ("Members|Team Members|Member(s)", F.MEMBERS),
        ("Note|Notes|Comments|Remarks", F.NOTE),
        ("Kind|Type|Coachee Type", F.KIND),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name(names: str, field: RosterField) -> None:
    for name in names.split("|"):
        assert guess_columns([name]).fields == (field,), name


@pytest.mark.parametrize(
    "name",
    ["", "Student Name", "Student ID", "School ID", "Coach", "Principal", "Hire Date", "Score",
     "Planning Period", "Years", "Phone", "Rating", "[/]", "x" * 10_000],
)  # fmt: skip
def test_any_other_column_is_ignored(name: str) -> None:
    assert guess_columns(["Name", name]).fields == (F.NAME, None)


def test_no_spelling_belongs_to_two_fields() -> None:
    counted = Counter(spelling for spellings in SPELLINGS.values() for spelling in spellings)

    assert [spelling for spelling, times in counted.items() if times > 1] == []
    for field, spellings in SPELLINGS.items():
        for spelling in spellings:
            assert guess_columns([spelling]).fields == (field,), spelling


def test_every_field_can_be_given_its_own_name() -> None:
    for field in RosterField:
        assert guess_columns([field.words]).fields == (field,)


def test_the_likelier_of_two_columns_is_used_and_it_is_said() -> None:
    guess = guess_columns(["Email", "Teacher", "Employee ID", "Comments", "Notes", "Phone"])

    assert guess.used == {F.NAME: "Teacher", F.KEY: "Employee ID", F.NOTE: "Notes"}
    assert guess.ignored == ("Email", "Comments", "Phone")
    assert guess.remarks == (
        'key: "Employee ID" is used, not "Email"',
        'note: "Notes" is used, not "Comments"',
    )


def test_of_two_columns_of_the_same_name_the_left_one_is_used() -> None:
    guess = guess_columns(["Name", "Room", "Room"])

    assert guess.fields == (F.NAME, F.ROOM, None)
    assert guess.remarks == ('room: "Room" is used, not "Room"',)


def test_a_team_beside_first_and_last_name_is_not_the_name() -> None:
    assert guess_columns(["Team", "First", "Last"]).fields == (None, F.FIRST_NAME, F.LAST_NAME)
    assert guess_columns(["Team", "Members"]).fields == (F.NAME, F.MEMBERS)


def test_a_column_without_a_name_is_shown_by_its_number() -> None:
    assert guess_columns(["Name", ""]).ignored == ("column 2",)


def test_a_row_without_a_name_column_is_no_header() -> None:
    assert header_score(["School", "Room"]) == 0
    assert header_score(["Teacher", "School", "Shoe size"]) == 2


def test_a_person_puts_a_column_in_its_place() -> None:
    header = ["Who", "Teacher", "Where", "Email", "Employee ID"]

    chosen = choose_columns(header, {"name": "Who", "Building": "where", "key": "Email"})

    assert chosen.used == {F.NAME: "Who", F.BUILDING: "Where", F.KEY: "Email"}
    assert chosen.ignored == ("Teacher", "Employee ID")
    assert chosen.remarks == ()


def test_a_person_leaves_a_field_out() -> None:
    chosen = choose_columns(["Name", "Enrollment"], {"enrollment": ""})

    assert (chosen.used, chosen.ignored) == ({F.NAME: "Name"}, ("Enrollment",))


def test_a_column_named_as_the_name_ends_the_search_for_first_and_last_name() -> None:
    header = ["First", "Last", "Goes by"]

    assert choose_columns(header, {"name": "Goes by"}).used == {F.NAME: "Goes by"}
    assert choose_columns(header, {"name": "Last"}).used == {F.NAME: "Last"}
    assert choose_columns(header, {"last name": "Goes by"}).used == {
        F.FIRST_NAME: "First",
        F.LAST_NAME: "Goes by",
    }


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"shoe": "Name"}, 'No field is called "shoe": there is name, first name'),
        ({"room": "Rooms"}, 'No column is called "Rooms": there is "Name", "Nr", "Nr", "column 4"'),
        ({"room": "Nr"}, '2 columns are called "Nr"'),
        ({"room": "Name", "note": "Name"}, '"Name" is given to two fields, room and note'),
        ({"grade band": "Name", "grade_band": "Nr"}, "grade band is given two columns"),
        ({"room": "a\nb[/]\x1b"}, r'No column is called "a b[/]\x1b"'),
    ],
)
def test_a_mistaken_choice_is_named(overrides: dict[str, str], says: str) -> None:
    with pytest.raises(ExchangeError) as refusal:
        choose_columns(["Name", "Nr", "Nr", ""], overrides)

    assert says in str(refusal.value)
    assert str(refusal.value).isprintable()


@given(st.lists(st.text(max_size=30) | st.sampled_from(["Name", "Room", "Team", "First"])))
def test_a_guess_never_fails_and_accounts_for_every_column(header: list[str]) -> None:
    guess = guess_columns(header)

    assert len(guess.used) + len(guess.ignored) == len(header)
    known = [field for field in guess.fields if field is not None]
    assert len(known) == len(set(known))
