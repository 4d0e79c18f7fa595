"""What one key counts and times while a half-typed line stands in the input."""

from __future__ import annotations

from collections.abc import Callable

from coach_tui.domain.enumerations import Talking
from coach_tui.domain.observed import minutes_of
from coach_tui.domain.records import Observation
from coach_tui.presentation.commands import keys_after_leader
from coach_tui.presentation.text import visible
from coach_tui.screens.observe.leading import Leading
from coach_tui.screens.observe.watching import Opening
from coach_tui.screens.session import Session

INTERVALS = (0, 3, 5, 10)
"""Minutes between prompts, in the order the key goes through them."""


class Counting(Leading):
    """Counters, the clock of talk, wait times, pauses, and prompts that never take the focus."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Count nothing yet."""
        super().__init__(session, opening)
        self._interval = session.settings.interval
        self._prompted_at: int | None = None

    def action_count(self) -> None:
        """One more of the first counter."""
        self._count(0)

    def action_count_first(self) -> None:
        """One more of the first counter."""
        self._count(0)

    def action_count_second(self) -> None:
        """One more of the second counter."""
        self._count(1)

    def action_count_third(self) -> None:
        """One more of the third counter."""
        self._count(2)

    def action_count_fourth(self) -> None:
        """One more of the fourth counter."""
        self._count(3)

    def _count(self, number: int) -> None:
        counters = self.session.settings.counters
        if self.is_open and number < len(counters):
            label, at = counters[number], self.now
            self._keep(
                lambda desk, id: desk.counting.press(id, label, at), self._count_words(label)
            )

    def _count_words(self, label: str) -> Callable[[Observation], str]:
        def words(seen: Observation) -> str:
            presses = next(len(one.presses) for one in seen.tallies if one.label == label)
            return f"+ {visible(label)}: {presses}"

        return words

    def _switch(self, who: Talking | None) -> None:
        at = self.now
        words = who.value if who is not None else "the clock of talk stands still"
        self._keep(lambda desk, id: desk.counting.talk(id, who, at), lambda seen: f"▶ {words}")

    def action_teacher_talk(self) -> None:
        """The teacher is heard from now on."""
        self._switch(Talking.TEACHER)

    def action_student_talk(self) -> None:
        """Students are heard from now on."""
        self._switch(Talking.STUDENTS)

    def action_silence(self) -> None:
        """Nobody is heard from now on."""
        self._switch(Talking.SILENCE)

    def action_stop_talk(self) -> None:
        """Stop the clock of talk."""
        self._switch(None)

    def action_wait(self) -> None:
        """Begin to wait after a question; the second time, the wait is over."""
        at = self.now

        def words(seen: Observation) -> str:
            last = seen.waits[-1]
            if last.end is None:
                return "… waiting; the same keys end it"
            return f"waited {(last.end - last.start).total_seconds():.1f} s"

        self._keep(lambda desk, id: desk.counting.wait(id, at), words)

    def action_pause(self) -> None:
        """Pause (a fire drill), or go on."""
        at = self.now
        self._keep(
            lambda desk, id: desk.counting.pause(id, at),
            lambda seen: "‖ paused; the same keys go on" if seen.is_paused else "▶ goes on",
        )

    # -------------------------------------------------------------------------------- prompts

    def action_interval(self) -> None:
        """Be asked every 3, 5 or 10 minutes, or never."""
        here = INTERVALS.index(self._interval) if self._interval in INTERVALS else 0
        self._interval = INTERVALS[(here + 1) % len(INTERVALS)]
        self._prompted_at = self._turn()
        words = f"a prompt every {self._interval} minutes" if self._interval else "no prompts"
        self.tell(words.capitalize())

    def _turn(self) -> int | None:
        """Return how many intervals have passed; None while no prompt can come."""
        seen = self._observation
        if seen is None or seen.end is not None or seen.is_paused or not self._interval:
            return None
        return minutes_of(seen, self.now) // self._interval

    def look_at_clock(self) -> None:
        """Show the minute, and a prompt when its time has come: it never takes the focus."""
        self.show_clock()
        turn = self._turn()
        if turn is None:
            return
        if self._prompted_at is None:
            self._prompted_at = turn
        elif turn > self._prompted_at:
            self._prompted_at = turn
            minutes = turn * self._interval
            keys = keys_after_leader("on_task", self.session.settings.keys)
            self._prompt = f"◷ {minutes} min: how many are on task? {keys}"
            self.show_summary()
            self.say()
