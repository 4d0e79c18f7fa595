"""Cells of a roster in people's words, read as the values that a coachee's fields hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from coach_tui.domain import cadence as cadences
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    Delivery,
    Enrollment,
    Structure,
)
from coach_tui.exchange.column_names import RosterField
from coach_tui.exchange.errors import quoted
from coach_tui.exchange.people import folded, turned

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, tuple[str, ...]]] = {
    CoacheeKind: {
        CoacheeKind.EDUCATOR: ("teacher", "individual", "classroom teacher", "instructor", "staff"),
        CoacheeKind.TEAM: ("teams", "group", "plc", "department", "grade level team"),
        CoacheeKind.COACH: ("instructional coach", "peer coach"),
    },
    Structure: {
        Structure.INDIVIDUAL: (
            "1 1", "1 to 1", "1 on 1", "one on one", "one to one", "coach with teacher", "teacher",
        ),
        Structure.PEER_TO_PEER: ("peer", "peers", "reciprocal", "pair", "peer pair", "partners"),
        Structure.PEER_TO_TEAM: (
            "individual peer to team", "peer to a team", "peer to team", "individual to team",
            "coach to team", "coach with team", "one to team", "team", "small group",
        ),
        Structure.TEAM_WITHIN_BUILDING: (
            "team to team within building", "grade level team", "grade level teams",
            "content area team", "content area teams", "within a building", "within building",
        ),
        Structure.TEAM_WITHIN_DISTRICT: (
            "building teams", "building teams within a district", "within a district",
            "within district", "team to team within a district",
        ),
        Structure.TEAM_ACROSS_DISTRICTS: (
            "two districts", "across districts", "teams of two districts",
        ),
    },
    ChangeLevel: {
        ChangeLevel.INDIVIDUAL: ("teacher", "educator", "classroom", "1 1", "one on one"),
        ChangeLevel.TEAM: ("teams", "group", "grade level", "department", "plc"),
        ChangeLevel.SYSTEMS: ("system", "school", "building", "school wide", "schoolwide",
                              "district"),
    },
    Enrollment: {
        Enrollment.VOLUNTARY: (
            "volunteer", "volunteered", "opt in", "opted in", "self referred", "self selected",
            "requested", "by request", "by choice", "chose",
        ),
        Enrollment.EXPECTED: ("recommended", "encouraged", "suggested", "invited", "referred"),
        Enrollment.ASSIGNED: (
            "required", "mandatory", "mandated", "directed", "placed", "admin assigned",
            "administrator assigned", "principal assigned",
        ),
    },
    Delivery: {
        Delivery.IN_PERSON: (
            "inperson", "face to face", "f2f", "on site", "onsite", "on campus", "in school",
            "in building", "live",
        ),
        Delivery.VIRTUAL: ("virtually", "online", "remote", "distance", "zoom", "video", "web"),
        Delivery.HYBRID: ("blended", "both", "mixed", "in person and virtual"),
    },
}  # fmt: skip
"""Other words for the values of an enumeration, as `folded` writes them."""

_AREAS = re.compile(r"[;,/|\n]")
_PEOPLE = re.compile(r"[;|\n]")
_NOT_WORDS = re.compile(r"[^\w]+")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[T ].*)?|\d{{1,2}}-{_MONTH}(?:-\d+)?|{_MONTH}-\d{{1,2}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)
_SPREADSHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")


class UnknownValue(ValueError):
    """A cell that a field cannot hold; the message says why, and what the field allows."""


def read_value(field: RosterField, cell: str) -> Any:
    """Return the value of `field` that `cell` (not blank) means.

    An empty tuple where a list holds nothing. Raises `UnknownValue`.
    """
    text = cell.strip()
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise UnknownValue(f"the spreadsheet shows an error, {text}")
    return _READERS.get(field, _text)(cell if field is RosterField.NOTE else text)


def _text(text: str) -> str:
    return text


def _word(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", folded(text)).split())


def _choice(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    by_word: dict[str, StrEnum] = {}
    for value, words in WORDS[kind].items():
        by_word |= {_word(word): value for word in words}
    for value in kind:
        by_word |= {_word(value.value): value, _word(value.name.replace("_", " ")): value}
    allowed = ", ".join(value.value for value in kind)

    def read(text: str) -> StrEnum:
        try:
            return by_word[_word(text)]
        except KeyError:
            raise UnknownValue(f"{quoted(text)} is not one of: {allowed}") from None

    return read


def _cadence(text: str) -> str:
    try:
        return cadences.normalise(_word(text) if any(map(str.isalpha, text)) else text)
    except ValueError:
        raise UnknownValue(f"{quoted(text)} is no cadence: {cadences.HELP}") from None


def _grade_band(text: str) -> str:
    if _DATE.fullmatch(text):
        raise UnknownValue(
            f"{quoted(text)} is a date: the spreadsheet may have made it of grades such as 3-5; "
            "format the column as text and type them again"
        )
    return text


def _areas(text: str) -> tuple[str, ...]:
    return _once(part.strip() for part in _AREAS.split(text))


def _people(text: str) -> tuple[str, ...]:
    return _once(turned(part.strip()) for part in _PEOPLE.split(text))


def _once(parts: Any) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for part in parts:
        if part:
            kept.setdefault(part.casefold(), part)
    return tuple(kept.values())


_READERS: Mapping[RosterField, Callable[[str], Any]] = {
    RosterField.KIND: _choice(CoacheeKind),
    RosterField.STRUCTURE: _choice(Structure),
    RosterField.CHANGE_LEVEL: _choice(ChangeLevel),
    RosterField.ENROLLMENT: _choice(Enrollment),
    RosterField.DELIVERY: _choice(Delivery),
    RosterField.CADENCE: _cadence,
    RosterField.GRADE_BAND: _grade_band,
    RosterField.CONTENT_AREAS: _areas,
    RosterField.PERIODS: _areas,
    RosterField.MEMBERS: _people,
}
