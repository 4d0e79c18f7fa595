"""What one key counts and times while a half-typed line stands in the input."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work

from coach_tui.domain.enumerations import Talking
from coach_tui.presentation.commands import commands_of, keys_of
from coach_tui.presentation.text import cut, packed, visible
from coach_tui.screens.base import NotDone
from coach_tui.screens.observe.typing import Typing
from coach_tui.screens.observe.watching import Borrowed, Opening
from coach_tui.screens.session import Session
from coach_tui.widgets.script_input import ScriptInput

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Observation

INTERVALS = (0, 3, 5, 10)
"""Minutes between prompts, in the order the key goes through them."""

MOST_STUDENTS = 2000

SAID_FOR = 3.0
"""Seconds for which it is said what a key counted."""


class Counting(Typing):
    """The leader key, then one key more; and the four function keys of the first counters."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Listen for no key yet."""
        super().__init__(session, opening)
        self._asked_for = ""
        self._interval = session.settings.interval
        self._prompted_at: int | None = None

    # ------------------------------------------------------------------ the leader, and its keys

    def action_more(self) -> None:
        """Listen for one key: what it does is said under the script."""
        if self.is_open and self._borrowed is None:
            self._listen("more")

    def _listen(self, asked_for: str) -> None:
        self._asked_for = asked_for
        self.line.takes_next_key = True
        self.say()

    @on(ScriptInput.NextKey)
    async def _take_key(self, event: ScriptInput.NextKey) -> None:
        asked_for, self._asked_for = self._asked_for, ""
        self.say()
        if asked_for == "more":
            await self._run_more(event.key)
        elif event.key.isdecimal():
            self._take_number(asked_for, int(event.key))

    async def _run_more(self, key: str) -> None:
        keymap = self.session.settings.keys
        for command in commands_of("more"):
            if key not in keys_of(command, keymap).split(","):
                continue
            if command.action == "count":
                self._count(int(key) - 1 if key.isdecimal() else 0)
            else:
                await self.run_action(f"screen.{command.action}")

    def _take_number(self, asked_for: str, number: int) -> None:
        names = self._look_fors if asked_for == "look_for" else tuple(self.groups)
        if not 0 < number <= len(names):
            return
        name = names[number - 1]
        if asked_for == "look_for":
            self._tick(name)
        elif asked_for == "group_note":
            self._ask_trend(name)
        else:
            self._check_in(name, None)

    def listening_words(self) -> str | None:
        """Return what the next key may be, a row a few commands; None while nothing is asked."""
        if self._asked_for == "more":
            return self._more_words()
        if self._asked_for == "look_for":
            return _numbered(self._look_fors)
        return _numbered(self.groups) if self._asked_for else None

    def _more_words(self) -> str:
        counters = _numbered(self.session.settings.counters)
        keymap = self.session.settings.keys
        words = [
            f"{'?' if keys_of(one, keymap) == 'question_mark' else keys_of(one, keymap)[0]} "
            f"{one.title.lower()}"
            for one in commands_of("more")
            if one.action != "count"
        ]
        return "\n".join((counters, *packed(words, self.size.width - 2)))

    # ------------------------------------------------------------------------------ the counters

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

    @work(exit_on_error=False)
    async def _keep(
        self, verb: Callable[[Desk, str], Observation], said: Callable[[Observation], str]
    ) -> None:
        self.tell(said(await self.record(verb, self.now)))

    def tell(self, words: str) -> None:
        """Say what was done under the script, for a moment: nothing may cover the line."""
        self._just_done = visible(words)
        self.say()
        self.set_timer(SAID_FOR, self._fall_silent)

    def _fall_silent(self) -> None:
        self._just_done = ""
        self.say()

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

    # --------------------------------------------------------------------------- what is asked

    def action_on_task(self) -> None:
        """Ask how many of how many are on task; the half-typed line comes back after it."""
        at, seen = self.now, self._observation
        known = "" if seen is None or seen.students is None else f"/{seen.students}"

        async def take(text: str) -> None:
            if not text.strip(" /"):
                return
            taken = _on_of_total(text)
            if taken is None:
                self.complain("Write how many of how many, such as 18/22")
                raise NotDone
            on, total = taken
            await self.record(lambda desk, id: desk.counting.snapshot(id, on, total, at), at)

        self.lend_line(Borrowed("On task of all, such as 18/22 · Enter saves", known, take, 0))

    def action_group(self) -> None:
        """Check in with a priority group: one key where there are several."""
        self._ask_group("group")

    def action_group_note(self) -> None:
        """Check in with a priority group and note a trend."""
        self._ask_group("group_note")

    def _ask_group(self, asked_for: str) -> None:
        if not self.groups:
            self.tell("No priority groups are named on this teacher's page yet")
        elif len(self.groups) == 1:
            self._take_number(asked_for, 1)
        else:
            self._listen(asked_for)

    def _check_in(self, group: str, trend: str | None) -> None:
        self._keep(
            lambda desk, id: desk.counting.check_in(id, group, trend),
            lambda seen: f"✓ checked in with {visible(group)}",
        )

    def _ask_trend(self, group: str) -> None:
        seen = self._observation
        known = {one.group: one.trend for one in seen.check_ins} if seen is not None else {}

        async def take(text: str) -> None:
            await self.record(lambda desk, id: desk.counting.check_in(id, group, text), self.now)

        prompt = f"{cut(group, 40)}: what trend do you see? · Enter saves"
        self.lend_line(Borrowed(prompt, known.get(group, ""), take))

    def action_look_for(self) -> None:
        """One more sight of a look-for."""
        if not self._look_fors:
            self.tell("No look-fors: the teacher's goal names no essential function that has some")
        else:
            self._listen("look_for")

    def _tick(self, look_for: str) -> None:
        def words(seen: Observation) -> str:
            count = next(one.count for one in seen.look_fors if one.label == look_for)
            return f"+ {cut(look_for, 50)}: {count}"

        self._keep(lambda desk, id: desk.counting.tick(id, look_for), words)

    # -------------------------------------------------------------------------------- prompts

    def action_interval(self) -> None:
        """Be asked every 3, 5 or 10 minutes, or never."""
        here = INTERVALS.index(self._interval) if self._interval in INTERVALS else 0
        self._interval = INTERVALS[(here + 1) % len(INTERVALS)]
        words = f"a prompt every {self._interval} minutes" if self._interval else "no prompts"
        self.tell(words.capitalize())

    def look_at_clock(self) -> None:
        """Show the minute, and a prompt when its time has come: it never takes the focus."""
        self.show_clock()
        seen = self._observation
        if seen is None or seen.end is not None or seen.is_paused or not self._interval:
            return
        turn = int(seen.duration(self.now).total_seconds() // 60) // self._interval
        if self._prompted_at is None:
            self._prompted_at = turn
        elif turn > self._prompted_at:
            self._prompted_at = turn
            minutes = turn * self._interval
            self._prompt = f"◷ {minutes} min: how many are on task? ctrl+t k"
            self.show_summary()
            self.say()


def _numbered(names: tuple[str, ...] | list[str]) -> str:
    return " · ".join(f"{number} {cut(name, 24)}" for number, name in enumerate(names[:9], 1))


def _on_of_total(text: str) -> tuple[int, int] | None:
    """Return the two numbers of `18/22` or `18 of 22`; None where they are not there."""
    parts = text.replace("of", "/").split("/")
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts):
        return None
    on, total = (int(part) for part in parts)
    return (on, total) if 0 < total <= MOST_STUDENTS else None
