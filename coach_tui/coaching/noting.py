"""Single notes: a line for the observation that runs, or for the quick notes of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from hashlib import blake2b

from coach_tui.coaching.adding_lines import add_lines
from coach_tui.coaching.ending import Ending
from coach_tui.coaching.observations import LONGEST_RUN
from coach_tui.coaching.retrying import over_the_newest
from coach_tui.coaching.script_lines import Line, numbered, plain
from coach_tui.domain.records import Coachee, Observation
from coach_tui.store.ids import new_id


class Noting(Ending):
    """Verbs about lines that are put down without opening a script."""

    def note(self, coachee: Coachee, lines: Iterable[str | Line], because: str = "") -> Observation:
        """Add lines to the running observation, else to the quick notes of today.

        `because` is kept with quick notes from before the launch conversation (rule R6). Raises
        `ValueError` when no line says anything.
        """
        now = self._ledger.clock.now()
        typed = [line if isinstance(line, Line) else plain(line, now) for line in lines]
        typed = [line for line in typed if line.typed.text.strip()]
        if not typed:
            raise ValueError("the note is empty")
        return self._noted(coachee, typed, "" if coachee.launch.complete else because.strip())

    def takes_notes(self, coachee: str) -> Observation | None:
        """Return the observation that a note belongs to now; None for the quick notes.

        Midnight ends none. One that was left running for `LONGEST_RUN` was forgotten.
        """
        running = self.running(coachee)
        if running is None or self._ledger.clock.now() - running.start >= LONGEST_RUN:
            return None
        return running

    def wants_reason(self, coachee: Coachee) -> bool:
        """Whether a note now would be a quick note before the launch, for no reason yet (R6)."""
        if coachee.launch.complete or self.takes_notes(coachee.id) is not None:
            return False
        quick = self._quick_notes_of_today(coachee.id)
        return quick is None or not quick.before_launch_because

    @over_the_newest
    def _noted(self, coachee: Coachee, typed: list[Line], because: str) -> Observation:
        self._ledger.poll()
        running = self.takes_notes(coachee.id)
        if running is not None:
            return add_lines(self._ledger, running, typed)
        quick = self._quick_notes_of_today(coachee.id) or self._new_quick_notes(coachee.id)
        changed = quick.changed(
            lines=numbered(quick, quick.lines, typed),
            # The clock may have been set back since the note before: none is refused for it.
            end=self.now_or(quick.end or quick.start),
            before_launch_because=because or quick.before_launch_because,
        )
        self._ledger.save(f"Note on {coachee.name}", changed)
        return self.get(quick.id)

    def _new_quick_notes(self, coachee: str) -> Observation:
        now, day = self._ledger.clock.now(), self._ledger.today()

        def of_coachee(length: int) -> bytes:
            return blake2b(coachee.encode(), digest_size=length).digest()

        return Observation(
            # The same in every session: of two that begin the day's notes at once, the second is
            # refused, and adds to those of the first.
            id=new_id(datetime.combine(day, time(), UTC), of_coachee),
            created_at=now,
            updated_at=now,
            coachee=coachee,
            date=day,
            start=now,
            end=now,
            quick_notes=True,
        )

    def _quick_notes_of_today(self, coachee: str) -> Observation | None:
        day = self._ledger.today()
        of_today = (one for one in self.of(coachee) if one.date == day)
        return next((one for one in of_today if one.quick_notes), None)
