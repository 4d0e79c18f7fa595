"""Fields of a form: a line of text, several lines, or one of a few choices."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Label

from coach_tui.widgets.field import Field
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.literal import literal
from coach_tui.widgets.text_lines import TextLines


class Choice(Widget, can_focus=True):
    """One of a few words: left and right, space, or a first letter change it."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; background: $surface; }
    Choice:focus { background: $primary-muted; text-style: bold; }
    """

    chosen: reactive[int] = reactive(0)
    """The index of the word that is chosen."""

    class Changed(Message):
        """Another word was chosen."""

    def __init__(self, choices: Sequence[str], value: str, *, id: str | None = None) -> None:
        """Offer `choices`, with `value` chosen, the first when it is none of them."""
        super().__init__(id=id)
        self.choices = tuple(choices)
        start = self.choices.index(value) if value in self.choices else 0
        self.set_reactive(Choice.chosen, start)

    @property
    def value(self) -> str:
        """The word that is chosen."""
        return self.choices[self.chosen]

    def render(self) -> Text:
        """Return the word between its arrows, which of how many it is, and how it is changed."""
        count = f"  {self.chosen + 1}/{len(self.choices)}"
        if self.has_focus:
            count += "  a choice: ← → or a first letter"
        return Text.assemble("< ", literal(self.value), " >", (count, "dim"), no_wrap=True, end="")

    def on_key(self, event: events.Key) -> None:
        """Change the word, or let the key go where it belongs."""
        if event.key in ("right", "space", "l"):
            self._choose(self.chosen + 1)
        elif event.key in ("left", "h"):
            self._choose(self.chosen - 1)
        elif event.character and event.character.isalnum():
            self._choose_by_letter(event.character)
        else:
            return
        event.stop()

    def _choose(self, index: int) -> None:
        self.chosen = index % len(self.choices)
        self.post_message(self.Changed())

    def _choose_by_letter(self, letter: str) -> None:
        order = [*range(self.chosen + 1, len(self.choices)), *range(self.chosen + 1)]
        for index in order:
            if self.choices[index].casefold().startswith(letter.casefold()):
                self._choose(index)
                return


class FieldRow(HorizontalGroup):
    """A label and the widget that answers it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; margin-bottom: 0; }
    FieldRow > Label { width: 20; padding-right: 1; color: $text-muted; }
    FieldRow > Input { width: 1fr; background: $surface; }
    FieldRow > Input:focus { background: $primary-muted; }
    FieldRow > TextArea { width: 1fr; border: none; padding: 0; background: $surface; }
    FieldRow > TextArea:focus { border: none; background: $primary-muted; }
    """

    def __init__(self, field: Field) -> None:
        """Ask for `field`."""
        super().__init__()
        self.field = field
        self.answer: LineInput | TextLines | Choice
        if field.choices:
            self.answer = Choice(field.choices, field.value)
        elif field.lines > 1:
            self.answer = TextLines(field.value, field.lines)
            self.answer.move_cursor(self.answer.document.end)
        else:
            self.answer = LineInput(field.value, hint=field.hint, secret=field.secret)
        self.initial = self.value

    def compose(self) -> ComposeResult:
        """Lay out label and answer."""
        yield Label(literal(self.field.label), markup=False)
        yield self.answer

    @property
    def separator(self) -> str | None:
        """What joins two answers into one; None where only one can be given."""
        if isinstance(self.answer, Choice):
            return None
        return "\n" if isinstance(self.answer, TextLines) else " / "

    @property
    def is_changed(self) -> bool:
        """Whether the answer is another than the one it began with."""
        return self.value != self.initial

    def fill(self, text: str) -> None:
        """Answer with `text`; of a choice, only with one of its words."""
        if isinstance(self.answer, TextLines):
            self.answer.text = text
            self.answer.move_cursor(self.answer.document.end)
        elif isinstance(self.answer, LineInput):
            self.answer.value = text
            self.answer.cursor_position = len(text)
        elif text in self.answer.choices:
            self.answer.chosen = self.answer.choices.index(text)

    @property
    def value(self) -> str:
        """What was answered, as text."""
        return self.answer.text if isinstance(self.answer, TextLines) else self.answer.value
