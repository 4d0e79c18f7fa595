"""The question bank: shipped, the coach's own, and errors that name file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach_tui.coaching import questions
from coach_tui.coaching.questions import DIALOGUE, OTHERS, STEPS, QuestionsError


def test_every_step_and_conversation_has_questions_and_every_dialogue_item_is_served() -> None:
    bank = questions.read("nowhere")
    asked = {place: bank.of(place) for place in (*STEPS, *OTHERS)}
    assert all(len(found) >= 4 for found in asked.values())
    served = {one.dialogue for place in STEPS for one in asked[place]}
    assert served == set(DIALOGUE)
    texts = [one.text for found in asked.values() for one in found]
    assert len(set(texts)) == len(texts)


def test_the_coachs_own_come_first_and_what_she_hides_is_gone(tmp_path: Path) -> None:
    before = questions.read(str(tmp_path)).of("praise")
    hidden = before[1].text.upper()
    (tmp_path / "questions.toml").write_text(
        f'hide = ["{hidden}"]\n[praise]\nquestions = ["Mine?", {{ ask = "Too", dialogue = '
        f'"next steps" }}]\n',
        encoding="utf-8-sig",
    )
    after = questions.read(str(tmp_path)).of("praise")
    assert [one.text for one in after[:2]] == ["Mine?", "Too"]
    assert after[2:] == (before[0], *before[2:])
    assert questions.read(str(tmp_path)).of("probe") == questions.read("nowhere").of("probe")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[praise\n", r"questions.toml: .*line 1"),
        ("[greeting]\n", r"there is no table \[greeting\]"),
        ("praise = 3\n", r"write \[praise\] on a line of its own"),
        ('[praise]\nasks = ["x"]\n', r"\[praise\] has no 'asks'"),
        ('[praise]\nquestions = "x"\n', r"\[praise\] questions is a list"),
        ('[praise]\nquestions = ["x", " "]\n', r"\[praise\] questions, entry 2"),
        ("[praise]\nquestions = [3]\n", "entry 1: a question stands in quotation marks"),
        ('[praise]\nquestions = [{ ask = "x", why = "y" }]\n', "there is no 'why'"),
        ('[praise]\nquestions = [{ ask = "x", dialogue = "y" }]\n', "dialogue is one of"),
        (f'[praise]\nquestions = ["{"x" * 301}"]\n', "at most 300 characters"),
        ("hide = [3]\n", "hide, entry 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_place(
    tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "questions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsError, match=why) as refused:
        questions.read(str(tmp_path))
    assert str(refused.value).startswith(str(tmp_path))
    bank = questions.read_or_shipped(str(tmp_path))
    assert bank.problem == str(refused.value)
    assert bank.of("praise") == questions.read("nowhere").of("praise")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "questions.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QuestionsError, match="not UTF-8"):
        questions.read(str(tmp_path))
