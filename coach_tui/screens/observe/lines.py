"""What one key does with a finished line: tag, join, take out, move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from coach_tui.coaching.script_lines import as_typed
from coach_tui.domain.records import NoteLine
from coach_tui.domain.scripting.names import GROUP, LOOK_FOR
from coach_tui.presentation.text import cut
from coach_tui.screens.base import NotDone
from coach_tui.screens.observe.editing import Editing
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.script_view import ScriptView

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Observation

TAG_KEYS = {"p": "praise", "r": "probe", "g": "goal", "s": "step", "c": "celebrate"}


class Lines(Editing):
    """Up goes to the finished lines; what is half typed stays where it is."""

    _tagging = False

    def action_lines(self) -> None:
        """Go up to the finished lines."""
        if self.script.chosen is None:
            self.script.choose_last()
        self.script.focus()
        self.call_after_refresh(self._bring_chosen_into_view)
        self.call_after_refresh(self.say)

    def _bring_chosen_into_view(self) -> None:
        """Show the chosen line: the script went to its newest while the input had the focus."""
        chosen = self.script.chosen
        if chosen is not None and self.script.has_focus:
            self.script.choose_id(chosen.id)

    @on(ScriptView.PastEnd)
    def to_the_line(self) -> None:
        """Go back down to the line being typed, where one can be typed."""
        if self.is_open:
            self.line.focus()
            self.call_after_refresh(self.script.scroll_end, animate=False)
            self.call_after_refresh(self.say)

    def _changed_line(self) -> NoteLine:
        """Return the chosen line; raises `NotDone` when it cannot be changed."""
        chosen = self.to_change()
        if chosen is None:
            raise NotDone
        return chosen

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_join(self) -> None:
        """Join the chosen line and the next."""
        chosen = self._changed_line()
        await self.record(lambda desk, id: desk.scripts.join(id, chosen.id, self.reader.marks_of))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_delete(self) -> None:
        """Take the chosen line out; undo brings it back."""
        chosen = self._changed_line()
        await self.record(lambda desk, id: desk.scripts.delete(id, chosen.id))
        self.tell(f"Taken out: {cut(chosen.text, 40)} · u brings it back")

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_earlier(self) -> None:
        """Move the chosen line before the one above; it keeps its time."""
        await self._move(-1)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_later(self) -> None:
        """Move the chosen line after the one below; it keeps its time."""
        await self._move(1)

    async def _move(self, by: int) -> None:
        chosen = self._changed_line()
        await self.record(lambda desk, id: desk.scripts.move(id, chosen.id, by))

    # ----------------------------------------------------------------------------------- tags

    def action_tag(self) -> None:
        """Listen for the key of a tag."""
        if self.is_among_lines and self.to_change() is not None:
            self._tagging = True
            self.script.takes_next_key = True
            self.say()

    def tagging_words(self) -> str | None:
        """Return which key is which tag, while one is listened for."""
        if not self._tagging:
            return None
        named = " · l group or look-for" if len(self.reader.names.by_handle) > len(TAG_KEYS) else ""
        return " · ".join(f"{key} {tag}" for key, tag in TAG_KEYS.items()) + named

    @on(ScriptView.NextKey)
    def _take_tag(self, event: ScriptView.NextKey) -> None:
        self._tagging = False
        self.say()
        if event.key in TAG_KEYS:
            self._toggle_tag(TAG_KEYS[event.key], "")
        elif event.key == "l":
            self._pick_label()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _pick_label(self) -> None:
        from coach_tui.screens.dialogs.choice import Pick

        labels = [(name, kind) for kind, name in self.reader.names.by_handle.values() if name]
        if not labels:
            self.tell("No priority groups and no look-fors are named for this teacher")
            return
        options = [
            (str(n), f"{name} ({'group' if kind == GROUP else 'look-for'})")
            for n, (name, kind) in enumerate(labels)
        ]
        picked = await self.app.push_screen_wait(Pick("Tag the line with", options, ""))
        if picked is not None:
            label, kind = labels[int(picked)]
            await self._retag(kind if kind == GROUP else LOOK_FOR, label)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _toggle_tag(self, tag: str, label: str) -> None:
        await self._retag(tag, label)

    async def _retag(self, tag: str, label: str) -> None:
        chosen = self._changed_line()
        typed = as_typed(chosen)
        tags, labels = self.reader.names.toggled(typed.tags, typed.labels, tag, label)

        def retag(desk: Desk, id: str) -> Observation:
            return desk.scripts.retag(id, chosen.id, tags, labels)

        await self.record(retag)
