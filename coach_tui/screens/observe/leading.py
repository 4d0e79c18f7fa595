"""The leader key, then one key more: it is no letter of the line that stands half typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work

from coach_tui.presentation.commands import COMMANDS, commands_of, key_words, keys_of
from coach_tui.presentation.text import cut, packed, plural, visible
from coach_tui.screens.observe.typing import Typing
from coach_tui.screens.observe.watching import Opening
from coach_tui.screens.session import Session
from coach_tui.widgets.script_input import ScriptInput

if TYPE_CHECKING:
    from textual.timer import Timer

    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Observation

ONE_OF = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys of several that are chosen from, in their order."""

LEADER = next(command for command in COMMANDS if command.id == "observe.more")

SAID_FOR = 3.0
"""Seconds for which it is said what a key did."""

MOST_ROWS = 4
"""Rows that the reason takes at most: the script and the keys stay in sight."""

COMPLAINED_FOR = 10.0
"""Seconds for which it is said what could not be done."""


class Leading(Typing):
    """What the next key may be is said under the script; so is what it did, for a moment."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Listen for no key yet."""
        super().__init__(session, opening)
        self._asked_for = ""
        self._silence: Timer | None = None
        self._complaint = ""
        self._appeased: Timer | None = None

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
        names = dict(zip(ONE_OF, self.names_for(asked_for), strict=False))
        if event.key in keys_of(LEADER, self.session.settings.keys).split(","):
            self._listen("more")
        elif asked_for != "more" and event.key in names:
            self.take_name(asked_for, names[event.key])
        elif asked_for != "more" or not await self._run_more(event.key):
            self._say_unknown(event.key)

    def _say_unknown(self, key: str) -> None:
        if key != "escape":
            leader = key_words(keys_of(LEADER, self.session.settings.keys).split(",")[0])
            self.tell(f"{key_words(key)} is none of these keys; {leader} shows them again")

    async def _run_more(self, key: str) -> bool:
        """Do what a key does after the leader; returns whether it does anything."""
        keymap = self.session.settings.keys
        for command in commands_of("more"):
            if key not in keys_of(command, keymap).split(","):
                continue
            if command.action == "count":
                self._count(int(key) - 1 if key.isdecimal() else 0)
            else:
                await self.run_action(f"screen.{command.action}")
            return True
        return False

    def names_for(self, asked_for: str) -> tuple[str, ...]:
        """Return what one is chosen of: the look-fors, the priority groups."""
        raise NotImplementedError

    def take_name(self, asked_for: str, name: str) -> None:
        """Take the one that was chosen."""
        raise NotImplementedError

    def _count(self, number: int) -> None:
        """One more of the counter with this number, from 0."""
        raise NotImplementedError

    def listening_words(self) -> str | None:
        """Return what the next key may be, a row a few commands; None while nothing is asked."""
        if self._asked_for == "more":
            return self._more_words()
        if not self._asked_for:
            return None
        return "\n".join(self._packed(_numbered(self.names_for(self._asked_for))))

    def _more_words(self) -> str:
        counters = self._packed(_numbered(self.session.settings.counters[:9]))
        keymap = self.session.settings.keys
        words = [
            f"{'?' if keys_of(one, keymap) == 'question_mark' else keys_of(one, keymap)[0]} "
            f"{one.title.lower()}"
            for one in commands_of("more")
            if one.action != "count"
        ]
        return "\n".join((*counters, *self._packed(words)))

    def _packed(self, words: list[str]) -> list[str]:
        return packed(words, self.size.width - 2)

    @work(exit_on_error=False)
    async def _keep(
        self, verb: Callable[[Desk, str], Observation], said: Callable[[Observation], str]
    ) -> None:
        self.tell(said(await self.record(verb, self.now)))

    def tell(self, words: str) -> None:
        """Say what was done under the script, for a moment: nothing may cover the line."""
        self._just_done = visible(words)
        self.say()
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(SAID_FOR, self._fall_silent)

    def _fall_silent(self) -> None:
        self._just_done = ""
        self.say()

    def complain(self, words: str) -> None:
        """Say what could not be done under the script too, long enough to be read while typing.

        Where another screen stands in front of this one, it is said there.
        """
        if not self.is_current:
            super().complain(words)
            return
        self._complaint = words
        self.say()
        if self._appeased is not None:
            self._appeased.stop()
        self._appeased = self.set_timer(COMPLAINED_FOR, self._be_appeased)

    def _be_appeased(self) -> None:
        self._complaint = ""
        self.say()

    def with_trouble(self, said: Text | str) -> Text | str:
        """Return what is said with what could not be done above it; alone while a key is chosen."""
        rows = [] if self._asked_for else self._rows_of_trouble()
        if not rows:
            return said
        whole = Text("\n".join(rows), end="")
        if isinstance(said, str):
            said = Text(said, style="dim")
        return whole.append("\n").append_text(said) if said else whole

    def _rows_of_trouble(self) -> list[str]:
        rows = []
        if self.not_saved:
            rows = self._clauses(
                f"✗ {plural(len(self._waiting), 'line')} not saved yet, tried again", self.not_saved
            )
        if self._complaint and self._complaint == self.not_saved:
            return [*rows, "✗ What the last key does was not done either"]
        return [*rows, *self._clauses(f"✗ {self._complaint}")] if self._complaint else rows

    def _clauses(self, *words: str) -> list[str]:
        """Return the clauses of errors in rows; one that is longer than a row takes several."""
        clauses = [clause for one in words for clause in visible(one).split("; ")]
        rows = [
            row
            for clause in clauses
            for row in wrap(clause, self.size.width - 2, break_on_hyphens=False)
        ]
        return self._packed(rows)[:MOST_ROWS]


def _numbered(names: Iterable[str]) -> list[str]:
    return [f"{key} {cut(name, 24)}" for key, name in zip(ONE_OF, names, strict=False)]
