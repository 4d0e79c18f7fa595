"""The question bank: prompts for each step of a meeting, shipped and the coach's own.

The words are data (`data/questions.toml`); a file of the same name in the configuration directory
adds questions, or hides shipped ones (docs/formats.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach_tui.coaching.settings import SettingsError
from coach_tui.coaching.toml_files import own_text, shipped_text, tables_in

FILE = "questions.toml"

STEPS = ("praise", "probe", "goals", "action_step", "apply", "practice")
"""The tables of the six steps, in the order of `MeetingStep`."""

OTHERS = ("trust", "expectations", "reflection", "students", "contact", "team", "check_back")
"""The four items of the launch conversation, and other conversations."""

DIALOGUE = (
    "what went well",
    "relevant data",
    "validate and add",
    "model or example",
    "reflect and clarify",
    "guided practice",
    "next steps",
)
"""The seven items of solution dialogue (seed 004, essential function 4), in a few words."""

LONGEST = 300
"""Characters of a question."""


class QuestionsError(SettingsError):
    """A question file cannot be used; the message names the file, the table and the entry."""


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt, and the item of solution dialogue it serves (empty for none)."""

    text: str
    dialogue: str = ""


class Questions:
    """The prompts of each place: a step of the meeting, a launch item, another conversation.

    `problem` says why the coach's own file was not used; empty when it was, or there is none.
    """

    def __init__(self, by_place: Mapping[str, tuple[Question, ...]], problem: str = "") -> None:
        """Hold the prompts by their place."""
        self._by_place, self.problem = by_place, problem

    def of(self, place: str) -> tuple[Question, ...]:
        """Return the prompts of a place, in their order; raises `KeyError` for an unknown one."""
        return self._by_place[place]


def read(directory: str) -> Questions:
    """Read the shipped questions and the coach's own file, if there is one.

    Raises `QuestionsError`: a question is used, hidden by her own wish, or refused by its place.
    """
    return build(shipped(), own(os.path.join(directory, FILE)))


def read_or_shipped(directory: str) -> Questions:
    """Read both files as `read` does; the shipped one alone where the coach's cannot be used."""
    try:
        return read(directory)
    except QuestionsError as error:
        return build(shipped(), {}, str(error))


def shipped() -> Mapping[str, Any]:
    """Return the tables of the file in the package."""
    return parse(FILE, shipped_text(FILE))


def own(path: str) -> Mapping[str, Any]:
    """Return the tables of the coach's file; none when there is no file."""
    text = own_text(path, QuestionsError)
    return {} if text is None else parse(path, text)


def build(base: Mapping[str, Any], own: Mapping[str, Any], problem: str = "") -> Questions:
    """Put both files together: the coach's own come first, what she hides is left out."""
    hidden = {_folded(text) for text in own.get("hide", ())}
    found = {}
    for place in (*STEPS, *OTHERS):
        asked = [*_questions(own, place), *_questions(base, place)]
        found[place] = tuple(one for one in asked if _folded(one.text) not in hidden)
    return Questions(found, problem)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _questions(tables: Mapping[str, Any], place: str) -> Iterator[Question]:
    for entry in tables.get(place, {}).get("questions", ()):
        if isinstance(entry, str):
            yield Question(entry.strip())
        else:
            yield Question(entry["ask"].strip(), entry.get("dialogue", ""))


def parse(path: str, text: str) -> Mapping[str, Any]:
    """Return the tables in `text`, which is what `path` holds. Raises `QuestionsError`."""
    tables = tables_in(path, text, QuestionsError)
    for name, table in tables.items():
        if name == "hide":
            _check_list(path, "hide", table, ("ask",))
        elif name not in (*STEPS, *OTHERS):
            raise QuestionsError(f"{path}: there is no table [{name}]")
        elif not isinstance(table, dict):
            raise QuestionsError(f"{path}: {name} is a table: write [{name}] on a line of its own")
        else:
            _check_table(path, name, table)
    return tables


def _check_table(path: str, name: str, table: Mapping[str, Any]) -> None:
    for listed, value in table.items():
        if listed != "questions":
            raise QuestionsError(f"{path}: [{name}] has no {listed!r}, only questions")
        _check_list(path, f"[{name}] questions", value, ("ask", "dialogue"))


def _check_list(path: str, place: str, value: object, keys: tuple[str, ...]) -> None:
    if not isinstance(value, list):
        raise QuestionsError(f'{path}: {place} is a list: ["one", "two"]')
    for number, entry in enumerate(value, 1):
        problem = _problem_of(entry, keys)
        if problem:
            raise QuestionsError(f"{path}: {place}, entry {number}: {problem}")


def _problem_of(entry: object, keys: tuple[str, ...]) -> str:
    """Return what is wrong with an entry, in words; nothing when it can be used."""
    asked = entry
    if isinstance(entry, dict):
        unknown = entry.keys() - set(keys)
        if unknown:
            return f"there is no {min(unknown)!r}, only {' and '.join(keys)}"
        if entry.get("dialogue", DIALOGUE[0]) not in DIALOGUE:
            return f"dialogue is one of: {', '.join(DIALOGUE)}"
        asked = entry.get("ask")
    if not isinstance(asked, str) or not asked.strip():
        return "a question stands in quotation marks"
    if len(asked) > LONGEST:
        return f"a question has at most {LONGEST} characters"
    return ""
