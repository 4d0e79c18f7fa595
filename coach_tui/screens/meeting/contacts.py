"""Asking for a contact: with a teacher or a team, or one of the coach's own."""

from __future__ import annotations

from typing import Any

from coach_tui.coaching.contacts import OF_HER_OWN, WITH_A_TEACHER
from coach_tui.coaching.questions import Question
from coach_tui.domain.enumerations import CoacheeKind, ContactKind
from coach_tui.domain.records import Coachee, Contact
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_count, read_date, read_list
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.screens.meeting.sheet import read_bank
from coach_tui.widgets.field import Field

LONGEST = 1440


async def ask_contact(
    screen: CoachScreen,
    coachee: Coachee | None,
    contact: Contact | None = None,
    kind: ContactKind | None = None,
) -> bool:
    """Ask for a contact and save it; returns whether anything was saved.

    `coachee` is None for one of the coach's own; `contact` the one to correct; `kind` what a new
    one is proposed to be.
    """
    today = screen.session.today()

    async def save(answers: Answers) -> None:
        fields: dict[str, Any] = {
            "minutes": read_count(answers["minutes"], LONGEST),
            "channel": answers["channel"],
            "note": answers["note"],
        }
        if "present" in answers:
            fields["present"] = read_list(answers["present"], ";")
        day, chosen = read_date(answers["day"], today), ContactKind(answers["kind"])
        if contact is None:
            await screen.session.perform(
                lambda desk: desk.contacts.add(chosen, day, coachee, **fields)
            )
        else:
            await screen.session.perform(
                lambda desk: desk.contacts.edit(contact, kind=chosen, date=day, **fields)
            )

    asked = (await read_bank(screen.session)).of("contact")
    whom = "Your own contact" if coachee is None else f"A contact with {coachee.name}"
    form = Form(
        whom,
        _fields(coachee, contact, kind),
        lambda answers: _problems(screen, answers),
        save=save,
        intro=_intro(coachee, asked),
        keymap=screen.session.settings.keys,
    )
    return await screen.app.push_screen_wait(form) is not None


def _fields(
    coachee: Coachee | None, contact: Contact | None, kind: ContactKind | None
) -> list[Field]:
    team = coachee is not None and coachee.kind is CoacheeKind.TEAM
    usual = ContactKind.TEAM_MEETING if team else ContactKind.CHECK_IN
    kinds = OF_HER_OWN if coachee is None else WITH_A_TEACHER
    proposed = kind or (kinds[0] if coachee is None else usual)
    fields = [
        Field(
            "kind",
            "Kind",
            (contact.kind if contact else proposed).value,
            tuple(one.value for one in kinds),
        ),
        Field("day", "On", dates.full(contact.date) if contact else "today"),
        Field("minutes", "Minutes", str(contact.minutes) if contact else "", hint="how long"),
        Field("channel", "How", contact.channel if contact else "", hint="in person, a call ..."),
        Field("note", "Note", contact.note if contact else "", lines=4),
    ]
    if team and coachee is not None:
        present = coachee.members if contact is None else contact.present
        fields.insert(4, Field("present", "Who was there", "; ".join(present)))
    return fields


def _intro(coachee: Coachee | None, asked: tuple[Question, ...]) -> str:
    if coachee is None:
        return "Every coach needs a mentor, a network, and support from outside."
    question = f" Ask: {asked[0].text}" if asked else ""
    return (
        "Planning, check-in and team meeting count as meetings; modeling, guided practice, "
        f"co-teaching and a peer visit as sessions.{question}"
    )


def _problems(screen: CoachScreen, answers: Answers) -> dict[str, str]:
    wrong: dict[str, str] = {}
    today = screen.session.today()
    try:
        if read_date(answers["day"], today) > today:
            wrong["day"] = "a contact is written down once it took place"
    except ValueError as error:
        wrong["day"] = str(error)
    try:
        read_count(answers["minutes"], LONGEST)
    except ValueError as error:
        wrong["minutes"] = str(error)
    return wrong
