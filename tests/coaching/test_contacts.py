"""Contacts with a teacher and of the coach's own; the launch as a conversation."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from coach_tui.coaching.contacts import OF_HER_OWN, WITH_A_TEACHER
from coach_tui.domain.enumerations import (
    ContactKind,
    CountedAs,
    CriticalPractice,
    LaunchItem,
    Support,
)
from coach_tui.store.errors import Conflict
from tests.support import TODAY, add_launched, desk, hold_meeting

TOMORROW = date(2026, 11, 24)


def test_a_kind_counts_as_session_or_meeting_as_the_field_counts() -> None:
    """domain.md section 6: inside teaching practice, or a conversation."""
    assert {kind for kind in ContactKind if kind.counted_as is CountedAs.SESSION} == {
        *(ContactKind.MODELING, ContactKind.GUIDED_PRACTICE, ContactKind.CO_TEACHING),
        ContactKind.PEER_VISIT,
    }
    assert {kind for kind in ContactKind if kind.counted_as is CountedAs.MEETING} == {
        *(ContactKind.PLANNING, ContactKind.CHECK_IN, ContactKind.TEAM_MEETING),
    }
    assert not set(WITH_A_TEACHER) & set(OF_HER_OWN)
    assert ContactKind.OTHER_RESPONSIBILITY not in (*WITH_A_TEACHER, *OF_HER_OWN)


def test_a_contact_belongs_to_somebody_or_is_the_coachs_own() -> None:
    of = desk()
    ana = add_launched(of)
    planning = of.contacts.add(ContactKind.PLANNING, TODAY, ana, minutes=20, note="the unit")
    mentor = of.contacts.add(ContactKind.MENTOR, TODAY, None, channel="a call")
    assert of.contacts.of(ana.id) == [planning]
    assert of.contacts.own() == [mentor]
    assert planning.counted_as is CountedAs.MEETING
    assert mentor.counted_as is None
    for kind, whom in ((ContactKind.MENTOR, ana), (ContactKind.CHECK_IN, None)):
        with pytest.raises(ValidationError, match="does not fit who the contact was with"):
            of.contacts.add(kind, TODAY, whom)
    with pytest.raises(ValueError, match="is to come"):
        of.contacts.add(ContactKind.CHECK_IN, TOMORROW, ana)


def test_a_contact_is_corrected_as_it_was_shown() -> None:
    of = desk()
    ana = add_launched(of)
    shown = of.contacts.add(ContactKind.CHECK_IN, TODAY, ana)
    edited = of.contacts.edit(shown, kind=ContactKind.PLANNING, minutes=15)
    assert (edited.kind, edited.minutes) == (ContactKind.PLANNING, 15)
    with pytest.raises(Conflict):
        of.contacts.edit(shown, minutes=30)
    with pytest.raises(ValueError, match="is to come"):
        of.contacts.edit(edited, date=TOMORROW)


def test_modeling_within_a_cycle_is_one_of_its_critical_practices() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = hold_meeting(of, ana, TODAY)

    def modeling() -> bool:
        found = of.meetings.sheet(cycle.id).practices.practices
        return next(one.present for one in found if one.kind is CriticalPractice.MODELING)

    assert not modeling()
    contact = of.contacts.add(ContactKind.MODELING, TODAY, ana, minutes=25)
    assert contact.cycle == cycle.id
    assert modeling()
    assert of.cycling.of(ana.id)[0].supports == (Support.MODELING,)
    of.contacts.add(ContactKind.MODELING, TODAY, ana)
    assert of.cycling.of(ana.id)[0].supports == (Support.MODELING,)
    of.ledger.undo()
    of.ledger.undo()
    assert not modeling()
    assert of.contacts.of(ana.id) == []


def test_contacts_stand_in_the_timeline_with_what_they_count_as() -> None:
    of = desk()
    ana = add_launched(of)
    contact = of.contacts.add(ContactKind.CO_TEACHING, TODAY, ana, minutes=40, note="fractions")
    newest = of.timeline(ana)[0]
    assert (newest.title, newest.contact) == ("Co-teaching", contact.id)
    assert newest.detail == "40 min · counted as session · fractions"


def test_the_launch_is_noted_item_by_item_and_makes_nobody_active_by_itself() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    for item in LaunchItem:
        shown = of.coachees.get(ana.id).launch.items[item]
        ana = of.launching.note(ana.id, item, shown, note="said", done=True)
        with pytest.raises(ValueError, match="another session"):
            of.launching.note(ana.id, item, shown, note="old")
    assert ana.launch.date == TODAY
    assert of.launching.is_ready(ana)
    assert ana.state.value == "not_launched"
    told = of.launching.describe(ana.id, minutes=40, records_explained=True)
    assert (told.launch.minutes, told.launch.records_explained) == (40, True)
    with pytest.raises(ValueError, match="dated once it was held"):
        of.launching.describe(ana.id, date=TOMORROW)
