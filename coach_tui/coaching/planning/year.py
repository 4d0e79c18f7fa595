"""The school calendar as the coach edits it: days off, early release, bells, travel, busy times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.records import DateSpan, Period, SchoolCalendar
from coach_tui.domain.records.base import LONGEST_NAME
from coach_tui.exchange.calendars.district import EARLY, OFF, OTHER, DistrictDay, read_district

__all__ = ["EARLY", "OFF", "OTHER", "DistrictDay", "SchoolYears"]


class SchoolYears:
    """Verbs about the one school calendar. Each raises `ValueError` and changes nothing when the
    result would break a rule of the calendar.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def calendar(self) -> SchoolCalendar:
        """Return the school calendar; raises `ValueError` when there is none yet."""
        found = next(iter(self._ledger.store.all(SchoolCalendar)), None)
        if found is None:
            raise ValueError("there is no school calendar yet: press Y to set up your school year")
        return found

    def add_days_off(self, spans: Iterable[DateSpan]) -> int:
        """Add days off, such as a snow day; returns how many were new.

        Days that are off already, whatever they are called, are left as they are.
        """
        calendar = self._afresh()
        off = list(calendar.days_off)
        new = [span for span in spans if not any(_covers(one, span) for one in off)]
        if new:
            ordered = sorted([*off, *new], key=lambda one: (one.first, one.last))
            what = new[0].label or str(new[0].first)
            words = f"Days off: {what}" if len(new) == 1 else f"{len(new)} days off"
            self._ledger.save(words, calendar.changed(days_off=tuple(ordered)))
        return len(new)

    def hold_school(self, day: date) -> None:
        """Take `day` out of the days off: school is held after all."""
        calendar = self._afresh()
        off = [part for span in calendar.days_off for part in _without(span, day)]
        self._ledger.save(f"School on {day}", calendar.changed(days_off=tuple(off)))

    def set_early_release(
        self, days: Sequence[date], at: time | None, shown: SchoolCalendar | None = None
    ) -> None:
        """Say on which days school ends early, and when; raises `Conflict` when another session
        changed the calendar since it was `shown`.
        """
        calendar = shown or self._afresh()
        changed = calendar.changed(early_release=tuple(sorted(set(days))), early_release_at=at)
        self._ledger.save("Early-release days", changed)

    def set_bells(
        self, building: str, periods: Sequence[Period], shown: SchoolCalendar | None = None
    ) -> None:
        """Replace the bell schedule of a building; an empty name is the one of all buildings."""
        calendar = shown or self._afresh()
        here = building.casefold().strip()
        others = [one for one in calendar.periods if one.building.casefold().strip() != here]
        changed = calendar.changed(periods=(*others, *periods))
        self._ledger.save(f"Bell schedule {building}".strip(), changed)

    def set_surroundings(
        self, travel_minutes: int, busy_from: str, shown: SchoolCalendar | None = None
    ) -> None:
        """Say what a change of building takes, and where busy times are read from."""
        calendar = shown or self._afresh()
        changed = calendar.changed(travel_minutes=travel_minutes, busy_from=busy_from.strip())
        self._ledger.save("Travel and busy times", changed)

    def district(self, path: str) -> list[DistrictDay]:
        """Return what a district's calendar file says of this school year.

        Raises `ExchangeError` for a file that is no calendar.
        """
        return self.reading_district(path)()

    def reading_district(self, path: str) -> Callable[[], list[DistrictDay]]:
        """Return what reads a district's calendar as `district` does, in any thread."""
        calendar = self.calendar()
        first, last = calendar.first_day, calendar.last_day
        return lambda: read_district(path, first, last)

    def take_district(self, days: Iterable[DistrictDay]) -> tuple[int, int]:
        """Add the district's days off and early releases; returns how many of each were new."""
        calendar = self._afresh()
        off, early = list(calendar.days_off), set(calendar.early_release)
        before = len(off), len(early)
        for one in days:
            span = DateSpan(first=one.first, last=one.last, label=_name_of(one.label))
            if one.kind == OFF and not any(_covers(known, span) for known in off):
                off.append(span)
            if one.kind == EARLY:
                early.add(one.first)
        new = len(off) - before[0], len(early) - before[1]
        if any(new):
            changed = calendar.changed(
                days_off=tuple(sorted(off, key=lambda one: (one.first, one.last))),
                early_release=tuple(sorted(early)),
            )
            self._ledger.save("Days of the district's calendar", changed)
        return new

    def _afresh(self) -> SchoolCalendar:
        self._ledger.poll()
        return self.calendar()


def _name_of(label: str) -> str:
    """Return what another calendar calls a day, as long as a name can be."""
    return label if len(label) <= LONGEST_NAME else f"{label[: LONGEST_NAME - 1]}…"


def _covers(one: DateSpan, other: DateSpan) -> bool:
    return one.first <= other.first and other.last <= one.last


def _without(span: DateSpan, day: date) -> list[DateSpan]:
    """Return what is left of a span of days off when school is held on `day`."""
    if not span.first <= day <= span.last:
        return [span]
    parts = []
    if span.first < day:
        parts.append(span.changed(last=date.fromordinal(day.toordinal() - 1)))
    if day < span.last:
        parts.append(span.changed(first=date.fromordinal(day.toordinal() + 1)))
    return parts
