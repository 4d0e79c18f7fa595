"""Evidence toward a growth goal: gathered in four modes, reflected on (seed 004)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.linked_lines import is_student_line, may_be_evidence
from coach_tui.domain.enumerations import EvidenceColumn, Party
from coach_tui.domain.progress.levels import in_time, levels_of
from coach_tui.domain.progress.matrix import MODES
from coach_tui.domain.records import (
    Coachee,
    Evidence,
    GrowthGoal,
    LineReference,
    NamedLevel,
    NoteLine,
    Observation,
)

NO_EVIDENCE = "a question or an inference is no evidence: choose what you saw or heard"


def is_missing(reference: str) -> bool:
    """Whether a reference names a file that is not there any more.

    Only what reads as a path of this machine can be missing; a link or a shelf mark cannot be
    looked up, and nothing is ever opened or read.
    """
    place = reference.strip()
    if not place.startswith(("/", "~/", "./", "../")):
        return False
    try:
        return not os.path.exists(os.path.expanduser(place))
    except ValueError:
        return True


class Gathering:
    """Verbs about evidence. What it is stands in words or by reference, never by content."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Evidence:
        """Return an item of evidence; raises `NotFound`."""
        return self._ledger.store.require(Evidence, id)

    def of(self, goal: str) -> list[Evidence]:
        """Return a goal's evidence, oldest first."""
        found = self._ledger.store.where(Evidence, goal=goal)
        order = {item.id: in_time(item.to_document()) for item in found}
        return sorted(found, key=lambda item: order[item.id])

    def add(
        self,
        goal_id: str,
        column: EvidenceColumn,
        day: date,
        *,
        gathered_by: Party = Party.TOGETHER,
        level: NamedLevel | None = None,
        **fields: Any,
    ) -> Evidence:
        """Add an item of evidence in a column of the matrix.

        `fields` are others of the record `Evidence`: what, reference, reflection, next_step ...
        Raises `ValueError` for a day to come, for a level that the goal's profile does not have,
        and when it says nothing of what it is.
        """
        goal = self._ledger.store.require(GrowthGoal, goal_id)
        item = self._item(goal, column, day, gathered_by=gathered_by, level=level, **fields)
        self._ledger.save(f"Evidence: {column.value}", item)
        return self.get(item.id)

    def _item(self, goal: GrowthGoal, column: EvidenceColumn, day: date, **fields: Any) -> Evidence:
        self._check(goal, day, fields.get("level"))
        now = self._ledger.clock.now()
        mode, kind = MODES[column]
        return Evidence(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            goal=goal.id,
            mode=mode,
            kind=kind,
            date=day,
            **fields,
        )

    def _check(self, goal: GrowthGoal, day: date, level: NamedLevel | None) -> None:
        if day > self._ledger.today():
            raise ValueError(f"evidence is dated when it was gathered, and {day} is to come")
        levels = levels_of(goal.to_document())
        if level is not None and level.level not in levels:
            raise ValueError(f"the profile's levels are {', '.join(levels)}")

    def edit(self, item: Evidence, **fields: Any) -> Evidence:
        """Replace fields of an item, such as its reflection or the level named on it.

        `item` is as the screen showed it; raises `Conflict` when it was changed since, and
        `ValueError` like `add`.
        """
        changed = item.changed(**fields)
        goal = self._ledger.store.require(GrowthGoal, item.goal)
        level = changed.level if changed.level != item.level else None
        self._check(goal, changed.date, level)
        self._ledger.save("Edit the evidence", changed)
        return self.get(item.id)

    def take_out(self, item: Evidence, place: int) -> bool:
        """Take the line at a place out of an item; returns whether the item is still there.

        With its only line goes an item that says nothing else. Raises `ValueError` where a level,
        a reflection or a next step would be lost with it, and `Conflict` as `edit` does.
        """
        title = "Take a line out of the evidence"
        lines = (*item.observation_lines[:place], *item.observation_lines[place + 1 :])
        if lines or item.what.strip() or item.reference.strip():
            self._ledger.save(title, item.changed(observation_lines=lines))
            return True
        if item.level is not None or item.reflection.strip() or item.next_step.strip():
            raise ValueError("it is the only line: say in words first what the evidence is")
        self._ledger.save(title, deleted=[item])
        return False

    def linked(self, goal: str) -> set[tuple[str, str]]:
        """Return the observation and line ids that are evidence toward a goal already."""
        return {
            (line.observation, line.line)
            for item in self.of(goal)
            for line in item.observation_lines
        }

    def link_lines(
        self,
        goal_id: str,
        observation: str,
        lines: Iterable[str],
        *,
        gathered_by: Party = Party.COACH,
        **fields: Any,
    ) -> list[Evidence]:
        """Make lines of one observation evidence toward a goal; see `link_all`."""
        return self.link_all(goal_id, {observation: lines}, gathered_by=gathered_by, **fields)

    def link_all(
        self,
        goal_id: str,
        lines: Mapping[str, Iterable[str]],
        *,
        gathered_by: Party = Party.COACH,
        **fields: Any,
    ) -> list[Evidence]:
        """Make lines, ids by observation, evidence toward a goal; returns the new items.

        What students said becomes classroom discourse, the rest evidence of the mode observation:
        so a line fills one cell of the matrix, never two. Each observation gives items of its own,
        of its day. Lines that are evidence toward the goal already are left out. One transaction.
        Raises `ValueError` when nothing is left, for a question or an inference (rule R3), and for
        an observation of somebody else.
        """
        self._ledger.poll()
        goal = self._ledger.store.require(GrowthGoal, goal_id)
        known = self.linked(goal_id)
        items: list[Evidence] = []
        for observation, wanted in lines.items():
            seen = self._ledger.store.require(Observation, observation)
            if seen.coachee != goal.coachee:
                raise ValueError("the lines are of an observation of somebody else")
            ids = {line for line in wanted if (seen.id, line) not in known}
            chosen = [line for line in seen.lines if line.id in ids]
            items += self._of_lines(goal, seen, chosen, gathered_by=gathered_by, **fields)
        if not items:
            raise ValueError("no line was chosen that is not evidence toward the goal already")
        self._ledger.save("Lines as evidence", *items)
        return [self.get(item.id) for item in items]

    def _of_lines(
        self, goal: GrowthGoal, seen: Observation, lines: list[NoteLine], **fields: Any
    ) -> Iterator[Evidence]:
        """Yield what the lines of one observation come to: discourse, then observation."""
        if not all(map(may_be_evidence, lines)):
            raise ValueError(NO_EVIDENCE)
        said = [line for line in lines if is_student_line(line)]
        rest = [line for line in lines if not is_student_line(line)]
        for column, of in ((EvidenceColumn.DISCOURSE, said), (EvidenceColumn.OBSERVATION, rest)):
            points = tuple(LineReference(observation=seen.id, line=line.id) for line in of)
            if points:
                yield self._item(goal, column, seen.date, observation_lines=points, **fields)

    def lines(self, item: Evidence) -> list[NoteLine | None]:
        """Return the lines an item points to, None for one that is not there any more."""
        found: list[NoteLine | None] = []
        for reference in item.observation_lines:
            seen = self._ledger.store.get(Observation, reference.observation)
            of = () if seen is None else seen.lines
            found.append(next((line for line in of if line.id == reference.line), None))
        return found

    def observations(self, coachee: Coachee) -> Sequence[Observation]:
        """Return a coachee's observations that have lines, newest first."""
        found = self._ledger.store.where(Observation, coachee=coachee.id)
        found = [one for one in found if one.lines]
        return sorted(found, key=lambda one: (one.start, one.id), reverse=True)
