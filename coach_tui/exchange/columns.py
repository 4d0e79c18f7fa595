"""Which column of a roster holds which field: guessed from its header, or said by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach_tui.exchange.column_names import SPELLINGS, RosterField, field_called
from coach_tui.exchange.errors import ExchangeError, quoted
from coach_tui.exchange.people import folded

_TEAM_NAMES = frozenset({"team", "team name"})


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
        known = field_called(name)
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
