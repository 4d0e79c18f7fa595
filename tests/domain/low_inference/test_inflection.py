"""Forms of words are made by the rules that the lexicon documents."""

from __future__ import annotations

import pytest

from coach_tui.domain.low_inference import inflection

IRREGULAR = {"give": ["gives", "gave", "given", "giving"], "good": ["better", "best"]}


@pytest.mark.parametrize(
    ("entry", "phrases"),
    [
        ("too long", ["too long"]),
        ("too (long|short)", ["too long", "too short"]),
        ("(for |)a while", ["for a while", "a while"]),
        ("(a|b) (c|d)", ["a c", "a d", "b c", "b d"]),
        ("  a   b ", ["a b"]),
    ],
)
def test_choices_are_spelled_out(entry: str, phrases: list[str]) -> None:
    assert inflection.spelled_out(entry) == phrases


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("drag", ["drag", "drags", "dragged", "dragging"]),
        ("want", ["want", "wants", "wanted", "wanting"]),
        ("refuse", ["refuse", "refuses", "refused", "refusing"]),
        ("try", ["try", "tries", "tried", "trying"]),
        ("enjoy", ["enjoy", "enjoys", "enjoyed", "enjoying"]),
        ("wish", ["wish", "wishes", "wished", "wishing"]),
        ("show off", ["show off", "shows off", "showed off", "showing off"]),
        ("seem", ["seem", "seems", "seemed", "seeming"]),
        ("free", ["free", "frees", "freed", "freeing"]),
        ("lie", ["lie", "lies", "lied", "lying"]),
        ("give up", ["give up", "gives up", "gave up", "given up", "giving up"]),
    ],
)
def test_verbs(verb: str, forms: list[str]) -> None:
    assert inflection.verb_forms(verb, IRREGULAR) == forms


@pytest.mark.parametrize(
    ("noun", "plural"), [("low kid", "low kids"), ("bully", "bullies"), ("weakness", "weaknesses")]
)
def test_nouns(noun: str, plural: str) -> None:
    assert inflection.noun_forms(noun, IRREGULAR) == [noun, plural]


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("strong", ["strong", "strongly", "stronger", "strongest"]),
        ("sad", ["sad", "sadly", "sadder", "saddest"]),
        ("happy", ["happy", "happily", "happier", "happiest"]),
        ("nice", ["nice", "nicely", "nicer", "nicest"]),
        ("dull", ["dull", "dully", "duller", "dullest"]),
        ("terrible", ["terrible", "terribly"]),
        ("chaotic", ["chaotic", "chaotically"]),
        ("bored", ["bored", "boredly"]),
        ("friendly", ["friendly", "friendlier", "friendliest"]),
        ("off task", ["off task"]),
        ("good", ["good", "goodly", "better", "best"]),
    ],
)
def test_adjectives(adjective: str, forms: list[str]) -> None:
    assert inflection.adjective_forms(adjective, IRREGULAR) == forms


@pytest.mark.parametrize(
    ("adjective", "compared"),
    [
        ("weak", {"more weak than", "weaker than", "the weakest", "the most weak"}),
        ("focused", {"more focused than", "less focused than", "the least focused"}),
        ("good", {"better than"}),
    ],
)
def test_comparisons(adjective: str, compared: set[str]) -> None:
    assert compared <= set(inflection.compared(adjective, IRREGULAR))
