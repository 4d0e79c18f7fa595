"""What is seen of students: how many are on task, priority groups, look-fors."""

from __future__ import annotations

from collections.abc import Sequence

from coach_tui.domain.records import Observation
from coach_tui.presentation.commands import keys_after_leader
from coach_tui.presentation.text import cut, visible
from coach_tui.screens.base import NotDone
from coach_tui.screens.observe.counting import Counting
from coach_tui.screens.observe.watching import Borrowed

MOST_STUDENTS = 2000

TREND = "trend"
"""How a draft names the question for a group's trend."""


class Seeing(Counting):
    """One key says which of several; what is asked borrows the input."""

    def names_for(self, asked_for: str) -> tuple[str, ...]:
        """Return what one is chosen of: the look-fors, the priority groups."""
        if asked_for == "more":
            return ()
        return self._look_fors if asked_for == "look_for" else tuple(self.groups)

    def take_name(self, asked_for: str, name: str) -> None:
        """Tick the look-for that was chosen, check in with the group or ask for its trend."""
        if asked_for == "look_for":
            self._tick(name)
        elif asked_for == "group_note":
            self._ask_trend(name)
        else:
            self._check_in(name, None)

    def action_on_task(self) -> None:
        """Ask how many of how many are on task; the half-typed line comes back after it."""
        at, seen = self.now, self._observation
        known = "" if seen is None or seen.students is None else f"/{seen.students}"

        async def take(text: str) -> str:
            if not text.strip(" /"):
                return ""
            taken = _on_of_total(text)
            if taken is None:
                self.complain("Write how many of how many, such as 18/22")
                raise NotDone
            on, total = taken
            await self.record(lambda desk, id: desk.counting.snapshot(id, on, total, at), at)
            keys = keys_after_leader("summary", self.session.settings.keys)
            return f"on task: {on}/{total}; it stands in the summary ({keys})"

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
            self.take_name(asked_for, self.groups[0])
        else:
            self._listen(asked_for)

    def _check_in(self, group: str, trend: str | None) -> None:
        self._keep(
            lambda desk, id: desk.counting.check_in(id, group, trend),
            lambda seen: f"✓ checked in with {visible(group)}",
        )

    def _ask_trend(self, group: str, typed: str | None = None, cursor: int | None = None) -> None:
        seen = self._observation
        known = {one.group: one.trend for one in seen.check_ins} if seen is not None else {}
        before = known.get(group, "")

        async def take(text: str) -> str:
            await self.record(lambda desk, id: desk.counting.check_in(id, group, text), self.now)
            return f"✓ checked in with {cut(group, 30)}: {cut(text, 40)}"

        prompt = f"{cut(group, 40)}: what trend do you see? · Enter saves"
        text = before if typed is None else typed
        self.lend_line(Borrowed(prompt, text, take, cursor, before, (TREND, group)))

    def ask_again(self, kept: Sequence[str], text: str, cursor: int | None) -> None:
        """Ask again for a trend that was not saved when the app ended."""
        if kept[0] == TREND:
            self._ask_trend(kept[1], text, cursor)

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


def _on_of_total(text: str) -> tuple[int, int] | None:
    """Return the two numbers of `18/22` or `18 of 22`; None where they are not there."""
    parts = text.replace("of", "/").split("/")
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts):
        return None
    on, total = (int(part) for part in parts)
    return (on, total) if 0 < total <= MOST_STUDENTS else None
