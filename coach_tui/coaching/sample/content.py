"""How the sample's content files are read: TOML, checked, with errors that name file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from random import Random
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


class ContentError(ValueError):
    """A content file of the sample is missing or not as its header says."""


class Shape(BaseModel):
    """A part of a content file: no key but those it names, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ShapeT = TypeVar("ShapeT", bound=BaseModel)


def load(file: str, shape: type[ShapeT]) -> ShapeT:
    """Read `file` of the sample's data. Raises `ContentError` that names the file and the key."""
    source = resources.files("coach_tui.data").joinpath("sample", file)
    try:
        text = source.read_text(encoding="utf-8")
    except OSError:
        raise ContentError(f"{file}: the file is missing from the installed package") from None
    return parse(file, text, shape)


def parse(file: str, text: str, shape: type[ShapeT]) -> ShapeT:
    """Read `text`, which is what `file` holds. Raises `ContentError` like `load`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{file}: {error}") from None
    try:
        return shape.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"{file}: {key}: {first['msg']}") from None


_SLOT = re.compile(r"\{(?:(?P<low>\d+)-(?P<high>\d+)|(?P<share>\d+)%|(?P<word>[^{}]*))\}")
_SPREAD = 0.1
"""How far a share that is written `{60%}` may lie from it, as a part of the class."""


def words_needed(text: str) -> set[str]:
    """Return the names in `text` that must be given, such as `name` for `{name}`."""
    return {found["word"] for found in _SLOT.finditer(text) if found["word"] is not None}


def fill(text: str, random: Random, students: int, words: Mapping[str, str]) -> str:
    """Fill the places of `text`: `{3-7}`, `{60%}` of `students`, `{students}`, and `words`.

    Raises `KeyError` for a name that is not in `words`.
    """
    if "{" not in text:
        return text

    def value(found: re.Match[str]) -> str:
        low, high, share, word = found.groups()
        if low is not None:
            return str(random.randint(int(low), int(high)))
        if share is not None:
            part = int(share) / 100 + random.uniform(-_SPREAD, _SPREAD)
            return str(min(max(round(students * part), 1), students))
        return str(students) if word == "students" else words[word]

    return _SLOT.sub(value, text)
