"""Drafts on the screen: where a form was opened from, and going there again."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.worker import NoActiveWorker, get_current_worker

from coach_tui.presentation.dates import MONTHS, WEEKDAYS
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session

if TYPE_CHECKING:
    from coach_tui.coaching.drafting import Draft
    from coach_tui.widgets.fields import FieldRow

SCREENS = "coach_tui.screens."
"""Where the screens are that a draft may name."""


def origin() -> dict[str, str]:
    """Return where the form that is being made is opened from: the screen's place, its action.

    Known when the action is a worker of a `CoachScreen`, as every action that asks is; else empty.
    """
    try:
        worker = get_current_worker()
    except NoActiveWorker:
        return {}
    screen = worker.node
    if not isinstance(screen, CoachScreen):
        return {}
    return {**screen.draft_place(), "action": worker.name}


class FormDraft:
    """The draft of one form: kept while its answers differ from those it began with."""

    def __init__(self, title: str, place: Mapping[str, str]) -> None:
        """Name the form by its title and by where it was opened."""
        self._title, self._place = title, dict(place)
        self._session: Session | None = None

    @property
    def key(self) -> str:
        """The same for the same form about the same record, wherever the cursor stood."""
        place = {name: value for name, value in self._place.items() if name != "field"}
        return json.dumps([self._title, sorted(place.items())])

    def begin(self, session: Session | None, rows: Sequence[FieldRow]) -> str:
        """Fill in what was taken up again; returns the words that say so, empty for none."""
        self._session = session
        draft = None if session is None else session.drafts.waiting(self.key)
        if session is None or draft is None:
            return ""
        texts = {name: text for name, _, text in draft.fields}
        for row in rows:
            if row.field.name in texts:
                row.fill(texts[row.field.name])
        at = written(session.clock.local(draft.at))
        return f"As you left it on {at}; it is not saved yet"

    def changed(self, rows: Sequence[FieldRow]) -> None:
        """Keep the answers that are others than at the beginning; nothing when there are none."""
        if self._session is None:
            return
        changed = [row for row in rows if row.is_changed]
        if not changed:
            self.drop()
            return
        fields = [(row.field.name, row.field.label, row.value) for row in changed]
        self._session.drafts.keep(self.key, self._title, fields, self._place)

    def drop(self) -> None:
        """Forget it: saved, or thrown away on purpose."""
        if self._session is not None:
            self._session.drafts.drop(self.key)


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
