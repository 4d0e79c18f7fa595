"""Students appear as numbers, initials or counts: a full name is asked about (rule R4)."""

from __future__ import annotations

import pytest

from coach_tui.coaching.lexicon import CheckWords
from coach_tui.domain.low_inference import check


def private(words: CheckWords, text: str) -> list[str]:
    """Return the words that LI11 marks."""
    marks = check(text, lexicon=words.lexicon)
    return [text[mark.start : mark.end] for mark in marks if mark.code == "LI11"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maya Lopez at the sink", "Maya Lopez"),
        ("Then Maya Lopez sits", "Maya Lopez"),
        ("T sits by Maya Lopez", "Maya Lopez"),
        ("T sits by Maya L. Lopez", "Maya L. Lopez"),
        ("on Maya Lopez's desk", "Maya Lopez"),
        ("on Maya Lopez’s desk", "Maya Lopez"),
        ("at 9:10 José García-Ruiz came in", "José García-Ruiz"),
        ("then Ana de la Cruz came in", "Ana de la Cruz"),
        ("then Liam O'Connor came in", "Liam O'Connor"),
        ("T asks Thuy Vuong for the key", "Thuy Vuong"),
        ("Xiomara Quispe raises a hand", "Xiomara Quispe"),
    ],
)
def test_a_full_name_is_asked_about(words: CheckWords, text: str, name: str) -> None:
    assert private(words, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Ana Ortiz opens the door",
        "Mr Sam Hill opens the door",
        "T reads about Rosa Parks",
        "T reads about Dr. Maya Jones",
        "T hands out Exit Tickets",
        "class at Lincoln Elementary",
        "a map of New York on the wall",
        "Eureka Math workbooks open",
        "Then Maya sits",
        "Students Maya and Sam sit",
        "Maya's Turn is on the chart",
        "MAYA LOPEZ",
        "Today Is The Day Of The Test",
        "S3 and G2 at the sink",
        "T at the sink. Next Tuesday is a holiday",
        '"Maya Lopez" is written on the box',
    ],
)
def test_other_capitals_are_left_alone(words: CheckWords, text: str) -> None:
    assert private(words, text) == []


@pytest.mark.parametrize(
    "text",
    ["S4 has ADHD", "the boy with autism", "student is dyslexic", "G2: two of them, OCD"],
)
def test_a_diagnosis_beside_a_child_is_asked_about(words: CheckWords, text: str) -> None:
    assert len(private(words, text)) == 1


@pytest.mark.parametrize("text", ["a poster about autism", "S4 sits down; a poster about autism"])
def test_a_diagnosis_alone_is_not(words: CheckWords, text: str) -> None:
    assert private(words, text) == []
