"""The lexicon as it is shipped, and the user's file beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach_tui.coaching import lexicon, lexicon_tables
from coach_tui.coaching.lexicon_tables import LexiconError
from coach_tui.coaching.settings import SettingsError
from coach_tui.domain.low_inference import check

CODES = [f"LI{number:02}" for number in range(1, 13)]


def own_file(folder: Path, text: str) -> Path:
    file = folder / "low_inference.toml"
    file.write_text(text, encoding="utf-8")
    return file


def codes(folder: Path, text: str) -> list[str]:
    """Return the codes of the marks on a line, with the user's file of a folder."""
    words = lexicon.read(str(folder))
    return [mark.code for mark in check(text, lexicon=words.lexicon, allowed=words.allowed)]


def test_the_shipped_lexicon_has_300_to_400_terms() -> None:
    assert 300 <= lexicon.count_of_terms(lexicon_tables.shipped()) <= 400


def test_every_code_has_a_question() -> None:
    shipped = lexicon_tables.shipped()
    questions = [shipped[code]["question"] for code in CODES]
    assert len(set(questions)) == len(CODES)


def test_no_entry_is_written_twice_in_a_code() -> None:
    for code, table in lexicon_tables.shipped().items():
        for listed, entries in table.items():
            assert listed == "question" or len(set(entries)) == len(entries), (code, listed)


def test_without_a_file_the_shipped_lexicon_is_used(tmp_path: Path) -> None:
    assert codes(tmp_path, "most were bored") == ["LI04", "LI02"]


def test_the_users_words_are_added(tmp_path: Path) -> None:
    own_file(tmp_path, '[LI01]\nadjectives = ["meh"]\n[LI04]\nwords = ["(heaps|oodles) of"]\n')
    assert codes(tmp_path, "a meh start, most left") == ["LI01", "LI04"]
    assert codes(tmp_path, "oodles of hands") == ["LI04"]
    assert codes(tmp_path, "oodles of hands, 14/24") == []
    assert codes(tmp_path, "G2 was more meh than G1") == ["LI09"]


def test_a_phrase_of_both_files_is_the_users(tmp_path: Path) -> None:
    own_file(tmp_path, '[LI08]\nwords = ["bored"]\n[fine]\nphrases = ["most"]\n')
    assert codes(tmp_path, "most were bored") == ["LI08"]


def test_the_example_of_the_manual_can_be_used(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n(allow = .*?)```", manual, re.DOTALL)
    own_file(tmp_path, example)
    assert codes(tmp_path, "S4 misled S5, oodles of hands, Xochi Vega") == ["LI02", "LI04", "LI11"]
    assert codes(tmp_path, "a meh start") == ["LI01"]


def test_the_users_irregular_forms_are_used(tmp_path: Path) -> None:
    own_file(tmp_path, '[LI02]\nverbs = ["mislead"]\n[irregular]\nmislead = ["misled"]\n')
    assert codes(tmp_path, "S4 misled S5") == ["LI02"]


def test_the_users_allow_list_is_used(tmp_path: Path) -> None:
    own_file(tmp_path, 'allow = ["bored", "(Ana|Ana Maria) Ruiz"]\n')
    assert codes(tmp_path, "most were bored by Ana Ruiz") == ["LI04"]


def test_the_user_may_ask_another_question(tmp_path: Path) -> None:
    own_file(tmp_path, '[LI02]\nquestion = "Seen or heard?"\n')
    assert lexicon.read(str(tmp_path)).lexicon.question("LI02") == "Seen or heard?"


def test_names_of_the_users_school_can_be_added(tmp_path: Path) -> None:
    own_file(tmp_path, '[LI11]\ngiven_names = ["Xochi"]\nnot_names = ["Maplewood"]\n')
    assert codes(tmp_path, "then Xochi Vega left") == ["LI11"]
    assert codes(tmp_path, "then Maya Maplewood left") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[LI13]\n", r"there is no table \[LI13\]"),
        ("LI01 = 3\n", r"LI01 is a table: write \[LI01\] on a line of its own"),
        ("[LI01]\nword = []\n", r"\[LI01\] has no 'word'"),
        ("[LI12]\nwords = []\n", r"\[LI12\] has no 'words'"),
        ('[LI01]\nwords = "meh"\n', r"\[LI01\] words is a list"),
        ('[LI01]\nwords = ["meh", 3]\n', r"\[LI01\] words, entry 2: a phrase stands in quot"),
        ('[LI01]\nwords = ["--"]\n', r"\[LI01\] words, entry 1: '--' has no word in it"),
        ('[LI01]\nwords = ["(a|)"]\n', r"\[LI01\] words, entry 1: '\(a\|\)' has no word in it"),
        ('[LI01]\nwords = ["a (b"]\n', r"entry 1: 'a \(b': parentheses hold choices"),
        ('[LI01]\nwords = ["((a|b) c|d)"]\n', r"entry 1: .*parentheses hold choices"),
        (f'[LI01]\nwords = ["{"(a|b)" * 9}"]\n', "stands for more than 200 phrases"),
        (f'[LI01]\nwords = ["{"a" * 201}"]\n', "entry 1: .* is longer than 200 characters"),
        ("[LI01]\nquestion = 3\n", r"\[LI01\] question is a sentence in quotation marks"),
        ('[irregular]\ngo = "went"\n', r"\[irregular\] go is a list"),
        ("allow = 3\n", "allow is a list"),
        ("allow = [3]\n", "allow, entry 1: a phrase stands in quotation marks"),
        ("[LI01\n", "line 1"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(tmp_path: Path, text: str, problem: str) -> None:
    file = own_file(tmp_path, text)
    with pytest.raises(LexiconError, match=problem) as raised:
        lexicon.read(str(tmp_path))
    assert str(raised.value).startswith(f"{file}: ")
    assert "\n" not in str(raised.value)
    assert isinstance(raised.value, SettingsError)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "low_inference.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconError, match=re.escape(f"{file}: this is not UTF-8 text")):
        lexicon.read(str(tmp_path))


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "low_inference.toml").mkdir()
    with pytest.raises(LexiconError, match=r"low_inference\.toml: "):
        lexicon.read(str(tmp_path))
