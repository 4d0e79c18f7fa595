"""What anybody wrote is shown literally, within its columns, and orders no terminal around."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach_tui.presentation.text import cut, pad, plural, visible, visible_lines, width
from tests.support import HOSTILE

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

anything = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(
    st.sampled_from("a é漢\u0301\u200d\ufe0f❤👩🏫\x1b\r\n\t\x9b\u202e\u2028"), max_size=30
)


def orders(text: str) -> set[str]:
    """The characters of `text` that a terminal would obey instead of showing."""
    return {
        char
        for char in text
        if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") or char in BIDI
    }


@given(text=anything)
def test_nothing_visible_orders_a_terminal(text: str) -> None:
    assert orders(visible(text)) == set()
    assert orders(visible_lines(text)) <= {"\n"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_nothing_of_it_is_lost(text: str) -> None:
    shown = visible(text)
    assert orders(shown) == set()
    assert set(text) - orders(text) <= set(shown)
    assert len(shown) >= len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("T said [inaudible] [/]", "T said [inaudible] [/]"),
        ("\x1b[2J", "␛[2J"),
        ("\x00\x07\x08\x7f", "␀␇␈␡"),
        ("\x80\x9b\x9f", "<U+0080><U+009B><U+009F>"),
        ("\u202e\u2066", "<U+202E><U+2066>"),
        ("one\ntwo", "one⏎two"),
        ("one\r\ntwo\rthree", "one⏎two⏎three"),
        ("a\u2028b\u2029c\u0085d\x0be\x0cf", "a⏎b⏎c⏎d⏎e⏎f"),
        ("a\tb", "a b"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("👩\u200d🏫 e\u0301 漢", "👩\u200d🏫 e\u0301 漢"),
    ],
)
def test_control_characters_are_shown_as_signs(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_lines_are_kept_where_there_is_room_for_them() -> None:
    assert visible_lines("one\r\n\ntwo\x1b\rthree\u2028") == "one\n\ntwo␛⏎three⏎"


@given(text=anything)
def test_what_is_visible_already_stays(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("漢字", 4),
        ("ａ", 2),
        ("👩", 2),
        ("🏽", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("\u200b\u200d", 0),
        ("\u1112\u1161\u11ab", 2),
        ("\uac01", 2),
        ("so\u00adft", 5),
        ("\u0378", 1),
        ("…⏎▲", 3),
    ],
)
def test_a_character_takes_the_columns_that_a_terminal_gives_it(text: str, columns: int) -> None:
    assert width(text) == columns


@given(text=anything, columns=st.integers(-2, 40))
@example(text="漢" * 20, columns=10)
@example(text="漢" * 20, columns=1)
@example(text="e\u0301" * 40, columns=10)
@example(text="❤\ufe0f" * 10, columns=3)
def test_cut_and_pad_never_exceed_their_columns(text: str, columns: int) -> None:
    shown = cut(text, columns)
    assert width(shown) <= max(columns, 0)
    assert orders(shown) == set()
    assert width(pad(text, columns)) == max(columns, 0)
    assert pad(text, columns).startswith(shown)


@given(text=anything, columns=st.integers(0, 40))
def test_what_fits_is_not_cut_and_what_does_not_ends_in_an_ellipsis(
    text: str, columns: int
) -> None:
    whole, shown = visible(text), cut(text, columns)
    if width(whole) <= columns:
        assert shown == whole
    elif columns > 0:
        assert shown.endswith("…")
        assert whole.startswith(shown[:-1])


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Ana Ruiz", 8, "Ana Ruiz"),
        ("Ana Ruiz", 7, "Ana Ru…"),
        ("Ana Ruiz", 5, "Ana…"),
        ("Ana", 1, "…"),
        ("Ana", 0, ""),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
        ("one\ntwo", 5, "one⏎…"),
        ("e\u0301" * 9, 4, "e\u0301" * 3 + "…"),
        ("x" * 10_000, 10, "x" * 9 + "…"),
    ],
)
def test_text_is_cut_to_the_columns_there_are(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


def test_ten_thousand_combining_marks_are_one_column() -> None:
    assert width("e" + "\u0301" * 10_000) == 1
    assert width(cut("a" * 5 + "\u0301" * 10_000 + "bcdef", 6)) == 6


def test_a_cell_is_filled_up_to_its_columns() -> None:
    assert pad("漢", 4) == "漢  "
    assert pad("Ana", 6) == "Ana   "
    assert pad("e\u0301", 3) == "e\u0301  "


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 teachers"), (1, "1 teacher"), (2, "2 teachers")]
)
def test_a_count_with_its_noun(count: int, words: str) -> None:
    assert plural(count, "teacher") == words


def test_a_noun_with_its_own_plural() -> None:
    assert plural(2, "entry", "entries") == "2 entries"
    assert plural(1, "entry", "entries") == "1 entry"
