"""The calendar's commands, and those of planning and of what is proposed. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

CALENDAR = (
    Command("calendar.open", "enter", "Open", "What can be done with the entry", footer=True),
    Command(
        "calendar.plan",
        "a",
        "Plan",
        "Plan the visit that is due, or somebody on this day",
        footer=True,
    ),
    Command("calendar.view", "w", "View", "Month, week, agenda; the day stays", footer=True),
    Command("calendar.catch_up", "c", "Catch up", "A week that clears what is due", footer=True),
    Command("calendar.choose", "tab", "Entry", "The next entry of the day", footer=True),
    Command("calendar.choose_back", "shift+tab", "Entry before", "The entry before"),
    Command("calendar.left", "h,left", "Day before", "One day back"),
    Command("calendar.right", "l,right", "Day after", "One day on"),
    Command("calendar.up", "k,up", "Up", "A week back; in the week, a period up"),
    Command("calendar.down", "j,down", "Down", "A week on; in the week, a period down"),
    Command("calendar.following", "n,pagedown", "Next", "The next month or week"),
    Command("calendar.preceding", "p,pageup", "Previous", "The month or week before"),
    Command("calendar.today", "t", "Today", "Back to today"),
    Command("calendar.go_to", "g", "Go to", "Go to a date"),
    Command("calendar.retime", "e", "Time", "Say at what time the entry is"),
    Command("calendar.day_earlier", "shift+left", "Day earlier", "Move the entry a day back"),
    Command("calendar.day_later", "shift+right", "Day later", "Move the entry a day on"),
    Command("calendar.week_earlier", "shift+up", "Week earlier", "Move the entry a week back"),
    Command("calendar.week_later", "shift+down", "Week later", "Move the entry a week on"),
    Command("calendar.cancel", "x", "Cancel", "Cancel the cycle, with the reason"),
    Command("calendar.series", "S", "Series", "Plan visits over a term by their cadence"),
    Command("calendar.observe", "o", "Observe", "Write observation notes"),
    Command("calendar.meet", "m", "Meeting", "Record a feedback meeting and its action step"),
    Command("calendar.duty", "d", "Other duty", "Something else that takes your time"),
    Command("calendar.time_share", "T", "Your time", "Your hours by week: coaching and other"),
    Command("calendar.building", "b", "Building", "The bells of the next building"),
    Command("calendar.year", "Y", "School year", "Days off, snow day, bells, district file"),
    Command("calendar.send", "I", "iCalendar", "Write a file for other calendars"),
)

PLAN = (
    Command("plan.save", "enter,ctrl+s", "Save", "Take the time as it was understood"),
    Command("plan.cancel", "escape", "Cancel", "Close without planning"),
    Command("plan.suggest", "down", "Suggestion", "The next free time that is suggested"),
    Command("plan.suggest_back", "up", "Suggestion before", "The suggestion before"),
    Command("plan.drop", "f4", "Cancel the cycle", "Cancel the cycle, with the reason"),
)

PROPOSED = (
    Command("proposed.accept", "enter,space", "Accept", "Accept this one", footer=True),
    Command("proposed.accept_all", "A", "Accept all", "Accept all that are shown", footer=True),
    Command("proposed.following", "n", "Next week", "Propose the next week", footer=True),
    Command("proposed.preceding", "p", "Week before", "Propose the week before", footer=True),
    Command("proposed.back", "escape", "Back", "Leave the rest as it is", footer=True),
)

DISTRICT = (
    Command("district.kind", "space,enter", "Day off?", "Day off, early, or neither", footer=True),
    Command("district.take", "A,ctrl+s", "Take these", "Into your school calendar", footer=True),
    Command("district.back", "escape", "Back", "Leave without taking any", footer=True),
)

TIME_SHARE = (
    Command("time_share.following", "n", "Later", "Four weeks on", footer=True),
    Command("time_share.preceding", "p", "Earlier", "Four weeks back", footer=True),
    Command("time_share.back", "escape", "Back", "Back to the calendar", footer=True),
)

SEND = (
    Command("send.write", "enter,ctrl+s", "Write", "Write these to a file", footer=True),
    Command("send.names", "n", "Names", "With teachers' names, or neutral", footer=True),
    Command("send.own", "d", "Own duties", "With your other responsibilities", footer=True),
    Command("send.back", "escape", "Back", "Leave; nothing is written", footer=True),
)
