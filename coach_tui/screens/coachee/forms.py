"""The forms about a coachee: a new one, and one for each field of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from coach_tui.domain import cadence as cadences
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    Delivery,
    Enrollment,
    Structure,
)
from coach_tui.domain.records import Coachee, PriorityGroup
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


KINDS = {"teacher": "educator", "team": "team", "coach": "coach"}
"""Kinds as the field says them, and as they are stored (domain.md section 10)."""


def _kind_field(coachee: Coachee | None) -> Field:
    stored = "educator" if coachee is None else coachee.kind.value
    words = next(word for word, value in KINDS.items() if value == stored)
    return Field("kind", "Kind", words, tuple(KINDS))


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


ASKED: Mapping[str, Asked] = {
    "name": _words("name", "Name"),
    "kind": Asked(_kind_field, lambda text, coachee: CoacheeKind(KINDS[text])),
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
    if answers.get("members", "").strip() and answers.get("kind", "team") != "team":
        found["members"] = "only a team has members"
    labels = [line.rpartition(":")[0] or line for line in _group_lines(answers)]
    if len({label.strip().casefold() for label in labels}) < len(labels):
        found["priority_groups"] = "a priority group is named twice"
    return found


def _group_lines(answers: Answers) -> tuple[str, ...]:
    return read_list(answers.get("priority_groups", ""), "\n")


async def ask(screen: CoachScreen, title: str, names: tuple[str, ...], coachee: Coachee) -> bool:
    """Ask for the fields `names` and save what changed; returns whether anything was."""

    async def save(answers: Answers) -> None:
        read = read_answers(answers, coachee)
        changes = {name: value for name, value in read.items() if value != getattr(coachee, name)}
        if changes:
            await screen.session.perform(lambda desk: desk.coachees.edit(coachee, **changes))

    fields = [ASKED[name].field(coachee) for name in names]
    keymap = screen.session.settings.keys
    check = partial(problems, coachee=coachee)
    form = Form(title, fields, check, save=save, keymap=keymap)
    return await screen.app.push_screen_wait(form) is not None


async def ask_new(screen: CoachScreen) -> Coachee | None:
    """Ask for the first things to know about someone new, and put them on the caseload."""
    added: list[Coachee] = []

    async def save(answers: Answers) -> None:
        fields = read_answers(answers, None)
        added.append(await screen.session.perform(lambda desk: desk.coachees.add(**fields)))

    fields = [ASKED[name].field(None) for name in NEW]
    keymap = screen.session.settings.keys
    check = partial(problems, coachee=None)
    form = Form("Add a teacher or a team", fields, check, save=save, keymap=keymap)
    await screen.app.push_screen_wait(form)
    return added[0] if added else None


async def ask_changes(screen: CoachScreen, coachee: Coachee) -> bool:
    """Ask for changes of everything that is one line."""
    return await ask(screen, f"Edit {coachee.name}", EDIT, coachee)
