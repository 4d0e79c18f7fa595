"""Which column of a roster holds which field, by the many names people give to columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach_tui.exchange.errors import ExchangeError, quoted
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
_TEAM_NAMES = frozenset({"team", "team name"})
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[^\w#]+|_")
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class ColumnMapping:
    """Which field each column of `header` holds; None where the column is ignored.

    `choices` say in words what was decided where two columns could hold one field.
    """

    header: tuple[str, ...]
    fields: tuple[RosterField | None, ...]
    choices: tuple[tuple[RosterField, str], ...] = ()

    @property
    def has_name(self) -> bool:
        """Whether a column says who a row is about."""
        names = (RosterField.NAME, RosterField.FIRST_NAME, RosterField.LAST_NAME)
        return any(field in names for field in self.fields)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was decided where two columns could hold one field, a line each."""
        return tuple(words for _, words in self.choices)

    @property
    def used(self) -> dict[RosterField, str]:
        """The field and the column that holds it, in the order of the columns."""
        return {
            field: column_name(self.header, place)
            for place, field in enumerate(self.fields)
            if field is not None
        }

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that hold no field, in their order."""
        return tuple(
            column_name(self.header, place)
            for place, field in enumerate(self.fields)
            if field is None
        )

    def cells(self, cells: Sequence[str]) -> dict[RosterField, str]:
        """Return the cells of one row by their field, those that hold nothing left out."""
        return {
            field: cell
            for field, cell in zip(self.fields, cells, strict=True)
            if field is not None and cell.strip()
        }


def column_name(header: Sequence[str], place: int) -> str:
    """Return the name of the column at `place` (from 0), or its number where it has no name."""
    return header[place] or f"column {place + 1}"


def guess_columns(header: Sequence[str]) -> ColumnMapping:
    """Guess from its header what each column of a roster holds; never raises.

    Where two columns could hold one field, the likelier name wins, then the one further left.
    """
    found: dict[RosterField, list[tuple[int, int]]] = {}
    for place, name in enumerate(header):
        known = _known(name)
        if known is not None:
            field, rank = known
            found.setdefault(field, []).append((rank, place))
    _prefer_first_and_last_name_to_a_team(found)
    fields: list[RosterField | None] = [None] * len(header)
    choices = []
    for field, places in found.items():
        (_, chosen), *others = sorted(places)
        fields[chosen] = field
        if others:
            choices.append((field, _choice(header, field, chosen, [at for _, at in others])))
    return ColumnMapping(tuple(header), tuple(fields), tuple(choices))


def choose_columns(header: Sequence[str], overrides: Mapping[str, str]) -> ColumnMapping:
    """Guess the columns, and put those that a person named in their place.

    `overrides` maps the name of a field (`grade band`) to that of a column; an empty column name
    leaves the field out. Raises `ExchangeError` when either is not there or is named twice.
    """
    guess = guess_columns(header)
    fields = list(guess.fields)
    wanted: dict[RosterField, int | None] = {}
    for words, column in overrides.items():
        field = _field(words)
        if field in wanted:
            raise ExchangeError(f"The field {field.words} is given two columns: give it one.")
        wanted[field] = _place(header, column) if column.strip() else None
    taken: dict[int, RosterField] = {}
    for field, place in wanted.items():
        if place is not None and place in taken:
            raise ExchangeError(
                f"The column {quoted(header[place])} is given to two fields, "
                f"{taken[place].words} and {field.words}: give it to one."
            )
        fields = [None if old is field else old for old in fields]
        if place is not None:
            taken[place] = field
    for place, field in taken.items():
        fields[place] = field
    if RosterField.NAME in taken.values():
        # A person who names the column of the name means that one, not a first name beside it.
        parts = {RosterField.FIRST_NAME, RosterField.LAST_NAME} - set(taken.values())
        fields = [None if old in parts else old for old in fields]
    choices = tuple(
        (field, words) for field, words in guess.choices if field in fields and field not in wanted
    )
    return ColumnMapping(tuple(header), tuple(fields), choices)


def header_score(cells: Sequence[str]) -> int:
    """Return how many columns of a roster `cells` name; 0 when none of them names a person."""
    guess = guess_columns(cells)
    return len(guess.used) if guess.has_name else 0


def _known(name: str) -> tuple[RosterField, int] | None:
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


def _prefer_first_and_last_name_to_a_team(
    found: dict[RosterField, list[tuple[int, int]]],
) -> None:
    """A column `Team` beside a teacher's first and last name is not the teacher's name."""
    if RosterField.LAST_NAME not in found and RosterField.FIRST_NAME not in found:
        return
    names = SPELLINGS[RosterField.NAME]
    kept = [
        (rank, place)
        for rank, place in found.get(RosterField.NAME, ())
        if names[rank] not in _TEAM_NAMES
    ]
    if kept:
        found[RosterField.NAME] = kept
    else:
        found.pop(RosterField.NAME, None)


def _choice(header: Sequence[str], field: RosterField, chosen: int, others: Sequence[int]) -> str:
    left_out = ", ".join(quoted(column_name(header, place)) for place in others)
    return f"{field.words}: {quoted(column_name(header, chosen))} is used, not {left_out}"


def _field(words: str) -> RosterField:
    value = "_".join(words.replace("-", " ").replace("_", " ").lower().split())
    try:
        return RosterField(value)
    except ValueError:
        known = ", ".join(field.words for field in RosterField)
        raise ExchangeError(f"No field is called {quoted(words)}: there is {known}.") from None


def _place(header: Sequence[str], column: str) -> int:
    for same in (str.strip, folded):
        places = [place for place, name in enumerate(header) if same(name) == same(column)]
        if len(places) == 1:
            return places[0]
        if places:
            raise ExchangeError(f"{len(places)} columns are called {quoted(column)}: rename one.")
    there = ", ".join(quoted(column_name(header, place), 30) for place in range(len(header))[:20])
    raise ExchangeError(f"No column is called {quoted(column)}: there is {there}.")
