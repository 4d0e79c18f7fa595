"""Asking for the coach and her school year: on the first run, and whenever it changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach_tui.coaching.setting_up import public_holidays, spans
from coach_tui.domain.enumerations import CoachRole
from coach_tui.domain.records.calendar import LONGEST_YEAR
from coach_tui.presentation.dates import weekday_words
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_date, read_span, read_weekdays
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.widgets.field import Field


async def ask_school_year(screen: CoachScreen) -> bool:
    """Ask, save, and derive the caseload again; returns whether anything was saved.

    The form begins with what is stored, or with a proposal. Public holidays are added to the days
    off when a place is named; the days off themselves are lines that can be changed.
    """
    today = screen.session.today()
    now = await screen.perform(lambda desk: desk.setting_up.as_it_stands())

    async def save(answers: Answers) -> None:
        year = read_year(answers, today)
        await screen.session.perform(lambda desk: desk.setting_up.begin(**year))

    form = Form(
        "You and your school year",
        [
            Field("name", "Your name", now.name),
            Field("role", "Role", now.role.value, tuple(role.value for role in CoachRole)),
            Field("first", "First school day", now.first.isoformat()),
            Field("last", "Last school day", now.last.isoformat()),
            Field("weekdays", "School weekdays", weekday_words(now.weekdays)),
            Field("holidays", "Public holidays", now.holidays_of, hint="to add: US, US-MO ..."),
            Field("breaks", "Days off, one a line", now.days_off, lines=5),
        ],
        lambda answers: problems(answers, today),
        save=save,
        intro="The school year decides what is due when. Y on the caseload changes it later.",
        keymap=screen.session.settings.keys,
    )
    if await screen.app.push_screen_wait(form) is None:
        return False
    await screen.session.refresh_caseload()
    return True


def read_year(answers: Answers, today: date) -> dict[str, Any]:
    """Return the answers as `SettingUp.begin` takes them; raises `ValueError`."""
    return {
        "name": answers["name"],
        "role": CoachRole(answers["role"]),
        "first": read_date(answers["first"], today),
        "last": read_date(answers["last"], today),
        "weekdays": read_weekdays(answers["weekdays"]),
        "holidays_of": answers["holidays"],
        "breaks": _read_breaks(answers["breaks"], today),
    }


def _read_breaks(text: str, today: date) -> list[tuple[date, date, str]]:
    return [read_span(line, today) for line in text.splitlines() if line.strip()]


def problems(answers: Answers, today: date) -> dict[str, str]:
    """Return what is wrong, by field, so that nothing half-right is saved."""
    wrong: dict[str, str] = {}
    if not answers["name"].strip():
        wrong["name"] = "please write your name"
    for name in ("first", "last"):
        try:
            read_date(answers[name], today)
        except ValueError as error:
            wrong[name] = str(error)
    try:
        read_weekdays(answers["weekdays"])
    except ValueError as error:
        wrong["weekdays"] = str(error)
    try:
        spans(_read_breaks(answers["breaks"], today))
    except ValueError as error:
        wrong["breaks"] = explain(error)
    if not wrong:
        wrong.update(_impossible_year(read_year(answers, today)))
    return wrong


def _impossible_year(year: dict[str, Any]) -> dict[str, str]:
    first, last = year["first"], year["last"]
    if last <= first:
        return {"last": "the school year ends after it begins"}
    if (last - first).days > LONGEST_YEAR:
        return {"last": f"a school year spans at most {LONGEST_YEAR} days"}
    try:
        if year["holidays_of"].strip():
            public_holidays(year["holidays_of"], first, last)
    except ValueError as error:
        return {"holidays": str(error)}
    return {}
