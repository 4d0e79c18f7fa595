"""What importing a roster would do, row by row."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from coach_tui.domain.enumerations import (
    CoacheeKind,
    CoacheeState,
    Delivery,
    Enrollment,
    LaunchItem,
    Structure,
)
from coach_tui.domain.records import Coachee
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.roster_plan import Add, Bad, Change, RosterPlan, Skip
from tests.exchange.samples import (
    FORTY_HEADER,
    LATER,
    NOW,
    as_exported,
    coachee,
    forty_teachers,
    ids,
    planned,
    read_or_refused,
    roster,
    saved,
    workbook,
)


def outcomes(plan: RosterPlan) -> list[tuple[int, str, str]]:
    """Return line number, kind of outcome and name or reason of each row."""
    told = []
    for row in plan.rows:
        match row:
            case Add(line_number=line, coachee=one):
                told.append((line, "add", one.name))
            case Change(line_number=line, fields=fields):
                told.append((line, "change", ", ".join(fields)))
            case Skip(line_number=line, why=why):
                told.append((line, "skip", why))
            case Bad(line_number=line, why=why):
                told.append((line, "bad", why))
    return told


def test_forty_teachers_of_a_spreadsheet_program_are_added() -> None:
    content = as_exported([FORTY_HEADER, *forty_teachers()]).encode("utf-8-sig")

    plan = planned(roster(content))

    assert (len(plan.added), len(plan.rows), len(plan.records())) == (40, 40, 40)
    assert plan.columns == {
        "key": "Employee ID",
        "last name": "Last Name",
        "first name": "First Name",
        "building": "School",
        "room": "Rm #",
        "grade band": "Grade(s)",
        "content areas": "Subject(s)",
        "periods": "Period(s)",
        "cadence": "Frequency",
        "delivery": "Delivery",
        "note": "Notes",
    }
    assert plan.ignored_columns == ("Hire Date",)
    second = plan.records()[1]
    assert second == Coachee(
        id="id-000002",
        created_at=LATER,
        updated_at=LATER,
        name="Ana García Márquez",
        key="10001",
        building="Elm Middle",
        room="101",
        grade_band="3-5",
        content_areas=("ELA", "Reading"),
        periods=("2",),
        cadence="biweekly",
        delivery=Delivery.VIRTUAL,
    )
    assert plan.records()[0].note == 'said "hello", then left'
    assert plan.records()[2].note == "first line\nsecond line"


def test_a_workbook_and_a_text_file_of_the_same_rows_make_the_same_plan() -> None:
    rows = [FORTY_HEADER, *forty_teachers()]

    text = planned(roster(as_exported(rows, ";").encode("cp1252", errors="replace")))
    book = planned(roster(workbook({"Staff": rows})))

    assert len(text.added) == len(book.added) == 40
    assert book.records() == planned(roster(as_exported(rows))).records()


def test_importing_the_same_file_twice_adds_and_changes_nothing() -> None:
    table = roster(as_exported([FORTY_HEADER, *forty_teachers()]))
    first = planned(table)

    second = planned(table, first.records())

    assert second.records() == ()
    assert {row.why for row in second.skipped} == {"already on the caseload, nothing new"}
    assert len(second.skipped) == 40


def test_every_field_finds_its_place() -> None:
    plan = planned(
        "Name,Kind,Members,Structure,Change Level,Enrollment,Delivery,Frequency,Grade Band\n"
        'Grade 3 Team,Team,"Smith, Ann; Bob",Team,team,required,Hybrid,every 3 days,3\n'
    )

    team = plan.records()[0]
    assert (team.name, team.kind, team.members) == (
        "Grade 3 Team",
        CoacheeKind.TEAM,
        ("Ann Smith", "Bob"),
    )
    assert (team.structure, team.enrollment) == (Structure.PEER_TO_TEAM, Enrollment.ASSIGNED)
    assert (team.cadence, team.delivery) == ("every 3 school days", Delivery.HYBRID)


def test_a_row_with_members_is_a_team() -> None:
    plan = planned("Team,Members\nScience,Ann; Bob\nSolo,\n")

    assert [one.kind for one in plan.records()] == [CoacheeKind.TEAM, CoacheeKind.EDUCATOR]


def test_a_name_is_one_column_or_two_and_last_name_first_or_not() -> None:
    plan = planned('Name,First,Last\n"Smith, Ann",,\n,Bob,Jones\n,,Cher\nDee Dee,X,Y\n')

    assert [one.name for one in plan.records()] == ["Ann Smith", "Bob Jones", "Cher", "Dee Dee"]


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/c calc'!A0", "+1", "-x", "@SUM(A1)", "[/]", "[red]Ann[/red]", "👩🏽‍🏫 Ann",
        "\u202eלוי\u202c", "مريم", "x" * 200, "Robert'); DROP TABLE coachees;--", "{name}", "%s",
    ],
)  # fmt: skip
def test_hostile_cells_are_stored_exactly(cell: str) -> None:
    text = as_exported([("Name", "School", "Room", "Note"), (cell, cell, cell, cell)])

    one = planned(text).records()[0]

    assert (one.name, one.building, one.room, one.note) == (cell, cell, cell, cell)
    assert planned(text, [one]).records() == ()


def test_a_name_that_is_too_long_is_named_by_its_line_and_its_column() -> None:
    text = as_exported([("Name", "School"), ("A" * 201, "Oak"), ("Ben Cole", "Elm")])

    plan = planned(text)

    (bad,) = plan.bad
    assert (bad.line_number, bad.why) == (2, "name: at most 200 characters, and this has 201")
    assert [one.name for one in plan.records()] == ["Ben Cole"]


# ------------------------------------------------------------------------------ who is it about


def test_the_same_key_is_the_same_person_whatever_the_name() -> None:
    ann = coachee("a", "Ann Smith", key="A-10", building="Oak")

    plan = planned("ID,Name,School\na-10,Ann Jones,Elm\n", [ann])

    assert outcomes(plan) == [(2, "change", "building, name")]
    changed = plan.changed[0]
    assert (changed.before, changed.after.key) == (ann, "A-10")
    assert (changed.after.name, changed.after.building) == ("Ann Jones", "Elm")
    assert (changed.after.id, changed.after.revision, changed.after.created_at) == ("a", 7, NOW)
    assert changed.after.updated_at == LATER


@pytest.mark.parametrize(
    ("name", "building", "row", "is_same"),
    [
        ("José García", "Oak", '"GARCIA, JOSE",oak', True),
        ("Ann Smith", "", "Ann Smith,Oak", True),
        ("Ann Smith", "Oak", "ann smith,", True),
        ("Ann Smith", "Oak", "Ann Smith,Elm", False),
        ("Ann Smith", "Oak", "Anna Smith,Oak", False),
    ],
)
def test_the_same_name_in_the_same_building_is_the_same_person(
    name: str, building: str, row: str, is_same: bool
) -> None:
    plan = planned(f"Name,School\n{row}\n", [coachee("a", name, building=building)])

    assert bool(plan.added) is not is_same


def test_two_people_of_the_same_name_with_two_ids_are_two() -> None:
    text = "ID,Name,School\n1,Ann Smith,Oak\n2,Ann Smith,Oak\n"
    plan = planned(text)

    assert [one.key for one in plan.records()] == ["1", "2"]
    assert outcomes(planned(text, plan.records())) == [
        (2, "skip", "already on the caseload, nothing new"),
        (3, "skip", "already on the caseload, nothing new"),
    ]


def test_an_id_for_somebody_known_by_name_is_filled_in() -> None:
    plan = planned("ID,Name\n1,Ann Smith\n", [coachee("a", "Ann Smith", building="Oak")])

    assert outcomes(plan) == [(2, "change", "key")]


def test_an_unclear_row_is_bad_and_names_both() -> None:
    caseload = [
        coachee("a", "Ann Smith", building="Oak"),
        coachee("b", "Ann Smith", building="Elm", key="7"),
    ]

    plan = planned("Name,Room\nAnn Smith,1\n", caseload)

    assert outcomes(plan) == [
        (
            2,
            "bad",
            "could be Ann Smith (Oak) or Ann Smith (Elm, 7): give the building or the key of one",
        )
    ]


def test_a_row_that_other_rows_make_clear_is_taken() -> None:
    caseload = [coachee("a", "Ann Smith"), coachee("b", "Ann Smith", key="5")]
    text = "ID,Name,School\n,Ann Smith,Oak\n6,Ann Smith,Elm\n"

    plan = planned(text, caseload)

    assert outcomes(plan) == [(2, "change", "building"), (3, "change", "key, building")]
    assert {one.id: one.building for one in plan.records()} == {"a": "Elm", "b": "Oak"}


def test_a_key_that_two_have_is_unclear() -> None:
    caseload = [coachee("a", "Ann", key="1"), coachee("b", "Bob", key="1")]

    assert [type(row) for row in planned("ID,Name\n1,Cy\n", caseload).rows] == [Bad]
    assert [type(row) for row in planned("ID,Name\n1,Ann\n", caseload).rows] == [Skip]


def test_a_key_of_another_kind_takes_the_place_of_the_old_one() -> None:
    ann = coachee("a", "Ann", key="ann@a.org")

    assert outcomes(planned("ID,Name\n12,Ann\n", [ann])) == [(2, "change", "key")]
    assert outcomes(planned("Email,Name\nann@b.org,Ann\n", [ann])) == [(2, "change", "key")]
    assert outcomes(planned("Email,Name\nann2@a.org,Ann\n", [ann])) == [(2, "add", "Ann")]


def test_in_one_roster_another_key_is_another_person() -> None:
    ann = coachee("a", "Ann", key="ann@a.org")

    plan = planned("ID,Name,Room\n12,Ann,1\nANN@a.org,Ann,2\n", [ann])

    assert outcomes(plan) == [(2, "add", "Ann"), (3, "change", "room")]


def test_a_row_that_comes_again_names_the_line_and_what_is_not_taken() -> None:
    plan = planned("Name,School,Room\nAnn,Oak,1\nBob,Oak,2\n\nANN,oak,1\nAnn,Oak,3\n")

    assert outcomes(plan) == [
        (2, "add", "Ann"),
        (3, "add", "Bob"),
        (5, "skip", "twice in this file: line 2"),
        (6, "skip", "twice in this file: line 2; not taken from this line: room"),
    ]


def test_a_key_that_comes_again_with_another_name_is_bad() -> None:
    plan = planned("ID,Name\n55,Ann\n55,Bob\n")

    assert outcomes(plan) == [
        (2, "add", "Ann"),
        (3, "bad", "line 2 has the same key and another name"),
    ]


# ------------------------------------------------------------------------------ what it changes


def test_a_change_fills_in_and_updates_and_never_erases() -> None:
    launch = {"date": "2026-08-20", "items": {item: {"done": True} for item in LaunchItem}}
    ann = coachee(
        "a",
        "Ann Smith",
        building="Oak",
        room="1",
        note="my own note",
        state="active",
        launch=launch,
        cadence="weekly",
        content_areas=("Math",),
    )

    plan = planned(
        "Name,School,Room,Grade,Subject,Frequency,Notes,Delivery\n"
        "ANN SMITH,OAK,2,,ELA,,from the office,virtual\n",
        [ann],
    )

    change = plan.changed[0]
    assert change.fields == ("room", "content_areas", "delivery")
    expected = ann.changed(room="2", content_areas=("ELA",), delivery="virtual", updated_at=LATER)
    assert change.after == expected


def test_an_empty_note_is_filled_in() -> None:
    plan = planned("Name,Note\nAnn,hello\n", [coachee("a", "Ann")])

    assert outcomes(plan) == [(2, "change", "note")]


@pytest.mark.parametrize("state", [CoacheeState.PAUSED, CoacheeState.RELEASED, CoacheeState.CLOSED])
def test_somebody_who_is_not_coached_now_is_known_and_left_so(state: CoacheeState) -> None:
    plan = planned("Name\nAnn\n", [coachee("a", "Ann", state=state)])

    assert outcomes(plan) == [(2, "skip", f"already on the caseload ({state.value}), nothing new")]


def test_who_has_members_is_a_team_and_stays_one() -> None:
    science = coachee("a", "Science")
    plan = planned("Name,Members\nScience,Bob; Cy\n", [science])
    assert outcomes(plan) == [(2, "change", "members, kind")]

    again = planned("Name,Kind\nScience,teacher\n", plan.records())
    assert outcomes(again) == [(2, "skip", "already on the caseload, nothing new")]


def test_a_change_that_breaks_a_rule_is_bad() -> None:
    # A record of the store can have come to break a rule: an older version wrote it.
    broken = coachee("a", "Ann").model_copy(update={"state": CoacheeState.ACTIVE})

    plan = planned("Name,Room\nAnn,1\n", [broken])

    assert outcomes(plan) == [(2, "bad", "an active coachee has had the launch conversation")]


# ---------------------------------------------------------------------------------- bad rows


def test_bad_rows_are_named_and_the_good_ones_kept() -> None:
    plan = planned(
        "Name,School,Kind,Delivery\n"
        "Ann,Oak,teacher,virtual\n"
        ",Oak,teacher,virtual\n"
        "Bob,Oak,robot,virtual\n"
        "Cy,Oak,teacher,virtual,extra\n"
        "Dee,O\x00k,teacher,virtual\n"
        "Eve,Oak,teacher,#REF!\n"
        "Fay,Oak,,\n"
    )

    assert outcomes(plan) == [
        (2, "add", "Ann"),
        (3, "bad", "no name"),
        (4, "bad", '"Kind": "robot" is not one of: educator, team, coach'),
        (5, "bad", "it has 5 cells, the header has 4"),
        (6, "bad", '"School" holds a control character (U+0000)'),
        (7, "bad", '"Delivery": the spreadsheet shows an error, #REF!'),
        (8, "add", "Fay"),
    ]
    assert [row.name for row in plan.bad] == ["", "Bob", "Cy", "Dee", "Eve"]


@pytest.mark.parametrize(
    "row",
    ["Total,,40", "TOTAL: 40,,", "Count: 40,,", "Grand Total,,", "Total teachers: 40,,"],
)
def test_a_line_of_totals_is_nobody(row: str) -> None:
    assert outcomes(planned(f"Name,School,Room\nAnn,Oak,1\n{row}\n"))[1:] == [
        (3, "skip", "a line of totals, not a person")
    ]


@pytest.mark.parametrize("row", ["Page 1 of 2,,", "Printed on 8/20/2026 by admin,,"])
def test_a_line_about_the_report_is_nobody(row: str) -> None:
    assert outcomes(planned(f"Name,School,Room\nAnn,Oak,1\n{row}\n"))[1:] == [
        (3, "skip", "a line about the report, not a person")
    ]


def test_a_header_that_comes_again_is_nobody() -> None:
    plan = planned("Name,School\nAnn,Oak\nNAME, School\nBob,Oak\n")

    assert outcomes(plan)[1] == (3, "skip", "the header again")


@pytest.mark.parametrize("row", ["Paige Turner,,", "Total,Oak,1", "Count Basie,,", "Page,,"])
def test_a_person_with_a_name_like_that_is_somebody(row: str) -> None:
    assert len(planned(f"Name,School,Room\n{row}\n").added) == 1


def test_a_table_without_a_name_column_is_refused() -> None:
    with pytest.raises(ExchangeError, match=r'there is "School", "Room"\. Say which'):
        planned("School,Room\nOak,1\n")


def test_columns_that_a_person_named_find_the_header_below_a_title() -> None:
    overrides = {"name": "Who", "building": "Where"}
    table = roster("Fall list\nWho,Where\nAnn,Oak\n", overrides=overrides)  # type: ignore[arg-type]

    plan = planned(table, overrides=overrides)

    assert [(one.name, one.building) for one in plan.records()] == [("Ann", "Oak")]


def test_nothing_of_a_person_is_in_the_representation_of_a_plan() -> None:
    table = roster("Name,Note\nAnn Smith,secret\nBob,\n,x\nAnn Smith,\n")
    plan = planned(table)

    assert "Ann Smith" not in repr((table, plan))
    assert "secret" not in repr((table, plan))


# ---------------------------------------------------------------------------------- properties

NAMES = st.sampled_from(["Ann Smith", "SMITH, ANN", "Bob", "bob", "Ánn Smith", "Total"])
BUILDINGS = st.sampled_from(["", "Oak", "oak", "Elm"])
KEYS = st.sampled_from(["", "1", "2", "ann@a.org", "ANN@b.org", "bob@a.org"])
ROWS = st.tuples(
    NAMES,
    BUILDINGS,
    KEYS,
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "", "team", "teacher", "robot"]),
    st.sampled_from(["", "", "Cy; Dee"]),
    st.sampled_from(["", "a note"]),
)
HEADER = ("Name", "School", "ID", "Room", "Kind", "Members", "Note")
CASELOADS = st.lists(
    st.tuples(NAMES, BUILDINGS, KEYS, st.sampled_from(["educator", "team"])), max_size=4
)


@settings(max_examples=200)
@given(rows=st.lists(ROWS, min_size=1, max_size=7), caseload=CASELOADS)
@example(
    rows=[
        ("Ann Smith", "Oak", "", "", "", "", ""),
        ("Ann Smith", "Elm", "ann@a.org", "", "", "", ""),
    ],
    caseload=[("Ann Smith", "", "", "educator"), ("Ann Smith", "", "bob@a.org", "educator")],
)
@example(
    rows=[
        ("Ann Smith", "", "1", "", "", "", "a note"),
        ("Ann Smith", "Oak", "1", "", "", "", ""),
    ],
    caseload=[("Ann Smith", "", "", "educator"), ("Ann Smith", "Oak", "", "educator")],
)
def test_a_second_import_of_the_same_file_adds_and_changes_nothing(
    rows: list[tuple[str, ...]], caseload: list[tuple[str, str, str, str]]
) -> None:
    before = tuple(
        coachee(f"old-{number}", name, building=building, key=key, kind=kind)
        for number, (name, building, key, kind) in enumerate(caseload)
    )
    table = roster(as_exported([HEADER, *rows]))
    make_id = ids()
    first = planned(table, before, new_id=make_id)
    after = saved(before, first)

    second = planned(table, after, new_id=make_id)

    assert second.records() == ()
    assert len(first.rows) == len(second.rows) == len(rows)
    assert [row.line_number for row in first.rows] == list(range(2, len(rows) + 2))
    saved_ids = [one.id for one in first.records()]
    assert len(saved_ids) == len(set(saved_ids))


@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=7, max_size=7), max_size=5))
def test_any_cells_make_a_plan_that_is_quiet_the_second_time(rows: list[list[str]]) -> None:
    table = roster(
        as_exported([HEADER, ("Ann", "", "", "", "", "", ""), *rows]).encode(errors="replace")
    )
    first = planned(table)

    assert planned(table, first.records()).records() == ()


@given(text=st.text(max_size=300))
def test_any_text_makes_a_plan_or_the_one_error(text: str) -> None:
    content = ("Name,Room,Kind\n" + text).encode(errors="replace")
    table = read_or_refused(lambda: roster(content))
    assume(table is not None)
    assert table is not None

    plan = read_or_refused(lambda: planned(table))

    assert plan is None or len(plan.rows) == len(table.rows)


def test_ids_are_asked_for_only_where_somebody_is_added() -> None:
    asked = []

    def new_id() -> str:
        asked.append(1)
        return f"n{len(asked)}"

    table = roster("Name\nAnn\nAnn\n,\nBob\n")
    planned(table, new_id=new_id)

    assert len(asked) == 2
