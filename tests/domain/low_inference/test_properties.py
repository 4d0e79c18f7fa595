"""Whatever is typed: the check asks about places in the line, and about nothing that was said."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from coach_tui.coaching import lexicon, lexicon_tables
from coach_tui.domain.enumerations import LineKind
from coach_tui.domain.low_inference import check, read_line, review
from tests.support import HOSTILE

WORDS = lexicon.build(lexicon_tables.shipped(), {})
PHRASES = sorted(WORDS.lexicon.phrases)
SIGNS = [" ", ", ", ". ", "; ", "-", " 6/24 ", " 9:14 ", "'", '"', "“", "”", "’", ": ", "\t"]

phrases = st.sampled_from(PHRASES)
pieces = st.one_of(
    phrases,
    phrases.map(str.upper),
    st.sampled_from(["Maya Lopez", "Ms. Ana Ruiz", "S3", "T", "G2", "adhd"]),
    st.sampled_from(SIGNS),
    st.sampled_from(HOSTILE),
    st.text(max_size=8),
)
lines = st.lists(pieces, max_size=8).map("".join)
plain_lines = st.lists(phrases, max_size=6).map(" ".join)
unrelated = st.sampled_from(["Chairs stand in rows. ", "The door is green. ", "Rain. Snow. "])


@given(lines, st.sampled_from(["", "T", "S3", "C"]), st.sampled_from([*LineKind, ""]))
def test_marks_are_places_in_the_line_one_after_another(text: str, who: str, kind: str) -> None:
    for marks in (
        check(text, lexicon=WORDS.lexicon, speaker=who, kind=kind),
        review(text, lexicon=WORDS.lexicon, speaker=who, kind=kind),
    ):
        ends = [0, *(mark.end for mark in marks)]
        for before, mark in zip(ends, marks, strict=False):
            assert before <= mark.start < mark.end <= len(text)
            assert mark.question == WORDS.lexicon.question(mark.code)


@given(lines)
def test_marks_are_whole_words(text: str) -> None:
    for mark in check(text, lexicon=WORDS.lexicon):
        around = text[mark.start - 1 : mark.start] + text[mark.end : mark.end + 1]
        assert not text[mark.start : mark.end].isspace()
        assert not any(sign.isalnum() for sign in around)


@given(plain_lines, st.sampled_from(['""', "“”", "«»", "''", "‘’"]))
def test_what_is_quoted_is_never_marked(said: str, marks: str) -> None:
    text = f"S4 reads {marks[0]}{said}{marks[1]}"
    assert check(text, lexicon=WORDS.lexicon) == ()


@given(lines, unrelated)
def test_words_in_front_only_move_the_marks(text: str, before: str) -> None:
    alone = check(text, lexicon=WORDS.lexicon)
    moved = check(before + text, lexicon=WORDS.lexicon)
    assert [(mark.code, mark.start, mark.end) for mark in moved] == [
        (mark.code, mark.start + len(before), mark.end + len(before)) for mark in alone
    ]


@given(lines)
def test_what_is_dismissed_is_not_asked_about_again(text: str) -> None:
    marks = check(text, lexicon=WORDS.lexicon)
    dismissed = tuple(text[mark.start : mark.end] for mark in marks)
    assert check(text, lexicon=WORDS.lexicon, dismissed=dismissed) == ()


@given(st.one_of(lines, st.text()))
def test_any_line_can_be_read(text: str) -> None:
    assert read_line(text).kind in {"action", "quote", "question", "inference"}


def test_the_check_is_plain() -> None:
    slow = ["dataclasses", "pathlib", "pydantic", "typing"]
    code = (
        f"import sys; sys.path[:0] = {[path for path in sys.path if path]!r};"
        "import coach_tui.domain.low_inference;"
        f"print([name for name in {slow!r} if name in sys.modules])"
    )
    # -S: the start-up files of site-packages may load modules of their own.
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"
