"""The line being typed as a draft, and coming back to it after any death."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Self

from coach_tui.coaching.script_lines import Line, as_typed
from coach_tui.domain.records import Observation
from coach_tui.screens.base import NotDone
from coach_tui.screens.keeping import NOTES
from coach_tui.screens.observe.in_editor import InEditor
from coach_tui.screens.observe.typing import HalfTyped
from coach_tui.screens.observe.watching import Borrowed, Opening
from coach_tui.screens.session import Session

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk


class DraftedLine(InEditor):
    """What stands in the input, where the cursor is and when the line was begun outlive the app.

    While an observation can be written in, there is a draft of it, empty or not: so the app comes
    back to it. Leaving and ending forget it.
    """

    _is_read = False
    _on_their_way = ""
    _taken_up = ""

    _asked_before: tuple[str, ...] = ()

    @property
    def _draft_key(self) -> str:
        """What the draft is called: there is one of the notes that can be written in.

        Old notes of the same teacher, in which a line is edited, have one of their own.
        """
        key = f"{NOTES}{self._coachee.id}"
        return key if self.is_open else f"{key}:{self._observation_id}"

    @property
    def _draft_keys(self) -> tuple[str, str]:
        key = f"{NOTES}{self._coachee.id}"
        return key, f"{key}:{self._observation_id}"

    def draft_place(self) -> dict[str, str]:
        """Say whose observation this is, and which, once it has begun."""
        return {
            **super().draft_place(),
            "coachee": self._coachee.id,
            "observation": self._observation_id or "",
            "because": "" if self._observation_id else self._because,
        }

    def history_of(self) -> tuple[str, str, str] | None:
        """Return this observation, once it has begun."""
        if self._observation_id is None:
            return None
        return f"notes on {self._coachee.name}", "observations", self._observation_id

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of an observation again; raises what a verb raises when it is gone.

        One that had not begun may have begun elsewhere since; one that has ended since takes the
        line all the same.
        """

        def find(desk: Desk) -> Opening:
            coachee = desk.coachees.get(place.get("coachee", ""))
            named = place.get("observation", "")
            found = desk.observing.find(named) if named else desk.observing.running(coachee.id)
            ended = found is not None and found.end is not None
            adding = ended and not place.get("reading")
            id = None if found is None else found.id
            return Opening(coachee, id, place.get("because", ""), adding=adding)

        return cls(session, await session.perform(find))

    def keep_draft(self) -> None:
        """Keep what stands there now; returns at once."""
        if not self._is_read:
            return
        asked, (text, cursor, begun, dismissed) = self._asked(), self._half_typed()
        if not self.is_open and not asked:
            self.session.drafts.drop(self._draft_key)
            return
        waiting = [
            [one.begun.isoformat(), self.reader.written(one.typed), one.dismissed]
            for one in self._waiting
        ]
        fields = (
            ("text", "Line", text),
            ("cursor", "", str(cursor)),
            ("begun", "", begun.isoformat() if begun else ""),
            ("dismissed", "", json.dumps(dismissed) if dismissed else ""),
            ("waiting", "", json.dumps(waiting) if waiting else ""),
            ("asked", "", json.dumps(asked) if asked else ""),
            ("answer", "Being edited", self.line.value if asked else ""),
            ("answer_cursor", "", str(self.line.cursor_position) if asked else ""),
            ("answer_dismissed", "", json.dumps(self.dismissed) if asked else ""),
        )
        title = f"Notes on {self._coachee.name}"
        place = self.draft_place() if self.is_open else {**self.draft_place(), "reading": "yes"}
        self.session.drafts.keep(self._draft_key, title, fields, place)

    def _half_typed(self) -> HalfTyped:
        """Return the line that is being typed, also while the input is used for something else."""
        if self._borrowed is not None:
            return self._put_by
        return HalfTyped(self.line.value, self.line.cursor_position, self._begun, self.dismissed)

    def _asked(self) -> tuple[str, ...]:
        """Return what is asked for in the input and has an answer that is not stored yet."""
        use = self._borrowed
        return use.kept if use is not None and use.is_changed(self.line.value) else ()

    def forget_draft(self) -> None:
        """Forget it: what was typed is saved."""
        for key in self._draft_keys:
            self.session.drafts.drop(key)

    def take_up_draft(self) -> None:
        """Put what was typed before the app died back where it was: before any key comes."""
        waiting = (self.session.drafts.waiting(key) for key in self._draft_keys)
        draft = next((one for one in waiting if one is not None), None)
        if draft is None:
            return
        fields = {name: text for name, _, text in draft.fields}
        begun = fields.get("begun", "")
        with suppress(ValueError):
            self._begun = datetime.fromisoformat(begun) if begun else None
        self.dismissed = _words(fields.get("dismissed", ""))
        self._taken_up = fields.get("text", "")
        self.line.hold(self._taken_up, _cursor(fields.get("cursor", "")))
        self._on_their_way = fields.get("waiting", "")
        asked = fields.get("asked", "")
        if asked:
            self._asked_before = tuple(json.loads(asked))
            cursor = _cursor(fields.get("answer_cursor", ""))
            said_no = _words(fields.get("answer_dismissed", ""))
            answer = fields.get("answer", "")
            self.lend_line(Borrowed("", answer, _not_yet, cursor, dismissed=said_no))

    async def resume(self, place: Mapping[str, str]) -> None:
        """Take up a draft that was found after a key had opened these notes: nothing is lost."""
        if not any(self.session.drafts.is_waiting(key) for key in self._draft_keys):
            return
        self.give_line_back()
        typed = self.line.value
        self.take_up_draft()
        if self.line.value != typed and typed:
            self.line.hold(f"{self._half_typed()[0]} {typed}")
        if self._is_read:
            self.take_up_lines()

    def take_up_lines(self) -> None:
        """Go on saving the lines that were on their way, once it is known which arrived."""
        self._is_read = True
        self._forget_saved(self._observation)
        waiting, self._on_their_way = self._on_their_way, ""
        self._waiting[:0] = self._not_saved(waiting, self._observation)
        if self._waiting:
            self.show_all()
            self._save_waiting()
        if self._asked_before:
            self.ask_again(self._asked_before, self.line.value, self.line.cursor_position)

    def _forget_saved(self, seen: Observation | None) -> None:
        """Let go of a half-typed line that was finished and saved after the draft was written.

        It is known by the moment it was begun. A full disk can keep a newer draft away.
        """
        text, _, begun, _ = self._half_typed()
        saved = seen is not None and any(line.time == begun for line in seen.lines)
        if not saved or text != self._taken_up:
            return
        if self._borrowed is None:
            self.line.hold("")
            self._begun = None
        else:
            self._put_by = HalfTyped()

    def _not_saved(self, waiting: str, seen: Observation | None) -> list[Line]:
        """Return the lines that were on their way when the app died, but for those that arrived."""
        there = {(line.time, as_typed(line).text) for line in (seen.lines if seen else ())}
        found = []
        for begun, text, *dismissed in json.loads(waiting) if waiting else ():
            said_no = tuple(dismissed[0]) if dismissed else ()
            line = self.line_of(text, datetime.fromisoformat(begun), said_no)
            if (line.begun, line.typed.text) not in there:
                found.append(line)
        return found


def _cursor(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


async def _not_yet(answer: str) -> str:
    """Take no answer: the line it is about is being read."""
    raise NotDone
