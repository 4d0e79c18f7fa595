"""Names are found without their accents, in letters a keyboard has, without their apostrophe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.coaching.caseload import Caseload
from coach_tui.coaching.desk import Desk, empty_desk
from coach_tui.domain.names import found_by, is_called, spellings
from coach_tui.domain.note_search import asked, find, kept
from coach_tui.domain.statuses import Rules
from coach_tui.presentation.notes import nothing_fits
from coach_tui.presentation.rows import matches
from coach_tui.screens.closeness import closeness
from tests.support import clock

NAMES = ("Tomás Villarreal", "Søren Ødegård", "Łukasz Nowak", "Jürgen Müller", "Mary O’Neil-Smith")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tomás Villarreal", "tomas"),
        ("Tomas Villarreal", "TOMÁS villarreal"),
        (unicodedata.normalize("NFD", "Tomás"), "tomás"),
        ("Søren Ødegård", "odegard soren"),
        ("Søren Ødegård", "oedegaard"),
        ("Łukasz Nowak", "lukasz"),
        ("Jürgen Müller", "mueller"),
        ("Jürgen Müller", "muller"),
        ("Juergen Mueller", "müller"),
        ("Mary O’Neil-Smith", "o'neil"),
        ("Mary O’Neil-Smith", "oneil"),
        ("Strauß", "strauss"),
        ("Ægir Þórsson", "aegir thorsson"),
        ("Ｗｅｉ Li", "wei"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str, words: str) -> None:
    assert is_called(name, words)
    assert not is_called(name, f"{words} nobody")


@given(st.text(max_size=60))
def test_whoever_types_a_name_as_it_stands_finds_it(name: str) -> None:
    assert is_called(name, name)
    assert all(is_called(name, one) for one in spellings(name))


@pytest.fixture
def desk() -> Desk:
    made = empty_desk(clock(), Rules())
    for name in (*NAMES, "Tomas Reed"):
        made.coachees.add(name=name)
    return made


def called(caseload: Caseload, words: str) -> list[str]:
    return sorted(row.facts.name for row in caseload.find(words))


def test_the_exact_name_comes_first_and_two_are_said_to_be_two(desk: Desk) -> None:
    assert called(desk.caseload(), "tomas") == ["Tomas Reed", "Tomás Villarreal"]
    assert called(desk.caseload(), "Tomas villarreal") == ["Tomás Villarreal"]
    assert called(desk.caseload(), "oneil smith") == ["Mary O’Neil-Smith"]
    desk.coachees.add(name="Tomas Villarreal")
    assert called(desk.caseload(), "tomas villarreal") == ["Tomas Villarreal"]
    assert called(desk.caseload(), "tomás villarreal") == ["Tomás Villarreal"]
    assert len(called(desk.caseload(), "villarreal")) == 2


@pytest.mark.parametrize("typed", ["odegard", "ODEGÅRD", "oedegaard", "name:odegard"])
def test_a_filter_of_the_caseload_finds_it(desk: Desk, typed: str) -> None:
    found = [row.facts.name for row in desk.caseload().rows if matches(row, typed)]
    assert found == ["Søren Ødegård"]


def test_notes_are_found_by_their_teacher_without_accents(desk: Desk) -> None:
    (tomas,) = [one for one in desk.coachees.all() if one.name == "Tomás Villarreal"]
    note = desk.observing.note(tomas, ["14/24 hands up"])
    names = {id: found_by(name) for id, name in desk.notes.names().items()}
    question = asked("teacher:tomas hands")
    (one,) = find([kept(note.to_document())], question, names, 9)
    assert one.kept.coachee == tomas.id
    assert "nobody's name" not in nothing_fits(question, NAMES, is_whole=True)
    assert "nobody's name" in nothing_fits(asked("teacher:nobody"), NAMES, is_whole=True)


def test_the_finder_comes_close_without_accents() -> None:
    close = closeness("odgrd")
    assert close("Søren Ødegård") > 0
    assert closeness("Ødegård")("Soren Odegard") > 0
    assert close("Ana Ruiz") == 0
