"""`ctrl+p`: find any command of this place, or any teacher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from coach_tui.presentation.commands import commands_of, key_words, keys_of
from coach_tui.presentation.statuses import due_mark
from coach_tui.presentation.text import visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.closeness import closeness

Found = tuple[str, str, Callable[[], object]]
"""What is shown, what is said below it, and what choosing it does."""


class Finder(Provider):
    """Commands of the screen that is in front, and everyone on the caseload."""

    def _all(self) -> Iterator[Found]:
        screen = self.screen
        if not isinstance(screen, CoachScreen):
            return
        keymap = screen.session.settings.keys
        for place in screen.PLACES:
            for command in commands_of(place):
                if command.id == "app.command_palette" or place == "list":
                    continue
                target = "app" if place == "app" else "screen"
                key = key_words(keys_of(command, keymap))
                run = partial(screen.run_action, f"{target}.{command.action}")
                yield command.title, f"{command.tooltip} ({key})", run
        caseload = screen.session.caseload
        for row in caseload.rows if caseload is not None else ():
            about = f"{due_mark(row.due)}  {visible(row.facts.building)}"
            yield visible(row.facts.name), about, partial(self._open, screen, row.facts.id)

    def _open(self, screen: CoachScreen, id: str) -> None:
        from coach_tui.screens.coachee.screen import CoacheeScreen

        screen.app.push_screen(CoacheeScreen(screen.session, id))

    async def discover(self) -> Hits:
        """Offer everything before a word is typed."""
        for title, about, run in self._all():
            yield DiscoveryHit(Content(title), run, text=title, help=_plain(about))

    async def search(self, query: str) -> Hits:
        """Offer what matches `query`, names and titles literal."""
        close = closeness(query)
        for title, about, run in self._all():
            score = close(title)
            if score > 0:
                yield Hit(score, Content(title), run, text=title, help=_plain(about))


def _plain(words: str) -> str:
    """Keep brackets from being read as markup in the line below a hit."""
    return words.replace("[", "\\[")
