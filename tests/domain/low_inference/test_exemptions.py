"""What is never asked about: quotations, what was said, what is kept apart, what was allowed."""

from __future__ import annotations

import pytest

from coach_tui.coaching.lexicon import CheckWords
from coach_tui.domain.low_inference import Phrases, check
from coach_tui.domain.low_inference.quoting import quoted_spans


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('T: "good work" S sits', ['"good work"']),
        ("T: “good work” S sits", ["“good work”"]),
        ("T: 'good work' S sits", ["'good work'"]),
        ("T: ‘good work’ S sits", ["‘good work’"]),
        ("T: «good work» S sits", ["«good work»"]),
        ("T: „good work“ S sits", ["„good work“"]),
        ('T: “good work" S sits', ['“good work"']),
        ("T: 'it doesn't fit' S sits", ["'it doesn't fit'"]),
        ("T: “it's 'good'” S sits", ["“it's 'good'”"]),
        ('"one" and "two"', ['"one"', '"two"']),
        ('T: "good wo', ['"good wo']),
        ("T: 'good wo", ["'good wo"]),
        ("a 3\" nail and a 5' board", []),
        ("the kids' books, T's pen, S4's pen", []),
        ("back in the '90s, tell 'em", []),
        ('T wrote "7" twice', ['"7"']),
        ("said:'good'", ["'good'"]),
        ('rock"n"roll', ['"n"']),
        ("", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == quoted


@pytest.mark.parametrize("opening", ['"', "“", "'", "‘", "«"])
def test_nothing_in_a_quotation_is_asked_about(words: CheckWords, opening: str) -> None:
    closing = {"“": "”", "‘": "’", "«": "»"}.get(opening, opening)
    said = f"T wrote {opening}good, but too long{closing} on the board"
    assert check(said, lexicon=words.lexicon) == ()


def test_words_beside_a_quotation_are_asked_about(words: CheckWords) -> None:
    text = 'T wrote "good" and S4 was bored'
    (mark,) = check(text, lexicon=words.lexicon)
    assert text[mark.start : mark.end] == "bored"


@pytest.mark.parametrize("kind", ["quote", "question", "inference"])
def test_some_kinds_of_line_are_never_asked_about(words: CheckWords, kind: str) -> None:
    assert check("most were bored", lexicon=words.lexicon, kind=kind) == ()


@pytest.mark.parametrize("kind", ["action", "count", "environment"])
def test_the_others_are(words: CheckWords, kind: str) -> None:
    assert check("most were bored", lexicon=words.lexicon, kind=kind, speaker="T") != ()


@pytest.mark.parametrize("speaker", ["T", "S", "S3"])
def test_a_speaker_alone_makes_a_line_a_quotation(words: CheckWords, speaker: str) -> None:
    assert check("most were bored", lexicon=words.lexicon, kind="", speaker=speaker) == ()


def test_the_allow_list_keeps_a_phrase_and_what_is_in_it(words: CheckWords) -> None:
    allowed = Phrases.fine(["Engaging", "most likely to win"])
    assert check("an engaging start", lexicon=words.lexicon, allowed=allowed) == ()
    assert check("most-likely to win", lexicon=words.lexicon, allowed=allowed) == ()
    assert check("most were out", lexicon=words.lexicon, allowed=allowed) != ()


def test_an_allowed_word_does_not_allow_a_longer_phrase(words: CheckWords) -> None:
    allowed = Phrases.fine(["good"])
    assert check("the good kids", lexicon=words.lexicon, allowed=allowed) != ()


def test_the_allow_list_may_name_the_teacher(words: CheckWords) -> None:
    text = "then Ana Ruiz sat down"
    assert check(text, lexicon=words.lexicon) != ()
    assert check(text, lexicon=words.lexicon, allowed=Phrases.fine(["Ana Ruiz"])) == ()


def test_a_dismissed_mark_is_gone_and_the_others_stay(words: CheckWords) -> None:
    text = "S4 was bored, most left"
    left = check(text, lexicon=words.lexicon, dismissed=("Bored",))
    assert [text[mark.start : mark.end] for mark in left] == ["most"]


def test_a_code_can_be_dismissed(words: CheckWords) -> None:
    left = check("S4 was bored, most left", lexicon=words.lexicon, dismissed=("LI02", "LI04"))
    assert left == ()
