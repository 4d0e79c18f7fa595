"""A day's entries in words, two rows each, the chosen one marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from coach_tui.domain.planning.appointments import Appointment
from coach_tui.presentation.calendar.signs import glyph, standing_words, time_words, title
from coach_tui.presentation.text import visible
from coach_tui.widgets.day_grid import DayGrid, filled

EDGE = "│"
"""What stands between the days and what is on one of them."""


class DayDetail(DayGrid, can_focus=False):
    """What is on one day; it is told what to show, and does nothing by itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--edge"}
    DEFAULT_CSS = """
    DayDetail > .grid--edge { color: $panel; background: $background; }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="day-detail")
        self._heading = ""
        self._entries: Sequence[Appointment] = ()
        self._chosen: Appointment | None = None
        self._name_of: Callable[[str], str] = str

    def show(
        self,
        heading: str,
        entries: Sequence[Appointment],
        chosen: Appointment | None,
        name: Callable[[str], str],
    ) -> None:
        """Show a day: its heading and its entries."""
        self._heading, self._entries = heading, entries
        self._chosen, self._name_of = chosen, name
        self.lay_out()

    def lay_out(self) -> None:
        """Compose the lines, as many as fit; the chosen entry is always among them."""
        if not self.size.width:
            return
        plain, head = self.style_of("plain"), self.style_of("head")
        lines = [self._line(self._heading, head)]
        if not self._entries:
            lines.append(self._line("Nothing is planned. a plans something.", plain))
        room = max((self.size.height - len(lines)) // 2, 1)
        chosen = next((n for n, one in enumerate(self._entries) if one is self._chosen), 0)
        begin = max(min(chosen - room + 2, len(self._entries) - room), 0)
        for one in self._entries[begin : begin + room]:
            lines += self._two_rows(one)
        hidden = len(self._entries) - begin - room
        if hidden > 0:
            lines[-1] = self._line(f"  and {hidden} more: tab", self.style_of("faint"))
        self.draw(self.strips_of(lines))

    def empty_line(self) -> list[Segment]:
        """Return the edge alone."""
        return [Segment(EDGE, self.style_of("edge"))]

    def _line(self, words: str, style: Style) -> list[Segment]:
        """Return a line behind the edge; a border would be a strip of its own in each line."""
        edge = Segment(EDGE, self.style_of("edge"))
        return [edge, filled(f" {words}", max(self.size.width - 1, 0), style)]

    def _two_rows(self, one: Appointment) -> list[list[Segment]]:
        picked = one is self._chosen
        when = time_words(one) or "no time"
        first = (
            f"{'>' if picked else ' '}{glyph(one)} {when}  {title(one, self._name_of(one.person))}"
        )
        about = (standing_words(one), visible(one.period), visible(one.building))
        second = "    " + " · ".join(word for word in about if word)
        style = self.style_of("chosen" if picked else "plain")
        return [self._line(first, style), self._line(second, self.style_of("faint"))]
