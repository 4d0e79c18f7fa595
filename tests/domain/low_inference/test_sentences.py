"""Precision and recall over labelled sentences; those held out were written before the lexicon."""

from __future__ import annotations

import pytest

from coach_tui.coaching.lexicon import CheckWords
from tests.domain.low_inference.measuring import CODES, in_review, measured, sentences

HALVES = ("held_out", "development")


def test_there_are_enough_sentences() -> None:
    assert len(sentences("held_out")) >= 100
    assert len(sentences("held_out")) + len(sentences("development")) >= 240


@pytest.mark.parametrize("half", HALVES)
def test_evidence_and_inference_are_balanced(half: str) -> None:
    all_of_them = sentences(half)
    inferences = sum(bool(sentence.codes) for sentence in all_of_them)
    assert 0.4 <= inferences / len(all_of_them) <= 0.6


@pytest.mark.parametrize("half", HALVES)
def test_every_label_is_a_code_and_every_code_has_sentences(half: str) -> None:
    labels = [sentence.codes | sentence.also for sentence in sentences(half)]
    assert set().union(*labels) == set(CODES)
    assert all(not sentence.codes & sentence.also for sentence in sentences(half))


def test_no_sentence_is_in_both_halves() -> None:
    texts = [sentence.text for half in HALVES for sentence in sentences(half)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("half", HALVES)
def test_what_is_asked_about_is_asked_rightly(words: CheckWords, half: str) -> None:
    found = measured(sentences(half), words)
    assert found.overall.precision >= 0.95
    assert found.lines.precision >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_most_of_what_could_be_asked_is_asked(words: CheckWords, half: str) -> None:
    found = measured(sentences(half), words)
    assert found.overall.recall >= 0.80
    assert found.lines.recall >= 0.80


def test_a_review_asks_about_lines_with_nothing_countable_and_of_those_only(
    words: CheckWords,
) -> None:
    lines = sentences("in_review")
    assert len(lines) == 40
    assert sum(bool(line.codes) for line in lines) == 20
    assert not any(line.found(words) for line in lines), "any other mark would come first"
    found = in_review(words)
    assert found.precision >= 0.95
    assert found.recall >= 0.80


@pytest.mark.parametrize("code", CODES)
def test_no_code_is_left_out(words: CheckWords, code: str) -> None:
    found = measured(sentences("held_out"), words).codes[code]
    assert found.recall >= 0.5
    assert found.precision >= 0.5
