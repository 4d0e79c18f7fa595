"""The line in which a time is typed, or taken from those that are suggested."""

from __future__ import annotations

from collections.abc import Sequence

from coach_tui.widgets.field import Field
from coach_tui.widgets.inputs import LineInput


class PhraseLine:
    """One line as one answer, for its draft. Suggestions are put into it and taken out again."""

    separator = None

    def __init__(self, text: str, hint: str, suggestions: Sequence[str]) -> None:
        """Begin with `text`, and offer `suggestions` as they could be typed."""
        self.field, self.initial = Field("when", "When"), text
        self.line = LineInput(text, hint=hint)
        self._suggestions, self._picked = tuple(suggestions), -1
        self._typed = text

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self.line.value

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there than at the beginning."""
        return self.value != self.initial

    @property
    def typed(self) -> str:
        """What the coach wrote herself, now or before she picked a suggestion; empty for none."""
        self._remember()
        text = self._typed.strip()
        return "" if text == self.initial.strip() else text

    def fill(self, text: str) -> None:
        """Put `text` into the line."""
        self.line.value = text
        self.line.cursor_position = len(text)

    def pick(self, step: int) -> int:
        """Put a suggestion so many further into the line; returns its place.

        Before the first comes what was typed, at -1.
        """
        self._remember()
        last = len(self._suggestions) - 1
        self._picked = min(max(self._picked + step, -1), last)
        self.fill(self._typed if self._picked < 0 else self._suggestions[self._picked])
        return self._picked

    def _remember(self) -> None:
        if self.value not in self._suggestions:
            self._typed = self.value
