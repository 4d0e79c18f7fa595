"""The grammar of the scripting line: prefixes set speaker and kind, and swallow no word."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.scripting import Names, PrefixError, Prefixes, Typed, read, written

NAMES = Names(["Multilingual learners", "Grade 3"], ["Waits 3 s", "Probes"])


@pytest.mark.parametrize(
    ("typed", "speaker", "kind", "text"),
    [
        ("t what do you notice?", "T", "quote", "what do you notice?"),
        ("s3 it doubles", "S3", "quote", "it doubles"),
        ("s it doubles", "S", "quote", "it doubles"),
        ("g2 we think so", "G2", "quote", "we think so"),
        ("c I will model", "C", "quote", "I will model"),
        ("a T moves to the back table", "T", "action", "moves to the back table"),
        ("a s3 stands", "S3", "action", "stands"),
        ("a: T walks on", "T", "action", "walks on"),
        ("e: coli on the slide", "", "environment", "coli on the slide"),
        ("e desks in rows", "", "environment", "desks in rows"),
        ("t: minus ten", "T", "quote", "minus ten"),
        ("s curved lines are longer", "S", "quote", "curved lines are longer"),
        ("T: what is it?", "T", "quote", "what is it?"),
        ('T "sit down"', "T", "quote", '"sit down"'),
        ("S3 raises a hand", "S3", "action", "raises a hand"),
        ("# 14/24 hands up", "", "count", "14/24 hands up"),
        ("#14/24", "", "count", "14/24"),
        ("e objective on the board", "", "environment", "objective on the board"),
        ("? why the tiles", "", "question", "why the tiles"),
        ("!tired today", "", "inference", "tired today"),
        ("14 of 24 write", "", "action", "14 of 24 write"),
    ],
)
def test_a_prefix_says_who_and_what(typed: str, speaker: str, kind: str, text: str) -> None:
    assert read(typed) == Typed(text, speaker, kind)


@pytest.mark.parametrize(
    "typed",
    [
        *("a cat sat", "a", "t", "!", "?!", "##", "A cat sat", "I see", "at 9:14", "tt what"),
        *("t-shirts on hooks", "t12 is full", "12 t", "\\frac{1}{2}", "+praise", "2 +3 is 5", "! "),
        *("A: 14, B: 7, C: 3", "a: 14", "E: 5 dollars", "B: 7", "a: walks on", "#5 problem"),
        *("t minus ten", "e coli on the slide", "s curve, drawn", "g force is 9.8", "#hash"),
        *("T 14/24 up", "s's", "e", "  kept as typed  ", "c: ", "+unknown word"),
    ],
)
def test_what_is_no_prefix_stays_as_it_was_typed(typed: str) -> None:
    assert read(typed, names=NAMES) == Typed(typed)


def test_a_backslash_takes_a_prefix_for_a_word() -> None:
    assert read("\\c is the answer") == Typed("c is the answer")
    assert read("\\! is a sign") == Typed("! is a sign")


def test_tags_are_taken_out_and_unknown_ones_stay() -> None:
    line = read("t good +5 start +Praise +multilingual-learners +probes +nobody", names=NAMES)
    assert line.text == "good +5 start +nobody"
    assert line.tags == ("praise", "priority group", "look-for")
    assert line.labels == ("Multilingual learners", "Probes")


def test_names_that_are_typed_alike_get_a_number() -> None:
    names = Names(["Praise", "A b"], ["a-B"])
    assert list(names.by_handle)[5:] == ["praise-2", "a-b", "a-b-2"]
    assert read("x +praise-2", names=names).labels == ("Praise",)


def test_completion_offers_what_begins_so_first() -> None:
    assert NAMES.matching("pr") == ["praise", "probe", "probes"]
    assert NAMES.matching("lear") == ["multilingual-learners"]


def test_a_tag_is_toggled_with_its_labels() -> None:
    tags, labels = NAMES.toggled(("step",), (), "praise")
    assert (tags, labels) == (("praise", "step"), ())
    tags, labels = NAMES.toggled(tags, labels, "priority group", "Grade 3")
    tags, labels = NAMES.toggled(tags, labels, "priority group", "Multilingual learners")
    tags, labels = NAMES.toggled(tags, labels, "priority group", "Grade 3")
    assert (tags, labels) == (("praise", "step", "priority group"), ("Multilingual learners",))
    assert NAMES.toggled(tags, labels, "priority group", labels[0]) == (("praise", "step"), ())


def test_prefixes_can_be_chosen_and_switched_off() -> None:
    own = Prefixes({"teacher": "ll", "environment": "", "count": "="})
    assert read("ll what is it?", own) == Typed("what is it?", "T", "quote")
    assert read("= 14/24", own).kind == "count"
    assert read("e objective", own) == Typed("e objective")
    assert read("t what", own) == Typed("t what")


@pytest.mark.parametrize(
    "chosen",
    [
        {"teacher": "s"},
        {"teacher": "T"},
        {"teacher": "teach"},
        {"count": "\\"},
        {"count": "+"},
        {"count": "9"},
        {"count": " "},
        {"principal": "p"},
    ],
)
def test_a_prefix_that_could_be_taken_for_something_else_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(PrefixError):
        Prefixes(chosen)


PIECES = st.sampled_from(
    ["a", "t", "s3", "g2", "T", "S3", "T:", "?", "!", "#", "e", "\\", "+praise", "+probes", "+x"]
)
LINES = st.lists(PIECES | st.text('ab tTs3:?!#+\\"é\n', max_size=6), max_size=6).map(" ".join)


OPENINGS: list[tuple[str, Callable[[Typed, str], bool]]] = [
    (r"[TCSGtcsg][0-9]*:?", lambda line, said: line.speaker == said.rstrip(":").upper()),
    (r"[ae]:?", lambda line, said: line.kind == "environment" or bool(line.speaker)),
    (r"#", lambda line, said: line.kind == "count"),
    (r"\?", lambda line, said: line.kind == "question"),
    (r"!", lambda line, said: line.kind == "inference"),
]
"""What may be missing from the words of a line, and what tells of it then."""


def told(line: Typed, opening: list[str]) -> bool:
    """Whether speaker and kind tell of each word that stood before the others."""
    return all(
        any(re.fullmatch(form, said) and tells(line, said) for form, tells in OPENINGS)
        for said in opening
    )


@settings(max_examples=500)
@given(LINES)
def test_every_word_is_there_or_is_told_by_speaker_kind_or_tag(typed: str) -> None:
    line = read(typed, names=NAMES)
    words = line.text.split()
    tags = [f"+{name}" for name in NAMES.by_handle]
    if line.tags:
        typed = " ".join(word for word in typed.split() if word.lower() not in tags)
    found = typed.split()
    if found == words:
        assert not line.speaker or not words
        return
    missing = len(found) - len(words)
    if missing > 0 and found[missing:] == words:
        assert told(line, found[:missing])
    else:
        # A sign stands before the first word without a space.
        assert [one[1:] if one is found[0] else one for one in found] == words
        is_needed = read(line.text.strip(), names=NAMES).text != line.text.strip()
        assert told(line, [found[0][0]]) or (found[0][0] == "\\" and is_needed)


@settings(max_examples=300)
@given(LINES)
def test_what_is_written_for_a_line_reads_back_the_same(typed: str) -> None:
    line = read(typed, names=NAMES)
    again = read(written(line, names=NAMES), names=NAMES)
    assert again._replace(text=again.text.strip()) == line._replace(text=line.text.strip())


def test_what_no_prefix_can_say_is_written_as_its_words() -> None:
    assert written(Typed("who said this?", "", "quote")) == "who said this?"
