"""Practice profiles from files, TOML or JSON; an error names the file and the place in it."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach_tui.domain.records.base import Name, Text
from coach_tui.domain.records.profile import EssentialFunction, Level
from coach_tui.exchange.errors import ExchangeError, one_line, quoted
from coach_tui.exchange.files import FilePath, extension_of, read_file, shown_path

LARGEST_PROFILE = 2 * 1024 * 1024
"""Bytes of the largest profile that is read."""


class LevelShape(Level):
    """A level as a file writes it: the record's, and a key that it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class FunctionShape(EssentialFunction):
    """An essential function as a file writes it, as strict."""

    model_config = ConfigDict(extra="forbid")


class ProfileShape(BaseModel):
    """A practice profile as a file writes it (docs/formats.md)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    profile: Name
    version: Name
    title: Name
    foundations: Text = ""
    level: tuple[LevelShape, ...] = Field(min_length=1)
    function: tuple[FunctionShape, ...] = Field(min_length=1)

    def fields(self) -> dict[str, Any]:
        """Return the fields of the record `PracticeProfile`."""
        plain = self.model_dump()
        levels, functions = plain.pop("level"), plain.pop("function")
        plain["foundations"] = plain["foundations"].strip()
        return {**plain, "levels": levels, "functions": functions}


def read_profile(path: FilePath) -> dict[str, Any]:
    """Read the profile in the file at `path`; returns the fields of a `PracticeProfile`.

    Raises `ExchangeError` that names the file and the place.
    """
    name = shown_path(path)
    content = read_file(path, limit=LARGEST_PROFILE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExchangeError(f"{name} is not UTF-8 text: save it as such.") from None
    return parse_profile(text, name, is_json=extension_of(path) == ".json")


def parse_profile(text: str, name: str, *, is_json: bool = False) -> dict[str, Any]:
    """Read a profile out of `text`; messages call it `name`. Raises `ExchangeError`."""
    shape = _shaped(_loaded(text, name, is_json=is_json), name)
    _check(shape, name)
    return shape.fields()


def _loaded(text: str, name: str, *, is_json: bool) -> Any:
    try:
        return json.loads(text) if is_json else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        form = "JSON" if is_json else "TOML"
        raise ExchangeError(f"{name} is not {form}: {one_line(str(error))}") from None
    except RecursionError:
        raise ExchangeError(f"{name} is nested too deeply.") from None


def _shaped(plain: Any, name: str) -> ProfileShape:
    if not isinstance(plain, dict):
        raise ExchangeError(f"{name} is no profile: it is not a table of keys.")
    try:
        return ProfileShape.model_validate(plain)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        kind, message = first["type"], first["msg"]
    known = {"missing": "is missing", "extra_forbidden": "is no key of a profile"}
    said = known.get(kind, message[:1].lower() + message[1:])
    raise ExchangeError(f"{name}: {_place(first['loc'])}: {said}")


def _place(location: tuple[int | str, ...]) -> str:
    """Return `function 2, items 3` for where pydantic found something."""
    words: list[str] = []
    for part in location:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        elif part != "[key]":
            words.append(one_line(str(part))[:60])
    return ", ".join(words)


def _check(shape: ProfileShape, name: str) -> None:
    """Raise `ExchangeError` for what only the whole file can show."""
    levels = [level.name for level in shape.level]
    for place, level in enumerate(levels, 1):
        if level in levels[: place - 1]:
            raise ExchangeError(f"{name}: level {place}: {quoted(level)} is there twice")
    keys = [function.key for function in shape.function]
    for place, function in enumerate(shape.function, 1):
        if function.key in keys[: place - 1]:
            raise ExchangeError(f"{name}: function {place}: {quoted(function.key)} is there twice")
        for level in function.descriptors:
            if level not in levels:
                raise ExchangeError(
                    f"{name}: function {place}, descriptors: no level is called {quoted(level)}"
                )
