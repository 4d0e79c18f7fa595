"""The first run: the coach, her school year with its holidays (domain.md section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CoachRole
from coach_tui.domain.records import Coach, DateSpan, SchoolCalendar

PROPOSED_HOLIDAYS = "US"

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)

SUMMER_BEGINS = (6, 15)
"""Month and day from which the coming school year is proposed, and no longer the one that ends."""


def proposed_year(today: date) -> tuple[date, date]:
    """Return a first and last day to begin with: the last Monday of August to the first Friday
    from 5 June, of the school year that is running or, in summer, about to begin.
    """
    in_new_year = (today.month, today.day) >= SUMMER_BEGINS
    year = today.year if in_new_year else today.year - 1
    end_of_august, june = date(year, 8, 31), date(year + 1, 6, 5)
    first = end_of_august - timedelta(days=end_of_august.weekday())
    return first, june + timedelta(days=(4 - june.weekday()) % 7)


def proposed_breaks(first: date, last: date) -> tuple[DateSpan, ...]:
    """Return breaks to begin with, usual in US schools, of the year from `first` to `last`.

    Three days at Thanksgiving, two weeks at the turn of the year; the coach changes them.
    """
    november = date(first.year, 11, 1)
    thanksgiving = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
    christmas = date(first.year, 12, 25)
    monday = christmas - timedelta(days=christmas.weekday())
    spans = (
        DateSpan(
            first=thanksgiving - timedelta(days=1),
            last=thanksgiving + timedelta(days=1),
            label="Thanksgiving break",
        ),
        DateSpan(first=monday, last=monday + timedelta(days=11), label="Winter break"),
    )
    return tuple(span for span in spans if first <= span.first and span.last <= last)


def public_holidays(place: str, first: date, last: date) -> tuple[DateSpan, ...]:
    """Return the public holidays of `place` from `first` to `last`, in order, one span a day.

    `place` is a country, or a country and a state or province: `US`, `US-MO`, `CA-ON`. Weekends
    are left out: they are no school days anyway. Raises `ValueError` for an unknown place.
    """
    import holidays

    country, _, subdivision = place.strip().upper().partition("-")
    try:
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=range(first.year, last.year + 1)
        )
    except (NotImplementedError, TypeError):  # TypeError: a name of the library, but no country's
        raise ValueError(
            f"no holidays are known for {place!r}: write a country or country-state, such as US-MO"
        ) from None
    return tuple(
        DateSpan(first=day, last=day, label=str(name))
        for day, name in sorted(found.items())
        if first <= day <= last and day.weekday() < 5
    )


def spans(breaks: Iterable[tuple[date, date, str]]) -> tuple[DateSpan, ...]:
    """Return breaks - first day, last day, label - as records; raises `ValueError`."""
    return tuple(DateSpan(first=first, last=last, label=label) for first, last, label in breaks)


def _line(span: DateSpan) -> str:
    days = str(span.first) if span.first == span.last else f"{span.first} to {span.last}"
    return f"{days} {span.label}".strip()


@dataclass(frozen=True)
class SchoolYear:
    """The coach and her school year, as a form asks for them.

    `days_off` holds a break or a holiday a line; `holidays_of` names the place whose public
    holidays are to be added.
    """

    name: str
    role: CoachRole
    first: date
    last: date
    weekdays: tuple[int, ...]
    holidays_of: str
    days_off: str


class SettingUp:
    """Verbs of the first run and of the coach's own data."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    @property
    def coach(self) -> Coach | None:
        """The coach, None before the first run was finished."""
        return next(iter(self._ledger.store.all(Coach)), None)

    @property
    def calendar(self) -> SchoolCalendar | None:
        """The school calendar, None before the first run was finished."""
        return next(iter(self._ledger.store.all(SchoolCalendar)), None)

    def as_it_stands(self) -> SchoolYear:
        """Return the coach and her year as stored, or a proposal to begin with."""
        coach, calendar = self.coach, self.calendar
        first, last = proposed_year(self._ledger.today())
        days_off, holidays_of = proposed_breaks(first, last), PROPOSED_HOLIDAYS
        if calendar is not None:
            first, last, days_off = calendar.first_day, calendar.last_day, calendar.days_off
            holidays_of = ""
        return SchoolYear(
            name="" if coach is None else coach.name,
            role=CoachRole.INSTRUCTIONAL_COACH if coach is None else coach.role,
            first=first,
            last=last,
            weekdays=MONDAY_TO_FRIDAY if calendar is None else calendar.weekdays,
            holidays_of=holidays_of,
            days_off="\n".join(_line(span) for span in days_off),
        )

    def begin(
        self,
        name: str,
        role: CoachRole,
        first: date,
        last: date,
        holidays_of: str,
        breaks: Iterable[tuple[date, date, str]],
        weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY,
    ) -> None:
        """Save the coach and the school year in one transaction, replacing what was there.

        Raises `ValueError` (pydantic's own included) when the name is empty, the year is not one,
        or the place of the holidays is unknown; then nothing was changed.
        """
        now = self._ledger.clock.now()
        coach = self.coach or Coach(id="coach", created_at=now, updated_at=now, name=name)
        calendar = self.calendar or SchoolCalendar(
            id="calendar", created_at=now, updated_at=now, first_day=first, last_day=last
        )
        # The year is checked before holidays are looked up: a typo could name a thousand years.
        year = calendar.changed(first_day=first, last_day=last, weekdays=weekdays)
        own = spans(breaks)
        holidays = public_holidays(holidays_of, first, last) if holidays_of.strip() else ()
        off = [
            *own,
            *(day for day in holidays if not any(s.first <= day.first <= s.last for s in own)),
        ]
        year = year.changed(
            days_off=tuple(sorted(off, key=lambda span: span.first)),
            holidays_of=holidays_of.strip().upper() or year.holidays_of,
        )
        self._ledger.save("Set up", coach.changed(name=name, role=role), year)
