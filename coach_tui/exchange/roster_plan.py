"""The plan of a roster's import: an outcome for every row."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach_tui.domain.records import Coachee
from coach_tui.exchange.columns import ColumnMapping


@dataclass(frozen=True)
class Add:
    """The row on `line_number` is about somebody new."""

    line_number: int
    coachee: Coachee = field(repr=False)

    @property
    def name(self) -> str:
        """Whom the row is about."""
        return self.coachee.name


@dataclass(frozen=True)
class Change:
    """The row fills in or updates `fields` (names of the record's) of somebody on the caseload."""

    line_number: int
    before: Coachee = field(repr=False)
    after: Coachee = field(repr=False)
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """Whom the row is about."""
        return self.after.name


@dataclass(frozen=True)
class Skip:
    """The row brings nothing, and why."""

    line_number: int
    name: str = field(repr=False)
    why: str = field(repr=False)


@dataclass(frozen=True)
class Bad:
    """The row cannot be taken, and why; `name` is empty where none could be read."""

    line_number: int
    name: str = field(repr=False)
    why: str = field(repr=False)


Outcome = Add | Change | Skip | Bad


@dataclass(frozen=True)
class RosterPlan:
    """What an import would do; nothing is saved until somebody saves `records()`."""

    rows: tuple[Outcome, ...]
    mapping: ColumnMapping

    @property
    def added(self) -> tuple[Add, ...]:
        """The rows about somebody new."""
        return tuple(row for row in self.rows if isinstance(row, Add))

    @property
    def changed(self) -> tuple[Change, ...]:
        """The rows that change somebody on the caseload."""
        return tuple(row for row in self.rows if isinstance(row, Change))

    @property
    def skipped(self) -> tuple[Skip, ...]:
        """The rows that bring nothing."""
        return tuple(row for row in self.rows if isinstance(row, Skip))

    @property
    def bad(self) -> tuple[Bad, ...]:
        """The rows that cannot be taken."""
        return tuple(row for row in self.rows if isinstance(row, Bad))

    @property
    def columns(self) -> dict[str, str]:
        """The field, in words, and the column that became it."""
        return {field.words: column for field, column in self.mapping.used.items()}

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """The columns that became nothing."""
        return self.mapping.ignored

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was decided where two columns could hold one field."""
        return self.mapping.remarks

    def records(self) -> tuple[Coachee, ...]:
        """Return the coachees to save, all of them in one transaction."""
        return tuple(
            row.coachee if isinstance(row, Add) else row.after
            for row in self.rows
            if isinstance(row, Add | Change)
        )
