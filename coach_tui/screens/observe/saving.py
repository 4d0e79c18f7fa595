"""Finished lines on their way to the disk: saved in order, shown once they are there."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.coaching.script_lines import Line
from coach_tui.domain.records import Observation
from coach_tui.presentation.errors import explain
from coach_tui.screens.base import NotDone
from coach_tui.screens.observe.completing import Completing
from coach_tui.screens.observe.watching import Opening
from coach_tui.screens.session import Session

if TYPE_CHECKING:
    from textual.timer import Timer

    from coach_tui.coaching.desk import Desk

TRY_AGAIN_AFTER = 5.0
"""Seconds after which lines that could not be saved are tried again."""

DRAWN_AFTER = 0.05
"""Seconds that drawing the emptied input waits for the line to be saved: both are one frame."""

SHOWN_AFTER = 0.2
"""Seconds after which a line that is not on the disk yet is shown as such."""

THE_REST_AFTER = 0.01
"""Seconds after a stamped line in which the clock and the counts follow."""

Handed = tuple[int, asyncio.Future[Observation]]
"""How many of the lines that wait were handed over to be saved, and what comes of it."""


class Saving(Completing):
    """Lines wait until the disk has them; those that are refused wait on, in sight."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Begin with no line that waits."""
        super().__init__(session, opening)
        self._waiting: list[Line] = []
        self._writing = asyncio.Lock()
        self._handed: Handed | None = None
        self._held: ExitStack | None = None
        self._is_to_look = False
        self._again: Timer | None = None
        self.not_saved = ""
        """Why the lines that wait were refused; empty while none was."""

    def _save_waiting(self) -> None:
        """Hand the lines that wait to the disk now; what comes of it is seen to when it is known.

        A worker would begin only after the emptied input is drawn, and takes longer to begin than
        a line takes to be saved.
        """
        if not self._waiting or self._handed is not None or self._writing.locked():
            self._see_saved()
            return
        self._handed = self._hand_over()
        self._handed[1].add_done_callback(self._arrived)

    def _hand_over(self) -> Handed:
        lines = tuple(self._waiting)

        def write(desk: Desk, id: str) -> Observation:
            return desk.scripts.write(id, lines)

        return len(lines), self.begin_keeping(write, lines[0].begun)

    def _arrived(self, begun: asyncio.Future[Observation]) -> None:
        """Show the lines that are saved, unless `_write` waits for them or they were refused."""
        handed = self._handed
        if handed is None or handed[1] is not begun:
            return
        if begun.cancelled() or begun.exception() is not None or self._writing.locked():
            self._see_saved()
            return
        self._handed = None
        saved = begun.result()
        self._taken(handed[0], saved)
        self.call_next(self.show_stamped, saved)
        if self._waiting:
            self._save_waiting()

    def _taken(self, count: int, saved: Observation) -> None:
        """Let go of lines that are saved."""
        self._observation_id = saved.id
        del self._waiting[:count]
        self.not_saved = ""
        self.keep_draft()

    @work(exit_on_error=False)
    async def _see_saved(self) -> None:
        await self._write()

    async def _write(self) -> None:
        """Save the lines that wait, in their order; those that were refused wait on, in sight.

        Raises `NotDone` when they were refused; they are tried again with the next line, and
        after a while.
        """
        async with self._writing:
            while self._waiting:
                count, begun = self._handed or self._hand_over()
                self._handed = None
                try:
                    saved = await begun
                except REFUSALS as error:
                    self._refused(explain(error))
                    raise NotDone from None
                self._taken(count, saved)
                self.show_stamped(saved)

    def _refused(self, why: str) -> None:
        """Show the lines as not saved, and why: said once, as long as it lasts."""
        if not self.is_current and not self.not_saved:
            self.complain(why)
        self.not_saved = why
        self.draw_on()
        self.show_all()
        if self._again is not None:
            self._again.stop()
        self._again = self.set_timer(TRY_AGAIN_AFTER, self._save_waiting)

    def show_stamped(self, saved: Observation) -> None:
        """Show the lines that were saved; what else follows from them is shown after them."""
        raise NotImplementedError

    def _look_at_line(self) -> None:
        """Keep the line as it stands, and say what is to be said of it."""
        raise NotImplementedError

    def keep_draft(self) -> None:
        """Keep what stands there now as a draft."""
        raise NotImplementedError

    # ----------------------------------------------------------------------------------- drawing

    def _hold_drawing(self) -> None:
        """Draw nothing until the line is stamped, or a moment has passed.

        The thread that saves it has the processor to itself, and a slow line carries one frame.
        """
        if self._held is None:
            self._held = ExitStack()
            self._held.enter_context(self.app.batch_update())
        self.set_timer(DRAWN_AFTER, self._not_yet_stamped)

    def _not_yet_stamped(self) -> None:
        self.draw_on()
        if self._waiting:
            self.set_timer(SHOWN_AFTER - DRAWN_AFTER, self._show_waiting)

    def _show_waiting(self) -> None:
        """Show what is being saved, when that takes a while: it is drawn once, as it is kept."""
        if self._waiting:
            self.show_all()

    def draw_on(self) -> None:
        """Draw again what was held back."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
            if self._is_to_look:
                self.set_timer(THE_REST_AFTER, self._look_at_line)

    def on_unmount(self) -> None:
        """Leave nothing held back for the next screen."""
        self.draw_on()
