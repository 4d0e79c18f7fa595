"""Self-assessment with a practice profile (SAPP, seed 004): of an educator, a team, the coach."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.profiles import Profiles
from coach_tui.domain.enumerations import AssessmentWindow, Party
from coach_tui.domain.names import plain
from coach_tui.domain.records import Coachee, PracticeProfile, SelfAssessedLevel, SelfAssessment
from coach_tui.exchange.assessments import AssessmentPlan, AssessmentRow, plan_assessments
from coach_tui.exchange.tables import read_table

WINDOWS = tuple(AssessmentWindow)


@dataclass(frozen=True)
class Assessed:
    """A self-assessment and its profile, None when that version is not known here."""

    assessment: SelfAssessment
    profile: PracticeProfile | None


class Assessing:
    """Verbs about self-assessment. `not looked at` is no level: such a function has None."""

    def __init__(self, ledger: Ledger, profiles: Profiles) -> None:
        """Save through `ledger`."""
        self._ledger, self._profiles = ledger, profiles

    def of(self, coachee: str | None) -> list[Assessed]:
        """Return the assessments of a coachee, or the coach's own for None, oldest first."""
        found = [one for one in self._ledger.store.all(SelfAssessment) if one.coachee == coachee]
        found.sort(key=lambda one: (one.date, WINDOWS.index(one.window), one.id))
        return [Assessed(one, self._profiles.find(one.profile, one.version)) for one in found]

    def save(
        self,
        coachee: str | None,
        profile: PracticeProfile,
        window: AssessmentWindow,
        day: date,
        levels: Mapping[str, str | None],
        *,
        named_by: Party = Party.TEACHER,
        note: str = "",
        shown: SelfAssessment | None = None,
    ) -> SelfAssessment:
        """Save an assessment; that of the same window of the same school year is replaced.

        `shown` is that one as the form showed it: raises `Conflict` when it was changed since.

        `levels` are by the key of their essential function. Raises `ValueError` for a day to
        come, a function or a level that the profile does not have, and where nothing was looked
        at.
        """
        if day > self._ledger.today():
            raise ValueError(f"an assessment is dated once it was made, and {day} is to come")
        assessment = self._made(coachee, profile, window, day, levels, named_by, note)
        if shown is not None and shown.id == assessment.id:
            assessment = assessment.changed(revision=shown.revision)
        self._ledger.save(
            f"Self-assessment, {window.value}", assessment, *self._profiles.to_keep(profile)
        )
        return self._ledger.store.require(SelfAssessment, assessment.id)

    def _made(
        self,
        coachee: str | None,
        profile: PracticeProfile,
        window: AssessmentWindow,
        day: date,
        levels: Mapping[str, str | None],
        named_by: Party,
        note: str,
    ) -> SelfAssessment:
        _check(profile, levels)
        now = self._ledger.clock.now()
        fields = {
            "date": day,
            "named_by": named_by,
            "levels": tuple(
                SelfAssessedLevel(function=key, level=level) for key, level in levels.items()
            ),
            "note": note,
        }
        there = self._there(coachee, profile, window, day)
        if there is not None:
            return there.changed(**fields)
        return SelfAssessment(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee,
            profile=profile.profile,
            version=profile.version,
            window=window,
            **fields,
        )

    def _there(
        self, coachee: str | None, profile: PracticeProfile, window: AssessmentWindow, day: date
    ) -> SelfAssessment | None:
        """Return the assessment that one of this window and year replaces."""
        for one in self._ledger.store.all(SelfAssessment):
            same = (one.coachee, one.profile, one.version, one.window)
            if same != (coachee, profile.profile, profile.version, window):
                continue
            if _school_year(one.date) == _school_year(day):
                return one
        return None

    def plan_import(self, path: str, profile: PracticeProfile) -> AssessmentPlan:
        """Say what a file of self-assessments would bring in; nothing is saved.

        Raises `ExchangeError` when there is no such file, or no table of them in it.
        """
        names: dict[str, list[str]] = {}
        for one in self._ledger.store.all(Coachee):
            for word in filter(None, (one.name, one.key)):
                names.setdefault(" ".join(word.casefold().split()), []).append(one.id)
        without_accents: dict[str, list[str]] = {}
        for name, ids in names.items():
            without_accents.setdefault(plain(name), []).extend(ids)
        table = read_table(os.path.expanduser(path))
        return plan_assessments(table, profile, {**without_accents, **names}, self._ledger.today())

    def is_there(self, row: AssessmentRow, profile: PracticeProfile) -> bool:
        """Whether there is an assessment that the row replaces."""
        return self._there(row.coachee, profile, row.window, row.day) is not None

    def take_in(self, plan: AssessmentPlan, profile: PracticeProfile) -> int:
        """Save what a plan brings in, in one transaction; returns how many assessments."""
        made: dict[str, SelfAssessment] = {}
        for row in plan.rows:
            one = self._made(
                row.coachee, profile, row.window, row.day, row.levels, Party.TEACHER, row.note
            )
            made[one.id] = one
        if made:
            self._ledger.save(
                "Import self-assessments", *made.values(), *self._profiles.to_keep(profile)
            )
        return len(made)


def _school_year(day: date) -> int:
    """Return the year in which the school year of a day begins, as July divides them."""
    return day.year if day.month >= 7 else day.year - 1


def _check(profile: PracticeProfile, levels: Mapping[str, str | None]) -> None:
    keys = {function.key for function in profile.functions}
    names = {level.name for level in profile.levels}
    for key, level in levels.items():
        if key not in keys:
            raise ValueError("the profile has no such essential function")
        if level is not None and level not in names:
            raise ValueError(f"the profile's levels are {', '.join(sorted(names))}")
    if not any(levels.values()):
        raise ValueError("name the level of one essential function at least")
