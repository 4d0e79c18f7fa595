"""What the form of a series of visits asks, and what its answers come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.planning.suggesting import building_of
from coach_tui.domain import cadence as cadences
from coach_tui.domain.planning.series import series
from coach_tui.presentation.dates import short
from coach_tui.presentation.phrases import read_when
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import plural
from coach_tui.screens.dialogs.form import Answers
from coach_tui.widgets.field import Field

LISTED = 12
"""Days of a series that are named before it is planned."""


class SeriesForm:
    """Visits to one coachee by a cadence, held against the days as they are known."""

    def __init__(self, days: Days, person: str) -> None:
        """Ask about visits to `person`."""
        self._days, self._person = days, person
        self._coachee = days.people[person]

    @property
    def title(self) -> str:
        """What the form is called."""
        return f"A series of visits: {self._coachee['name']}"

    def fields(self, first: date) -> list[Field]:
        """Return what is asked, beginning on `first`."""
        last, cadence = self._days.surroundings.school_days.last, str(self._coachee["cadence"])
        return [
            Field("cadence", "How often", cadence, hint="weekly, every 5 days"),
            Field("first", "From", first.isoformat()),
            Field("until", "Until", last.isoformat()),
            Field("time", "At", hint="p3, 10:15 25m; or nothing"),
        ]

    def wrong(self, answers: Answers) -> dict[str, str]:
        """Return what is wrong, by field."""
        today = self._days.today
        readers: dict[str, Callable[[str], object]] = {
            "cadence": cadences.normalise,
            "first": lambda text: read_date(text, today),
            "until": lambda text: read_date(text, today),
            "time": self._time,
        }
        for name, read in readers.items():
            try:
                read(answers[name])
            except ValueError as error:
                return {name: str(error)}
        return {} if self.found(answers) else {"until": "there is no school day between these two"}

    def found(self, answers: Answers) -> list[date]:
        """Return the days of the series, from today on. Raises `ValueError`."""
        today = self._days.today
        first, until = read_date(answers["first"], today), read_date(answers["until"], today)
        school_days = self._days.surroundings.school_days
        return [
            day for day in series(answers["cadence"], first, until, school_days) if day >= today
        ]

    def time(self, answers: Answers) -> Time:
        """Return the time that every visit of it has. Raises `ValueError`."""
        return self._time(answers["time"])

    def told(self, answers: Answers) -> tuple[str, str]:
        """Return what saving does: in a few words, and the days."""
        found = self.found(answers)
        listed = ", ".join(short(day, self._days.today).strip() for day in found[:LISTED])
        more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
        words = f"Plan {plural(len(found), 'visit')} to {self._coachee['name']}"
        return words, f"{listed}{more}"

    def _time(self, text: str) -> Time:
        today = self._days.today
        if not text.strip():
            return Time(today)
        bells, building = self._days.surroundings.bells, building_of(self._days, self._person)
        when = read_when(text, today, bells, building, day=today)
        return Time(when.day, when.start, when.minutes, when.period)
