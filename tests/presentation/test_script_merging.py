"""A script as text, and two states of one put together: no line of either side is lost."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.scripting import Prefixes
from coach_tui.presentation.script_merging import Clash, merged
from coach_tui.presentation.script_text import (
    ScriptTextError,
    Written,
    merged_text,
    read_given,
    read_script,
    script_text,
)

AT = time(9, 14, 5)


def row(words: str) -> Written:
    """Return a line written `1 words`; one without a number is new."""
    id, _, text = words.partition(" ")
    return Written(id, AT, text) if id.isdecimal() else Written("", None, words)


def rows(*words: str) -> list[Written]:
    """Return lines."""
    return [row(one) for one in words]


def put_together(base: str, mine: str, theirs: str) -> str:
    """Merge scripts of lines that are parted by commas."""
    sides = [rows(*filter(None, side.split(","))) for side in (base, mine, theirs)]
    both = merged(*sides)
    assert not both.clashes
    return ",".join(f"{one.id} {one.text}".strip() for one in both.rows)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("1 a,2 b", "1 a,2 b", "1 a,2 b", "1 a,2 b"),
        ("1 a,2 b", "1 A,2 b", "1 a,2 B", "1 A,2 B"),
        ("1 a", "1 a,hers", "1 a,2 came", "1 a,hers,2 came"),
        ("1 a,2 b", "1 a,hers,2 b", "1 a,3 split,2 b", "1 a,3 split,hers,2 b"),
        ("1 a,2 b", "1 a", "1 a,2 b,3 came", "1 a,3 came"),
        ("1 a,2 b", "1 a,2 b,hers", "1 a", "1 a,hers"),
        ("1 a,2 b,3 c", "3 c,2 b,1 a", "1 a,2 b,3 C,4 came", "3 C,2 b,1 a,4 came"),
        ("1 a,2 b,3 c", "1 a,2 B,hers,3 c", "3 c,1 a,2 b", "3 c,1 a,2 B,hers"),
        ("1 a,2 b", "2 b,1 a", "2 b,1 a", "2 b,1 a"),
        ("", "hers", "1 came", "hers,1 came"),
        ("1 a", "hers,1 a", "2 first,1 a", "2 first,hers,1 a"),
        ("1 a,2 b", "", "1 a,2 b,3 came", "3 came"),
    ],
)
def test_what_one_side_changed_is_as_that_side_left_it(
    base: str, mine: str, theirs: str, both: str
) -> None:
    assert put_together(base, mine, theirs) == both


def test_a_line_that_both_changed_is_asked_about_and_both_versions_stand_there() -> None:
    base = rows("1 a", "2 b", "3 c", "4 d")
    mine = rows("1 A", "2 B", "4 d", "new")
    theirs = rows("1 x", "3 z", "4 d", "5 came")
    both = merged(base, mine, theirs)
    assert both.clashes == (
        Clash("1", row("1 A"), row("1 x")),
        Clash("2", row("2 B"), None),
        Clash("3", None, row("3 z")),
    )
    assert both.came == 1
    text = merged_text(both, Prefixes())
    for words in ("became: 1 09:14:05 x", "\n1 09:14:05 A\n", "\n09:14:05 B\n", "\n3 09:14:05 z\n"):
        assert words in text
    again = read_script(text, [one.id for one in theirs])
    assert [one.id for one in again] == ["1", "3", "", "4", "", "5"]
    settled = merged(theirs, again, theirs)
    assert not settled.clashes
    assert [one.text for one in settled.rows] == ["A", "z", "B", "d", "new", "came"]


SIDES = st.lists(
    st.tuples(st.sampled_from("12345"), st.sampled_from("abc")), unique_by=lambda one: one[0]
)


@given(SIDES, SIDES, SIDES)
def test_each_line_of_either_side_is_kept_changed_or_taken_out_by_somebody(
    base: list[tuple[str, str]], mine: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    before, hers, other = (dict(side) for side in (base, mine, theirs))
    hers = {id: text for id, text in hers.items() if id in before}
    both = merged(
        *(rows(*(f"{id} {text}" for id, text in side.items())) for side in (before, hers, other))
    )
    found = {one.id: one.text for one in both.rows}
    assert len(found) == len(both.rows)
    clashing = {clash.id for clash in both.clashes}
    for id in {**before, **other}:
        states = before.get(id), hers.get(id), other.get(id)
        if id in clashing:
            assert len(set(states)) == 3
            assert id in found
        else:
            assert found.get(id) == (states[2] if states[1] == states[0] else states[1])
    assert both.came == len(other.keys() - before.keys())


def test_a_script_is_read_as_it_was_written_and_what_is_wrong_is_named() -> None:
    lines = rows("0001 t why?", "0002 # | 14/24", "0003  two  blanks")
    text = script_text(lines, Prefixes())
    assert read_given(text) == lines
    assert read_script(script_text([], Prefixes()), []) == []
    assert read_script("0001 t no number of these\n9:05 later\n", []) == [
        Written("", None, "0001 t no number of these"),
        Written("", time(9, 5), "later"),
    ]
    for wrong, words in (
        ("0001 99:14:05 x", "is no time"),
        ("0001 09:14:05  ", "nothing is said after 0001"),
        ("0001 09:14:05 x\n0001 09:14:05 y", "stands there twice"),
        ("0011 09:14:05 x", "0011 is no number of these lines"),
    ):
        with pytest.raises(ScriptTextError, match=words):
            read_script(wrong, ["0001"])
