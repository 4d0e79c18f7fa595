"""What changed in a record, in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.presentation.changes import change_words
from tests.support import HOSTILE


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"room": "1"}, {"room": "2"}, ["room: 1 → 2"]),
        ({"grade_band": ""}, {"grade_band": "K-2"}, ["grade band: – → K-2"]),
        ({"launch": {"date": None}}, {"launch": {"date": "2026-09-08"}}, None),
        ({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, ["tags: taken out: a", "tags: added: c"]),
        ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, ["tags: in another order"]),
        ({"done": False}, {"done": True}, ["done: no → yes"]),
        ({"revision": 1, "updated_at": "x"}, {"revision": 2, "updated_at": "y"}, []),
        ({"room": "1"}, None, ["Taken away"]),
        (None, {"name": "Ana"}, ["Added", "name: – → Ana"]),
        (None, None, []),
        ({"statement": "a"}, {"statement": "b"}, ["goal: a → b"]),
        (
            {"goal": None},
            {"goal": "01936f00-0000-7abc-8def-000000000001"},
            ["goal: – → (another record)"],
        ),
        ({"meeting": None}, {"meeting": {"minutes": 30}}, ["meeting · minutes: – → 30"]),
    ],
)
def test_each_field_is_said(before: Any, after: Any, words: list[str] | None) -> None:
    expected = ["launch · date: – → 2026-09-08"] if words is None else words
    assert change_words(before, after) == expected


def test_lines_are_known_by_their_id() -> None:
    before = {"lines": [{"id": "1", "text": "T: hello"}, {"id": "2", "text": "S: hi"}]}
    after = {"lines": [{"id": "2", "text": "S2: hi"}, {"id": "3", "text": "T: sit"}]}
    assert change_words(before, after) == [
        "lines: taken out: T: hello",
        "lines · S: hi · text: S: hi → S2: hi",
        "lines: added: T: sit",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), JSON), st.dictionaries(st.text(max_size=5), JSON))
def test_any_two_documents_can_be_compared(before: dict[str, Any], after: dict[str, Any]) -> None:
    for line in change_words(before, after):
        assert "\x1b" not in line
        assert "\n" not in line.replace("⏎", "")
