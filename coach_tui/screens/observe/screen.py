"""An observation: the script above, one line to type in below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.records import Observation
from coach_tui.presentation.errors import explain
from coach_tui.presentation.observing import stays_planned_words
from coach_tui.presentation.text import visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.observe.saving import THE_REST_AFTER
from coach_tui.screens.observe.saying import Saying
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.drawing import draw_now
from coach_tui.widgets.keyed_table import WIDE_FROM
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

ESCAPE_AGAIN = "Escape again leaves the notes; they go on until you end them"
"""What is said at the first of the two keys that leave notes which are being taken."""

LOOK_EVERY = 5.0
"""Seconds between looks at the clock: the screen changes once a minute."""

SMALL_BELOW = 70
"""Columns below which the summary takes the place of the script while it is shown."""


class ObserveScreen(Saying):
    """Nothing stands between the coach and the line she types.

    An observation that has ended is there to be read: keys move among its lines, and only a
    command goes on with it.
    """

    CSS_PATH = "observe.tcss"
    BINDINGS = bindings("observe", "asked", "script")
    PLACES = ("observe", "asked", "more", "script", "list", "app")
    AUTO_FOCUS = "#observe-input"
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (SMALL_BELOW, "-narrow"), (WIDE_FROM, "-wide")]

    def on_mount(self) -> None:
        """Read the observation, and the words of the check, off the event loop."""
        if self._stays_planned is not None:
            self.tell(stays_planned_words(self._stays_planned))
        self.take_up_draft()
        self.read_words()
        self._read()
        self.set_interval(LOOK_EVERY, self.look_at_clock)

    @work(group=ACTIONS, exit_on_error=False)
    async def _read(self) -> None:
        id = self._observation_id

        def read(desk: Desk) -> tuple[Observation | None, tuple[str, ...], bool]:
            seen = None if id is None else desk.observing.get(id)
            coachee = self._coachee.id
            look_fors = desk.goals.look_fors(coachee)
            return seen, look_fors, desk.observing.knows_prefixes(coachee)

        try:
            seen, look_fors, self._knows_prefixes = await self.session.perform(read)
        except REFUSALS as error:
            CoachScreen.complain(self, explain(error))
            self.dismiss()
            return
        self.take_look_fors(look_fors)
        self.show_observation(seen)
        self.take_up_lines()
        self.keep_draft()
        if self._at_line is not None:
            self.go_to_line(self._at_line)

    def is_about(self, coachee: str, observation: str | None) -> bool:
        """Whether this is that observation; None is the one that has not begun yet."""
        return (self._coachee.id, self._observation_id) == (coachee, observation)

    def go_to_line(self, place: int) -> None:
        """Go to the finished line at a place."""
        self.script.choose(place)
        self.script.focus()

    async def on_desk_changed(self) -> None:
        """Show again what undo or another session changed; one that is gone was never begun."""
        id = self._observation_id
        if id is not None:
            found = await self.perform(lambda desk: desk.observing.find(id))
            self._observation_id = None if found is None else id
            self.show_observation(found)

    def show_all(self) -> None:
        """Show the script, the clock and the counts as they are."""
        if not self.is_attached:
            return
        self.line.display = self.is_open or self._borrowed is not None
        self._show_script()
        self.show_clock()
        self.show_summary()
        self.key_bar.refresh()
        if not self.line.display and not self.script.has_focus:
            self._choose_where_to_read()
            self.script.focus()
        self.say()

    def _choose_where_to_read(self) -> None:
        """Choose the line a finished script was left at, else its first."""
        seen = self._observation
        if seen is None or self.script.chosen is not None:
            return
        self.script.choose(0)
        self.script.choose_id(self.session.left_at.get(seen.id, ""))

    def on_unmount(self) -> None:
        """Remember where a finished script was left; one that was read to its end begins anew."""
        seen, chosen = self._observation, self.script.chosen
        if seen is None or chosen is None or seen.end is None:
            return
        if chosen is seen.lines[-1]:
            self.session.left_at.pop(seen.id, None)
        else:
            self.session.left_at[seen.id] = chosen.id

    def _show_script(self) -> None:
        seen = self._observation
        if seen is not None:
            self.script.offsets = not seen.quick_notes
        lines = () if seen is None else seen.lines
        waiting = tuple(visible(line.typed.text) for line in self._waiting)
        self.script.show(lines, waiting)

    def show_stamped(self, saved: Observation) -> None:
        """Show the lines that were saved, at once; the clock and the counts after them.

        The next frame would come up to two periods later: the Enter before has just used one.
        """
        self.draw_on()
        self.take_state(saved)
        if not self.is_attached:
            return
        self._show_script()
        # Not at once: the thread that writes to the terminal would wait for this one.
        self.set_timer(THE_REST_AFTER, self.show_all)
        draw_now(self, self.script)

    def action_submit(self) -> None:
        """Stamp the line; among the finished lines, edit the chosen one."""
        if self.is_among_lines:
            self.action_edit()
        else:
            super().action_submit()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_back(self) -> None:
        """Back by one step: from a question, to the line, past what stands in the way, out."""
        use = self._borrowed
        if use is not None:
            self.give_line_back()
            if use.from_lines or not self.is_open:
                self.action_lines()
        elif self.is_among_lines and self.is_open:
            self.to_the_line()
        elif not self._steps_back():
            await self.leave()

    def _steps_back(self) -> bool:
        """Close what stands in the way; leave notes that are being taken by two keys only.

        One slip, and what is typed next would be commands for another screen.
        """
        if self._just_done == ESCAPE_AGAIN or not self.is_open:
            return False
        if self.question() is not None and self.line.value:
            self.action_not_here()
        elif self.has_class("-with-summary") and self.panel.display:
            self._show_or_hide_summary(shown=False)
        elif self._observation is None and not self.line.value and not self._waiting:
            return False
        else:
            self.tell(ESCAPE_AGAIN)
        return True

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of what has the focus."""
        self.say()

    def action_page_up(self) -> None:
        """Scroll the script up by a page."""
        self.script.page(-1)

    def action_page_down(self) -> None:
        """Scroll the script down by a page."""
        self.script.page(1)

    def action_summary(self) -> None:
        """Show what was counted, then page by page the rest of it, then hide it."""
        shown = self.panel.display
        if shown and self.panel.turn():
            return
        self._show_or_hide_summary(shown=not shown)

    def _show_or_hide_summary(self, *, shown: bool) -> None:
        self.set_class(shown, "-with-summary")
        self.set_class(not shown, "-without-summary")
        self.call_after_refresh(self.show_summary)

    def on_resize(self) -> None:
        """Tell as much of the clock as there is room for, and turn other pages of the summary."""
        self.panel.tallest = 0
        self.show_clock()

    async def action_undo(self) -> None:
        """Take back the last change."""
        await self.app.run_action("undo")

    async def action_help(self) -> None:
        """Show all keys of this place."""
        await self.app.run_action("help")
