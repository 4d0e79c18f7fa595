"""A day's entries in words, one or two rows each, the chosen one marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.widget import Widget

from coach_tui.domain.planning.appointments import Appointment
from coach_tui.presentation.calendar.signs import glyph, standing_words, time_words, title
from coach_tui.presentation.text import visible
from coach_tui.widgets.literal import literal


class DayDetail(Widget):
    """What is on one day; it is told what to show, and does nothing by itself."""

    DEFAULT_CSS = """
    DayDetail {
        width: 1fr; height: 1fr; padding: 0 1; background: $background;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="day-detail")
        self._heading = ""
        self._entries: Sequence[Appointment] = ()
        self._chosen: Appointment | None = None
        self._name_of: Callable[[str], str] = str
        self._notes: Sequence[str] = ()

    def show(
        self,
        heading: str,
        entries: Sequence[Appointment],
        chosen: Appointment | None,
        name: Callable[[str], str],
        notes: Sequence[str] = (),
    ) -> None:
        """Show a day: its heading, entries, and what else there is to say of it."""
        self._heading, self._entries, self._chosen = heading, entries, chosen
        self._name_of, self._notes = name, notes
        self.refresh()

    def render(self) -> Text:
        """Return the lines, as many as fit; the chosen entry is always among them."""
        lines = [literal(self._heading, "bold"), *(literal(note, "italic") for note in self._notes)]
        if not self._entries:
            lines.append(literal("Nothing is planned. a plans something."))
        room = max(self.size.height - len(lines), 2) // 2
        chosen = next((n for n, one in enumerate(self._entries) if one is self._chosen), 0)
        begin = max(min(chosen - room + 2, len(self._entries) - room), 0)
        for one in self._entries[begin : begin + room]:
            lines += self._two_rows(one)
        hidden = len(self._entries) - begin - room
        if hidden > 0:
            lines[-1] = literal(f"  and {hidden} more: tab", "dim")
        return Text("\n", no_wrap=True, end="").join(lines)

    def _two_rows(self, one: Appointment) -> list[Text]:
        mark, style = (">", "bold reverse") if one is self._chosen else (" ", "")
        when = time_words(one) or "no time"
        first = f"{mark}{glyph(one)} {when}  {title(one, self._name_of(one.person))}"
        about = " · ".join(
            word
            for word in (standing_words(one), visible(one.period), visible(one.building))
            if word
        )
        return [literal(first, style), literal(f"    {about}", "dim")]
