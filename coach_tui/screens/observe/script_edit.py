"""A script as text on its way through an editor, and what is kept of it in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.coaching.edited_texts import LATIN, TEXT

if TYPE_CHECKING:
    from coach_tui.coaching.drafting import Draft


def edit_key(coachee: str, observation: str | None) -> str:
    """Return what the draft of an observation's edited script is called."""
    return f"editor:{coachee}:{observation or ''}"


@dataclass(frozen=True, slots=True)
class ScriptEdit:
    """`before` is the script that the text was made of, `text` what stands there now; `begun` is
    when an editor was first opened on it. Without `is_utf8` its letters may be others.
    """

    key: str
    before: str
    text: str
    begun: datetime
    is_utf8: bool = True

    @classmethod
    def of(cls, draft: Draft) -> ScriptEdit:
        """Return what a draft keeps."""
        fields = {name: text for name, _, text in draft.fields}
        begun = datetime.fromisoformat(fields["begun"])
        return cls(draft.key, draft.begun_from[TEXT], fields[TEXT], begun, LATIN not in fields)

    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields of its draft."""
        return (TEXT, "Script", self.text), ("begun", "", self.begun.isoformat())

    def begun_from(self) -> dict[str, str]:
        """Return what its draft began from."""
        return {TEXT: self.before}


class NotKept(Exception):
    """A text that was not saved: the `edit` to go on with, `words` that say why."""

    def __init__(self, edit: ScriptEdit, words: str, *, may_save: bool = False) -> None:
        """Hold it; `may_save` when it could be saved as it stands."""
        super().__init__()
        self.edit, self.words, self.may_save = edit, words, may_save
