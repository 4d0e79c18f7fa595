"""The same field changed here and in another session: mine, theirs, or both, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label

from coach_tui.presentation.commands import commands_of, key_words, keys_of
from coach_tui.presentation.text import visible_lines
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.fields import Choice
from coach_tui.widgets.literal import literal
from coach_tui.widgets.passage import Passage

MINE, THEIRS, BOTH = "mine", "theirs", "keep both"


@dataclass(frozen=True)
class Clash:
    """A field that two sessions changed: its name and label, and both texts.

    `separator` joins them when both are kept; None where a field can hold only one.
    """

    name: str
    label: str
    mine: str
    theirs: str
    separator: str | None

    def merged(self, decision: str) -> str:
        """Return the text that was decided on."""
        if decision == MINE:
            return self.mine
        if decision == THEIRS or self.separator is None:
            return self.theirs
        return self.separator.join(text for text in (self.theirs, self.mine) if text.strip())


class Merge(ModalScreen[Mapping[str, str] | None]):
    """Shows both texts of each field; the answer is the merged text by field.

    None when nothing was decided: then what was typed here stays in the form, unsaved.
    """

    CSS_PATH = "merge.tcss"
    BINDINGS = bindings("form")

    def __init__(self, clashes: Sequence[Clash], keymap: Mapping[str, str]) -> None:
        """Ask about these fields."""
        super().__init__()
        self._keymap = keymap
        self._asked = [(clash, Choice(_decisions(clash), MINE)) for clash in clashes]

    def compose(self) -> ComposeResult:
        """Lay out each field with both texts and the decision."""
        with Vertical(id="merge-box"):
            yield Label(literal("Changed here and in another session", "bold"), id="merge-title")
            intro = "Theirs is saved already, yours is not. Nothing is overwritten unasked."
            yield Label(literal(intro, wrap=True), id="merge-intro")
            with VerticalScroll(id="merge-fields", can_focus=False):
                yield from self._fields()
            save, cancel = (
                key_words(keys_of(one, self._keymap))
                for one in commands_of("form")
                if one.action in ("save", "cancel")
            )
            words = f"←→ choose · tab next · {save} to the form · {cancel} decide later"
        yield Label(words, id="merge-keys", markup=False)

    def _fields(self) -> Iterator[Label | Passage | HorizontalGroup]:
        for clash, choice in self._asked:
            yield Label(literal(clash.label), classes="merge-label")
            yield Passage(_text("mine    ", clash.mine), classes="merge-text", markup=False)
            yield Passage(_text("theirs  ", clash.theirs), classes="merge-text", markup=False)
            yield HorizontalGroup(Label("take"), choice, classes="merge-choice")

    def on_mount(self) -> None:
        """Begin with the first decision."""
        self._asked[0][1].focus()

    def action_save(self) -> None:
        """Close with what was decided."""
        self.dismiss({clash.name: clash.merged(choice.value) for clash, choice in self._asked})

    def action_cancel(self) -> None:
        """Close without a decision."""
        self.dismiss(None)


def _decisions(clash: Clash) -> tuple[str, ...]:
    return (MINE, THEIRS) if clash.separator is None else (MINE, THEIRS, BOTH)


def _text(whose: str, text: str) -> Text:
    return Text.assemble((whose, "dim"), visible_lines(text) if text.strip() else "(empty)")
