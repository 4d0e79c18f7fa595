"""What may leave the private plane: other people's names are taken out (rules R2 to R4). Plain."""

from __future__ import annotations

from coach_tui.domain.redacting.finding import NameFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach_tui.domain.redacting.name_words import NameWords

STANDS_FOR_A_NAME = "[a colleague]"
"""What stands in a shared text where a colleague was named."""


class Redactor:
    """Takes the names of others out of a text that is for its `readers`.

    Where it errs, an ordinary word is lost rather than that a colleague is named (decision 48):
    `NameFinder` says what is taken for a name. An e-mail address goes whole. `replaced` collects
    who was found, as they are called, in the order they were met.
    """

    def __init__(
        self,
        others: Iterable[str],
        readers: Iterable[str] = (),
        teams: Iterable[str] = (),
        *,
        known: NameWords,
    ) -> None:
        """Take out the names of `others` and of `teams`; those of `readers` stay."""
        self._finder = NameFinder(others, readers, teams, known)
        self.replaced: list[str] = []

    def clean(self, text: str) -> str:
        """Return `text` with every name of another person replaced; nothing else is touched."""
        pieces, kept = [], 0
        for found in self._finder.find(text):
            if found.name not in self.replaced:
                self.replaced.append(found.name)
            pieces += [text[kept : found.start], STANDS_FOR_A_NAME]
            kept = found.end
        return "".join([*pieces, text[kept:]])
