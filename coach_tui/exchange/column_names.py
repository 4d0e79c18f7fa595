"""What people call the columns of a roster, in one language or another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from coach_tui.exchange.people import folded


class RosterField(StrEnum):
    """What a column of a roster can be, in the order that people read it."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    KIND = "kind"
    KEY = "key"
    BUILDING = "building"
    ROOM = "room"
    GRADE_BAND = "grade_band"
    CONTENT_AREAS = "content_areas"
    PERIODS = "periods"
    STRUCTURE = "structure"
    CHANGE_LEVEL = "change_level"
    ENROLLMENT = "enrollment"
    DELIVERY = "delivery"
    CADENCE = "cadence"
    MEMBERS = "members"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The field's name as people write it: `grade band`."""
        return self.value.replace("_", " ")


SPELLINGS: Mapping[RosterField, tuple[str, ...]] = {
    RosterField.NAME: (
        "teacher name", "name of teacher", "teacher full name", "educator name", "coachee name",
        "staff name", "staff member name", "faculty name", "instructor name", "employee name",
        "full name", "display name", "last name first name", "last first name", "last first",
        "first last", "first and last name", "first name last name", "teacher", "educator",
        "coachee", "staff member", "faculty member", "instructor", "classroom teacher",
        "teacher of record", "homeroom teacher", "teacher or team", "staff", "faculty", "employee",
        "name", "nombre completo", "maestro", "maestra", "docente", "profesor", "profesora",
        "team name", "team",
    ),
    RosterField.FIRST_NAME: (
        "first name", "first", "given name", "preferred first name", "legal first name", "nombre",
        "prenom",
    ),
    RosterField.LAST_NAME: (
        "last name", "last", "surname", "family name", "legal last name", "apellido",
        "nom de famille",
    ),
    RosterField.KIND: (
        "kind", "coachee kind", "coachee type", "individual or team", "type",
    ),
    RosterField.KEY: (
        "employee id", "employee number", "staff id", "staff number", "teacher id",
        "teacher number", "faculty id", "personnel number", "personnel id", "badge number",
        "badge id", "key", "id", "id number", "unique id", "user id", "email", "e mail",
        "email address", "e mail address", "school email", "school e mail", "mail", "correo",
        "correo electronico", "username", "user name",
    ),
    RosterField.BUILDING: (
        "building", "building name", "school", "school name", "school building", "school site",
        "campus", "campus name", "school campus", "site", "site name", "home school",
        "base school", "primary school", "assigned school", "location", "work location",
        "work site", "escuela",
    ),
    RosterField.ROOM: (
        "room", "room number", "classroom", "classroom number", "class room", "room name",
        "homeroom", "salon", "aula",
    ),
    RosterField.GRADE_BAND: (
        "grade band", "grade", "grade level", "grade taught", "grade level taught", "grade span",
        "grade range", "grade assignment", "grade team", "grado",
    ),
    RosterField.CONTENT_AREAS: (
        "content area", "content", "content taught", "subject", "subject area", "subject taught",
        "subject name", "department", "department name", "discipline", "course", "course taught",
        "course name", "class taught", "teaching area", "materia", "asignatura",
    ),
    RosterField.PERIODS: (
        "period", "class period", "period taught", "period observable", "observable period",
        "period when observable", "when observable", "observation period", "available period",
        "block", "class hour",
    ),
    RosterField.STRUCTURE: (
        "structure", "coaching structure",
    ),
    RosterField.CHANGE_LEVEL: (
        "change level", "level of change", "coaching level",
    ),
    RosterField.ENROLLMENT: (
        "enrollment", "enrolment", "coaching enrollment", "enrollment type", "participation",
        "voluntary or assigned",
    ),
    RosterField.DELIVERY: (
        "delivery", "delivery mode", "delivery method", "delivery format", "coaching delivery",
        "coaching format", "modality", "format", "in person or virtual", "virtual or in person",
    ),
    RosterField.CADENCE: (
        "cadence", "frequency", "coaching cadence", "coaching frequency", "visit frequency",
        "meeting frequency", "frequency of visit", "how often",
    ),
    RosterField.MEMBERS: (
        "member", "team member", "member name", "participant",
    ),
    RosterField.NOTE: (
        "note", "comment", "remark", "note comment", "comment note", "additional note", "nota",
    ),
}  # fmt: skip
"""Names of columns in words without case, accents, points or plural; the likeliest first."""

_SYNONYMS = {
    "#": "number", "no": "number", "num": "number", "nbr": "number", "rm": "room", "gr": "grade",
    "grd": "grade", "bldg": "building", "emp": "employee", "dept": "department",
    "subj": "subject", "fname": "first name", "lname": "last name", "freq": "frequency",
    "tchr": "teacher", "sch": "school", "firstname": "first name", "lastname": "last name",
    "fullname": "full name", "gradelevel": "grade level", "roomnumber": "room number",
    "employeeid": "employee id", "teachername": "teacher name", "schoolname": "school name",
    "gradeband": "grade band", "emailaddress": "email address", "per": "period",
}  # fmt: skip
_FILLERS = frozenset(
    {"teacher", "educator", "instructor", "employee", "faculty", "staff", "coachee", "coaching",
     "current", "primary", "main", "assigned", "work", "the", "your"}
)  # fmt: skip
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[^\w#]+|_")


_SHORTEST_PLURAL = 4


def field_called(name: str) -> tuple[RosterField, int] | None:
    """Return the field that a column of this name holds, and the place among its `SPELLINGS`."""
    words = _words(_IN_BRACKETS.sub(" ", name)) or _words(name)
    while words:
        known = _BY_SPELLING.get(" ".join(words))
        if known is not None:
            return known
        if words[0] not in _FILLERS:
            return None
        words = words[1:]
    return None


def _words(name: str) -> list[str]:
    spaced = _CAMEL.sub(" ", name.replace("#", " # "))
    words = _NOT_WORDS.sub(" ", folded(spaced)).split()
    known = " ".join(_SYNONYMS.get(word, word) for word in words).split()
    return [_singular(word) for word in known]


def _singular(word: str) -> str:
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def _by_spelling() -> dict[str, tuple[RosterField, int]]:
    return {
        " ".join(_words(spelling)): (field, rank)
        for field, spellings in SPELLINGS.items()
        for rank, spelling in enumerate(spellings)
    }


_BY_SPELLING = _by_spelling()
