"""Other people's names in a text that is for one person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.shareable import STANDS_FOR_A_NAME, Redactor

OTHERS = ("Denise Okafor", "Tomás Villarreal", "Mei-Lin Tsai", "Grace O'Brien", "Ana Moore")


def clean(text: str, reader: str = "Ana Ruiz") -> str:
    return Redactor(OTHERS, reader).clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "as Denise Okafor does",
        "as denise okafor does",
        "as DENISE OKAFOR does",
        "as Okafor does",
        "as denise does",
        "as Tomas Villarreal does",
        unicodedata.normalize("NFD", "as Tomás Villarreal does"),
        "as Mei-Lin Tsai does",
        "as Oka\u200bfor does",
        "as O\u00adkafor does",
        "as Grace O'Brien does",
        "as Moore does",
        "as DENISE_OKAFOR does",
        "as deniseokafor does",
        "as OBrien does",
        "as O\u2019Brien does",
        "as Denises does",
    ],
)
def test_a_name_of_another_is_taken_out_however_it_is_written(text: str) -> None:
    assert clean(text) == f"as {STANDS_FOR_A_NAME} does"


def test_what_belongs_to_a_name_stays_around_it() -> None:
    assert clean("Ms. Okafor's lesson, (Villarreal) and Tsai.") == (
        f"Ms. {STANDS_FOR_A_NAME}'s lesson, ({STANDS_FOR_A_NAME}) and {STANDS_FOR_A_NAME}."
    )


def test_the_readers_own_names_stay() -> None:
    assert clean("Ana, you asked; Ana Ruiz asked") == "Ana, you asked; Ana Ruiz asked"
    assert clean("Ana Moore asked") == f"{STANDS_FOR_A_NAME} asked"


def test_an_ordinary_word_is_a_name_only_with_a_capital() -> None:
    assert clean("say grace; the moor") == "say grace; the moor"
    assert clean("Grace said") == f"{STANDS_FOR_A_NAME} said"


def test_short_parts_and_parts_of_words_are_no_names() -> None:
    assert clean("Lin-ear meiosis, Bo") == f"{STANDS_FOR_A_NAME}-ear meiosis, Bo"
    assert Redactor(["Bo Li"]).clean("Bo and Li, Bo Li") == f"Bo and Li, {STANDS_FOR_A_NAME}"


def test_a_name_of_one_ordinary_word_needs_its_capital() -> None:
    assert Redactor(["Will"]).clean("Will will") == f"{STANDS_FOR_A_NAME} will"


def test_a_name_in_an_address_a_file_or_unspaced_writing_is_found() -> None:
    assert clean("DENISE_OKAFOR.pdf") == f"{STANDS_FOR_A_NAME}.pdf"
    assert clean("deniseokafor@school.org") == f"{STANDS_FOR_A_NAME}@school.org"
    cleaned = Redactor(["\u674e\u5c0f\u9f99"]).clean("\u674e\u5c0f\u9f99\u8001\u5e08\u8bf4")
    assert cleaned == f"{STANDS_FOR_A_NAME}\u8001\u5e08\u8bf4"
    cleaned = Redactor(["\u05e9\u05e8\u05d4 \u05dc\u05d5\u05d9"]).clean(
        "\u05d5\u05e9\u05e8\u05d4 x"
    )
    assert cleaned == f"\u05d5{STANDS_FOR_A_NAME} x"


def test_a_team_goes_only_whole_its_words_are_the_schools() -> None:
    redactor = Redactor([], "Ana Ruiz", ["Grade 4 team, Juniper", "Algebra I team"])
    kept = "Take out your algebra homework, grade 4; the team is at Juniper"
    assert redactor.clean(kept) == kept
    assert redactor.clean("as the Algebra I Team did") == f"as the {STANDS_FOR_A_NAME} did"


def test_who_was_found_is_told_once_in_order() -> None:
    redactor = Redactor(OTHERS, "Ana Ruiz")
    redactor.clean("Tsai and Okafor")
    redactor.clean("okafor")
    assert redactor.replaced == ["Mei-Lin Tsai", "Denise Okafor"]


def test_names_without_a_letter_are_passed_over() -> None:
    assert Redactor(["", "[/]", "…"]).clean("[/] … x") == "[/] … x"


@given(st.text(max_size=80))
def test_without_others_nothing_is_touched(text: str) -> None:
    assert Redactor([]).clean(text) == text


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_never_gets_through_between_spaces(before: str, after: str) -> None:
    assert "Villarreal" not in clean(f"{before} Villarreal {after}")
