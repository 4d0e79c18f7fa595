"""The tables of a lexicon file, read and checked: an entry is used or refused, never dropped."""

from __future__ import annotations

import re
from math import prod

from coach_tui.coaching.settings import SettingsError
from coach_tui.coaching.toml_files import own_text, shipped_text, tables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    Tables: TypeAlias = Mapping[str, Any]

FILE = "low_inference.toml"
"""The name of both files: the one in the package and the user's, in her configuration directory."""

CODES = tuple(f"LI{number:02}" for number in range(1, 13))
PRIVACY, REVIEW = "LI11", "LI12"

WORD_LISTS = ("words", "verbs", "adjectives", "nouns", "unless_counted", "before_judgement")
NAME_LISTS = ("given_names", "titles", "not_names", "before_a_name", "after_a_name")

LISTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CODES, ("question", *WORD_LISTS)),
    PRIVACY: ("question", "diagnoses", "children", *NAME_LISTS),
    REVIEW: ("question",),
    "fine": ("phrases", "people"),
}
"""What each table may hold; `[irregular]` holds the forms of any word, `allow` is no table."""

LONGEST_ENTRY = 200
MOST_CHOICES = 200

_CHOICE = re.compile(r"\(([^()]*)\)")


class LexiconError(SettingsError):
    """A lexicon file cannot be used; the message names the file, the table and the entry."""


def shipped() -> Tables:
    """Return the tables of the lexicon in the package."""
    return parse(FILE, shipped_text(FILE))


def own(path: str) -> Tables:
    """Return the tables of the user's file; none when there is no file. Raises `LexiconError`."""
    text = own_text(path, LexiconError)
    return {} if text is None else parse(path, text)


def parse(path: str, text: str) -> Tables:
    """Return the tables in `text`, which is what `path` holds. Raises `LexiconError`."""
    tables = tables_in(path, text, LexiconError)
    for name, table in tables.items():
        _check_table(path, name, table)
    return tables


def _check_table(path: str, name: str, table: object) -> None:
    if name == "allow":
        return _check_list(path, name, table)
    if name not in LISTS and name != "irregular":
        raise LexiconError(f"{path}: there is no table [{name}]")
    if not isinstance(table, dict):
        raise LexiconError(f"{path}: {name} is a table: write [{name}] on a line of its own")
    for listed, value in table.items():
        place = f"[{name}] {listed}"
        if name != "irregular" and listed not in LISTS[name]:
            raise LexiconError(f"{path}: [{name}] has no {listed!r}")
        if listed == "question" and name != "irregular":
            _check_question(path, place, value)
        else:
            _check_list(path, place, value)
    return None


def _check_question(path: str, place: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise LexiconError(f"{path}: {place} is a sentence in quotation marks")


def _check_list(path: str, place: str, value: object) -> None:
    if not isinstance(value, list):
        raise LexiconError(f'{path}: {place} is a list: ["one", "two"]')
    for number, entry in enumerate(value, 1):
        problem = _problem_of(entry)
        if problem:
            raise LexiconError(f"{path}: {place}, entry {number}: {problem}")


def _problem_of(entry: object) -> str:
    """Return what is wrong with an entry, in words; nothing when it can be used."""
    if not isinstance(entry, str):
        return "a phrase stands in quotation marks"
    if len(entry) > LONGEST_ENTRY:
        return f"{entry[:20]!r}... is longer than {LONGEST_ENTRY} characters"
    outside = _CHOICE.sub(" ", entry)
    if "(" in outside or ")" in outside:
        return f"{entry!r}: parentheses hold choices, (this|that), and no other parentheses"
    choices = [choice.split("|") for choice in _CHOICE.findall(entry)]
    if prod(map(len, choices)) > MOST_CHOICES:
        return f"{entry!r} stands for more than {MOST_CHOICES} phrases"
    always_there = any(map(str.isalnum, outside)) or any(
        all(any(map(str.isalnum, one)) for one in choice) for choice in choices
    )
    return "" if always_there else f"{entry!r} has no word in it"
