"""What the app does for what was typed and what was changed: unsaved text, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.commands import COMMANDS, key_words, keys_of
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.covering import WithCover
from coach_tui.screens.modes import PLACES_OF_MODES

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.drafting import Draft, LeftBehind
    from coach_tui.domain.records import Observation


HISTORY = next(command for command in COMMANDS if command.id == "app.history")

NOTES = "observe:"
"""How the keys of drafts begin that are lines of an observation."""

WORDS = ("text", "waiting", "answer")
"""The fields of such a draft that hold what somebody typed."""


class WithKeeping(WithCover):
    """An app that offers again what was typed before it died, and takes back what was changed."""

    _trouble: str | None = None
    _cannot_look = ""

    def say_trouble(self, error: Exception) -> None:
        """Say once why nothing that other sessions write can be seen any more."""
        words = explain(error)
        if words != self._cannot_look:
            self._cannot_look = words
            self.complain(f"The caseload cannot be read again: {words}")

    async def offer_unsaved(self) -> None:
        """Look for text that dead sessions left, and offer it, or say where to find it."""
        for path in await self.session.perform(lambda desk: self.session.drafts.look()):
            self.complain(f"{path} holds unsaved text that cannot be read; it was left there")
        await self._come_back()
        if not self.session.drafts.left:
            return
        if isinstance(self.screen, CoachScreen):
            self.action_unsaved()
        else:
            self.notify("There is unsaved text from before: f7 shows it", markup=False)

    async def _come_back(self) -> None:
        """Go back to the observation that was being written in when the app ended.

        The newest, where there are several; the others are offered as all unsaved text is. One
        with no words in it whose observation runs no more is nothing to come back to.
        """
        notes = [
            (left, draft)
            for left in self.session.drafts.left
            for draft in left.drafts
            if draft.key.startswith(NOTES)
        ]
        for left, draft in sorted(notes, key=lambda one: one[1].at):
            if any(text for name, _, text in draft.fields if name in WORDS):
                continue
            find = partial(_find, id=draft.place.get("observation", ""))
            seen = await self.session.perform(find)
            if seen is None or seen.end is not None:
                self.session.drafts.discard(left, draft)
                notes.remove((left, draft))
        if notes and isinstance(self.screen, CoachScreen):
            await self._take_up(*max(notes, key=lambda one: one[1].at))

    def look_at_drafts(self) -> None:
        """Say once when what is typed cannot be kept."""
        trouble = self.session.drafts.trouble
        if trouble is not None and self._trouble is None:
            self.complain(f"What you type is not being kept as a draft: {trouble}")
        self._trouble = trouble

    @work(exit_on_error=False)
    async def action_unsaved(self) -> None:
        """Show what was typed and not saved, and take it up again."""
        from coach_tui.screens.dialogs.unsaved import Unsaved

        if not self.session.drafts.left:
            self.notify("Nothing was left unsaved", markup=False)
            return
        taken = await self.push_screen_wait(Unsaved(self.session))
        if taken is not None:
            await self._take_up(*taken)

    async def _take_up(self, left: LeftBehind, draft: Draft) -> None:
        """Open the draft's place and begin its action again: the form fills itself in."""
        from coach_tui.screens.drafting import begin_again, kind_of

        kind = kind_of(draft.place)
        try:
            screen = None if kind is None else await self._screen_of(kind, draft)
        except REFUSALS as error:
            self.complain(f"Where this was written is not there any more: {explain(error)}")
            screen = None
        if screen is None:
            self.complain("It cannot be opened where it was: copy it, or write it to a file (f7)")
            return
        try:
            drafts = self.session.drafts
            await self.session.perform(lambda desk: drafts.take_up(left, draft))
        except REFUSALS as error:
            self.complain(explain(error))
            return
        # A key may have opened the same place while the draft was taken up. The draft itself may be
        # older than what it is about: notes that had not begun when it was kept have begun since.
        # Any other screen says where it is by its lists, which it has only when it is shown.
        is_notes = draft.key.startswith(NOTES)
        place = screen.draft_place() if is_notes else draft.place
        screen = self._in_front(type(screen), place) or screen
        if not screen.is_attached:
            await self.push_screen(screen)
        await screen.resume(draft.place)
        action = begin_again(screen, draft.place.get("action", ""))
        if action is not None:
            action()
        elif draft.place.get("action"):
            self.notify("Open the form again: your text will stand in it", markup=False)

    async def _screen_of(self, kind: type[CoachScreen], draft: Draft) -> CoachScreen:
        for mode, place in PLACES_OF_MODES.items():
            if place == draft.place["screen"] and self.is_begun:
                await self.go_to_mode(mode)
        return self._in_front(kind, draft.place) or await kind.again(self.session, draft.place)

    def _in_front(self, kind: type[CoachScreen], place: Mapping[str, str]) -> CoachScreen | None:
        """Return the screen in front where it is this place of a draft."""
        if type(self.screen) is not kind or not isinstance(self.screen, CoachScreen):
            return None
        same = self.screen.draft_place()
        there = all(place.get(name) == same[name] for name in same if name != "field")
        return self.screen if there else None

    def action_undo(self) -> None:
        """Take back the last change that was made in this run of the app."""
        history = key_words(keys_of(HISTORY, self.session.settings.keys).split(",")[0])
        nothing = (
            "There is nothing to undo since the app was opened: "
            f"{history} shows what a record was before, and puts it back"
        )
        self._take_back(lambda desk: desk.ledger.undo(), nothing, "Undone")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._take_back(lambda desk: desk.ledger.redo(), "There is nothing to redo", "Done again")

    @work(exclusive=True, group="undo", exit_on_error=False)
    async def _take_back(self, verb: Callable[[Desk], str | None], nothing: str, done: str) -> None:
        try:
            title = await self.session.perform(verb)
        except REFUSALS as error:
            self.complain(f"Not {done.lower()}: {explain(error)}")
            return
        words = nothing if title is None else f"{done}: {title}"
        self.notify(visible(words), markup=False)
        if isinstance(self.screen, CoachScreen):
            await self.screen.on_desk_changed()

    def action_history(self) -> None:
        """Show what became of the record that is selected."""
        from coach_tui.screens.history.screen import HistoryScreen

        if not isinstance(self.screen, CoachScreen):
            return
        found = self.screen.history_of()
        if found is None:
            self.notify("Select a teacher or a record first: H shows its history", markup=False)
            return
        self.push_screen(HistoryScreen(self.session, *found))


def _find(desk: Desk, id: str) -> Observation | None:
    return desk.observing.find(id) if id else None
