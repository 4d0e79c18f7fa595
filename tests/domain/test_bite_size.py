"""The mark of an action step that may be more than one bite: gentle, and quiet where it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.bite_size import LONGEST, SizeMark, size_marks

ONE = (
    "Wait three seconds after each question.",
    "Stand at the door and the board corner during turn and talk.",
    'Say: "Turn to your partner and tell what you see. Then write it."',
    "Call on two students who have not spoken, before anyone speaks twice",
    "Circulate with the list in hand and a pencil",
    "Post the sentence starter, and nothing else, on the board",
    "",
)
TWO = (
    "Wait three seconds and call on a student who has not spoken.",
    "Post the starter. Ask each pair to use it.",
    "1. Plan the question\n2. Post it on the board",
    "- wait\n- then circulate",
    "Model the first problem, then let pairs solve the next",
    "Greet each student at the door; hand out the exit slips",
)


@pytest.mark.parametrize("text", ONE)
def test_one_step_has_no_mark(text: str) -> None:
    assert size_marks(text) == ()


@pytest.mark.parametrize("text", TWO)
def test_two_steps_in_one_are_marked(text: str) -> None:
    assert size_marks(text) == (SizeMark.TWO,)


def test_a_long_step_is_marked_and_what_will_be_said_is_not_counted() -> None:
    assert size_marks("word " * (LONGEST + 1)) == (SizeMark.LONG,)
    assert size_marks('Ask: "' + "word " * 40 + '"') == ()


@given(st.text(max_size=300))
def test_any_text_has_its_marks(text: str) -> None:
    assert set(size_marks(text)) <= set(SizeMark)
