"""Drafts on the screen: where a form was opened from, and going there again."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from textual.worker import NoActiveWorker, get_current_worker

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.dates import MONTHS, WEEKDAYS
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.merge import Clash
from coach_tui.screens.session import Session

if TYPE_CHECKING:
    from coach_tui.coaching.drafting import Draft
    from coach_tui.widgets.field import Field

SCREENS = "coach_tui.screens."
"""Where the screens are that a draft may name."""


MAYBE_SAVED = "it was just being saved: look whether it stands there before you save it again"
"""What is said of a text whose save had begun when the app was killed."""


def asking() -> tuple[CoachScreen, str] | None:
    """Return the screen and the action that make a form now.

    Known when the action is a worker of a `CoachScreen`, as every action that asks is.
    """
    try:
        worker = get_current_worker()
    except NoActiveWorker:
        return None
    screen = worker.node
    return (screen, worker.name) if isinstance(screen, CoachScreen) else None


class Answer(Protocol):
    """One answer of a form: what it is asked as, what it began with, and what it is now."""

    field: Field
    initial: str

    @property
    def separator(self) -> str | None:
        """What joins two answers into one; None where only one can be given."""

    @property
    def is_changed(self) -> bool:
        """Whether the answer is another than the one it began with."""

    @property
    def value(self) -> str:
        """What was answered, as text."""

    def fill(self, text: str) -> None:
        """Answer with `text`."""


class FormDraft:
    """The draft of one form: kept while its answers differ from those it began with."""

    def __init__(self, title: str) -> None:
        """Name the form that is being made by its title and by where it is opened from."""
        self._title, self._asking = title, asking()
        self._place: dict[str, str] = {}
        if self._asking is not None:
            screen, action = self._asking
            self._place = {**_place_of(screen, action), "action": action}
        self._session: Session | None = None

    @property
    def key(self) -> str:
        """The same for the same form about the same record, wherever the cursor stood."""
        place = {name: value for name, value in self._place.items() if name != "field"}
        return json.dumps([self._title, sorted(place.items())])

    def begin(self, session: Session, rows: Sequence[Answer]) -> tuple[str, list[Clash]]:
        """Fill in what was taken up again.

        Returns the words that say so, empty for none, and the fields that were changed here and
        elsewhere: these hold what was typed here.
        """
        self._session = session
        draft = session.drafts.waiting(self.key)
        if draft is None:
            return "", []
        typed = {name: text for name, _, text in draft.fields}
        clashes = []
        for row in rows:
            name, theirs = row.field.name, row.initial
            if name not in typed:
                continue
            mine = typed[name]
            row.fill(mine)
            if theirs not in (mine, draft.begun_from.get(name, theirs)):
                clashes.append(Clash(name, row.field.label, mine, theirs, row.separator))
        return self._words(draft, rows), clashes

    def _words(self, draft: Draft, rows: Sequence[Answer]) -> str:
        stored = {row.field.name: row.initial for row in rows}
        if all(stored.get(name) == text for name, _, text in draft.fields):
            return "This was saved already: what is stored says the same"
        at = written(draft.at if self._session is None else self._session.clock.local(draft.at))
        return f"As typed on {at}; {MAYBE_SAVED if draft.saving else 'not saved yet'}"

    def changed(self, rows: Sequence[Answer]) -> None:
        """Keep the answers that are others than at the beginning; nothing when there are none."""
        if self._session is None:
            return
        changed = [row for row in rows if row.is_changed]
        if not changed:
            self.drop()
            return
        fields = [(row.field.name, row.field.label, row.value) for row in changed]
        before = {row.field.name: row.initial for row in changed}
        self._session.drafts.keep(self.key, self._title, fields, self._place, before)

    def can_begin_again(self) -> bool:
        """Whether the form can be opened anew over what is stored now."""
        return (
            self._session is not None
            and self._asking is not None
            and begin_again(*self._asking) is not None
        )

    def begin_again(self) -> None:
        """Open the form anew, with what was typed, over what is stored now."""
        if self._session is None or self._asking is None:
            return
        self._session.drafts.wait_again(self.key)
        screen, name = self._asking
        place = self._place

        async def begin() -> None:
            await screen.resume(place)
            action = begin_again(screen, name)
            if action is not None:
                action()

        screen.call_after_refresh(begin)

    async def mark(self, *, saving: bool) -> None:
        """Note that its save begins, or that it was refused; no trouble with it is in the way."""
        if self._session is not None:
            drafts = self._session.drafts
            with suppress(*REFUSALS):
                await self._session.perform(lambda desk: drafts.mark(self.key, saving=saving))

    def drop(self) -> None:
        """Forget it: saved, or thrown away on purpose."""
        if self._session is not None:
            self._session.drafts.drop(self.key)


def _place_of(screen: CoachScreen, action: str) -> dict[str, str]:
    """Return where an action is begun again: where the screen says, if that can do it too."""
    place = screen.draft_place()
    return place if hasattr(kind_of(place), action) else screen.own_place()


def begin_again(screen: CoachScreen, action: str) -> Callable[[], object] | None:
    """Return what begins an action of `screen` once more; None when it needs to be told more."""
    method = getattr(screen, action, None) if action else None
    if method is None:
        return None
    wanted = inspect.signature(method).parameters.values()
    return method if all(one.default is not inspect.Parameter.empty for one in wanted) else None


def kind_of(place: Mapping[str, str]) -> type[CoachScreen] | None:
    """Return the screen that a draft's place names, None when there is none of this name."""
    module, _, name = place.get("screen", "").partition(":")
    if not module.startswith(SCREENS):
        return None
    try:
        kind = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
    return kind if isinstance(kind, type) and issubclass(kind, CoachScreen) else None


def written(at: datetime) -> str:
    """Return when something was typed, in local time: `Mon 23 Nov 14:03`."""
    return f"{WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H:%M}"


def said(draft: Draft) -> str:
    """Return the draft as plain text: what it was, and each field that holds words."""
    parts = [draft.title]
    for _, label, text in draft.fields:
        if label and text.strip():
            parts.append(f"{label}: {text}" if "\n" not in text else f"{label}:\n{text}")
    return "\n".join(parts) + "\n"
