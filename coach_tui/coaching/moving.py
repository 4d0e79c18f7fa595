"""Rosters in, everything out and in again: planned first, then saved in one transaction."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.records import RECORDS, Coach, Coachee, District, SchoolCalendar
from coach_tui.exchange import archive, archive_plan, roster, roster_plan
from coach_tui.exchange.columns import choose_columns
from coach_tui.exchange.errors import ExchangeError

__all__ = ["ExchangeError", "Moving", "PlannedRow", "rows_of"]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a roster's dry run: its line in the file, the verdict, whom, and why."""

    line: int
    verdict: str
    name: str
    why: str


def rows_of(plan: roster_plan.RosterPlan) -> list[PlannedRow]:
    """Return the dry run as rows: `add`, `change`, `skip` or `BAD` with the reason."""
    return [_row(outcome) for outcome in plan.rows]


def _row(outcome: roster_plan.Outcome) -> PlannedRow:
    line, name = outcome.line_number, outcome.name
    match outcome:
        case roster_plan.Add():
            return PlannedRow(line, "add", name, outcome.coachee.building)
        case roster_plan.Change():
            fields = ", ".join(field.replace("_", " ") for field in outcome.fields)
            return PlannedRow(line, "change", name, fields)
        case roster_plan.Skip():
            return PlannedRow(line, "skip", name, outcome.why)
        case roster_plan.Bad():
            return PlannedRow(line, "BAD", name, outcome.why)


class Moving:
    """Verbs that move data between the store and files of other formats.

    A plan changes nothing: it says what would be added, changed and skipped, and why. Errors of a
    file are `ExchangeError`.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def plan_roster(
        self, path: str, chosen: Mapping[str, str] | None = None
    ) -> roster_plan.RosterPlan:
        """Read a roster and say what importing it would do.

        `path` may begin with `~`; `chosen` names the column of a field where the guess is wrong.
        """
        table = roster.read_roster(os.path.expanduser(path), overrides=chosen)
        return roster.plan_import(
            table,
            choose_columns(table.header, chosen or {}),
            self._ledger.store.all(Coachee),
            new_id=self._ledger.new_id,
            now=self._ledger.clock.now(),
        )

    def apply_roster(
        self, path: str, chosen: Mapping[str, str] | None, plan: roster_plan.RosterPlan
    ) -> None:
        """Save what the plan adds and changes, all of it or nothing.

        `path` and `chosen` are those that `plan` was made from: it is made again from the store
        as it is now. Raises `ValueError` when it says something else than the one that was shown.
        """
        self._ledger.poll()
        fresh = self.plan_roster(path, chosen)
        if rows_of(fresh) != rows_of(plan):
            raise ValueError("the caseload changed since this was shown: look again")
        records = fresh.records()
        if records:
            self._ledger.save("Roster import", *records)

    def export(self) -> bytes:
        """Return everything in the store as the JSON of docs/formats.md."""
        everything = [record for kind in RECORDS for record in self._ledger.store.all(kind)]
        return archive.to_archive(everything, exported_at=self._ledger.clock.now())

    def plan_archive(self, content: bytes) -> archive_plan.ArchivePlan:
        """Say what importing an export would do; the one coach, district and year are replaced."""
        store = self._ledger.store
        kinds = {kind.table: kind for kind in RECORDS}
        only = {
            kind.table: record
            for kind in (Coach, District, SchoolCalendar)
            for record in store.all(kind)
        }
        return archive_plan.plan_archive(
            archive.read_archive(content), lambda table, id: store.get(kinds[table], id), only=only
        )

    def apply_archive(self, plan: archive_plan.ArchivePlan) -> None:
        """Save what the plan adds and changes, with the times it has, all of it or nothing."""
        records = plan.records()
        if records:
            self._ledger.take_over("Import of an export", *records)
