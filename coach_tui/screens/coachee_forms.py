"""The forms about a coachee: a new one, and one for each field of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach_tui.domain import cadence as cadences
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    Delivery,
    Enrollment,
    Structure,
)
from coach_tui.domain.records import Barrier, Coachee, PriorityGroup
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_list
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.widgets.field import Field


@dataclass(frozen=True)
class Asked:
    """How one field of a coachee is asked for: its form field, and how the answer is read."""

    field: Callable[[Coachee | None], Field]
    read: Callable[[str, Coachee | None], Any]


def _words(name: str, label: str, hint: str = "", lines: int = 1) -> Asked:
    def field(coachee: Coachee | None) -> Field:
        value = "" if coachee is None else str(getattr(coachee, name))
        return Field(name, label, value, hint=hint, lines=lines)

    return Asked(field, lambda text, coachee: text)


def _list(name: str, label: str, hint: str) -> Asked:
    def field(coachee: Coachee | None) -> Field:
        return Field(
            name, label, "" if coachee is None else "; ".join(getattr(coachee, name)), hint=hint
        )

    return Asked(field, lambda text, coachee: read_list(text, ";"))


def _choice(name: str, label: str, words: type[StrEnum], default: StrEnum) -> Asked:
    def field(coachee: Coachee | None) -> Field:
        value = default if coachee is None else getattr(coachee, name)
        return Field(name, label, value.value, choices=tuple(one.value for one in words))

    return Asked(field, lambda text, coachee: words(text))


def _groups_field(coachee: Coachee | None) -> Field:
    groups = () if coachee is None else coachee.priority_groups
    text = "\n".join(
        group.label if group.how_many is None else f"{group.label}: {group.how_many}"
        for group in groups
    )
    return Field("priority_groups", "One a line, how many", text, lines=6)


def _read_groups(text: str, coachee: Coachee | None) -> tuple[PriorityGroup, ...]:
    groups = []
    for line in read_list(text, "\n"):
        label, colon, number = line.rpartition(":")
        if colon and number.strip().isdecimal():
            groups.append(PriorityGroup(label=label, how_many=int(number)))
        else:
            groups.append(PriorityGroup(label=line))
    return tuple(groups)


def _barriers_field(coachee: Coachee | None) -> Field:
    barriers = () if coachee is None else coachee.barriers
    text = "\n".join(one.text for one in barriers if one.resolved_on is None)
    return Field("barriers", "One a line", text, lines=6)


def _read_barriers(text: str, coachee: Coachee | None) -> tuple[Barrier, ...]:
    known = () if coachee is None else coachee.barriers
    by_text = {one.text: one for one in known if one.resolved_on is None}
    resolved = tuple(one for one in known if one.resolved_on is not None)
    return resolved + tuple(by_text.get(line, Barrier(text=line)) for line in read_list(text, "\n"))


ASKED: Mapping[str, Asked] = {
    "name": _words("name", "Name"),
    "kind": _choice("kind", "Kind", CoacheeKind, CoacheeKind.EDUCATOR),
    "members": _list("members", "Members", "names, with ; between them"),
    "key": _words("key", "Roster id", "an employee id or e-mail, to know a roster's row again"),
    "building": _words("building", "Building"),
    "room": _words("room", "Room"),
    "grade_band": _words("grade_band", "Grades", "K-2, 6, 9-12 ..."),
    "content_areas": _list("content_areas", "Content areas", "with ; between them"),
    "periods": _list("periods", "Periods", "when observable, with ; between them"),
    "note": _words("note", "Note", lines=6),
    "structure": _choice("structure", "Structure", Structure, Structure.INDIVIDUAL),
    "change_level": _choice("change_level", "Change level", ChangeLevel, ChangeLevel.INDIVIDUAL),
    "enrollment": _choice("enrollment", "Enrollment", Enrollment, Enrollment.VOLUNTARY),
    "delivery": _choice("delivery", "Delivery", Delivery, Delivery.IN_PERSON),
    "cadence": Asked(
        lambda coachee: Field(
            "cadence",
            "Cadence",
            cadences.BIWEEKLY if coachee is None else coachee.cadence,
            hint="weekly, biweekly, monthly, every 3 school days",
        ),
        lambda text, coachee: cadences.normalise(text),
    ),
    "priority_groups": Asked(_groups_field, _read_groups),
    "barriers": Asked(_barriers_field, _read_barriers),
}
"""Every field of a coachee that a form can ask for, by its name."""

NEW = ("name", "kind", "building", "room", "grade_band", "content_areas", "cadence", "enrollment")
EDIT = (
    *("name", "kind", "members", "building", "room", "grade_band", "content_areas", "periods"),
    *("structure", "change_level", "enrollment", "delivery", "cadence"),
)


def read_answers(answers: Answers, coachee: Coachee | None) -> dict[str, Any]:
    """Return the fields that `answers` give; raises `ValueError` naming the field's problem."""
    return {name: ASKED[name].read(text, coachee) for name, text in answers.items()}


def problems(answers: Answers, coachee: Coachee | None) -> Mapping[str, str]:
    """Return what is wrong with the answers, by field."""
    found = {}
    for name, text in answers.items():
        try:
            ASKED[name].read(text, coachee)
        except ValueError as error:
            found[name] = explain(error)
    if "name" in answers and not answers["name"].strip():
        found["name"] = "a name is needed"
    if answers.get("members", "").strip() and answers.get("kind") != CoacheeKind.TEAM:
        found["members"] = "only a team has members"
    return found


async def ask(
    screen: CoachScreen, title: str, names: tuple[str, ...], coachee: Coachee | None
) -> dict[str, Any] | None:
    """Ask for the fields `names`; returns what changed, None when it was cancelled."""
    fields = [ASKED[name].field(coachee) for name in names]
    form = Form(
        title,
        fields,
        lambda answers: problems(answers, coachee),
        keymap=screen.session.settings.keys,
    )
    answers = await screen.app.push_screen_wait(form)
    if answers is None:
        return None
    read = read_answers(answers, coachee)
    if coachee is None:
        return read
    return {name: value for name, value in read.items() if value != getattr(coachee, name)}


async def ask_new(screen: CoachScreen) -> dict[str, Any] | None:
    """Ask for the first things to know about someone new."""
    return await ask(screen, "Add a teacher or a team", NEW, None)


async def ask_changes(screen: CoachScreen, coachee: Coachee) -> dict[str, Any] | None:
    """Ask for changes of everything that is one line."""
    return await ask(screen, f"Edit {coachee.name}", EDIT, coachee)
