"""What is typed and not saved: kept from the first key on, taken up again after any death."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coach_tui.store.errors import Unavailable

if TYPE_CHECKING:
    from coach_tui.coaching.clock import Clock
    from coach_tui.store.draft_file import DraftFile
    from coach_tui.store.drafts import Draft
    from coach_tui.store.edited_files import EditedFile
    from coach_tui.store.left_behind import LeftBehind

__all__ = ["Draft", "Drafting", "LeftBehind"]


class Drafting:
    """The unsaved text of one run of the app.

    Before the desk is open (`attach`), and over a store in memory, it is held in memory only. A
    draft that was taken up waits until its form opens and asks for it by its key.
    """

    def __init__(self, clock: Clock) -> None:
        """Date drafts by `clock`."""
        self._clock = clock
        self._file: DraftFile | None = None
        self._held: dict[str, Draft] = {}
        self._waiting: dict[str, Draft] = {}
        self._edited: dict[str, EditedFile] = {}
        self.left: list[LeftBehind] = []

    @property
    def trouble(self) -> str | None:
        """Why drafts cannot be written now; None when they can."""
        return None if self._file is None else self._file.trouble

    def attach(self, file: DraftFile | None) -> None:
        """Write to `file` from now on, what was typed before included."""
        self._file = file
        if file is not None:
            for draft in self._held.values():
                file.keep(draft)

    def keep(
        self,
        key: str,
        title: str,
        fields: Sequence[tuple[str, str, str]],
        place: Mapping[str, str] | None = None,
        begun_from: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the text of one form or line; returns at once.

        `title` says what it is in plain words (`Feedback meeting with Ana Ruiz`), `fields` are
        name, label and text, `place` says where to go to take it up again
        (`CoachScreen.draft_place`), `begun_from` what each field held before. The same key
        replaces what was kept.
        """
        from coach_tui.store.drafts import Draft

        now = self._clock.now()
        draft = Draft(key, title, now, tuple(fields), dict(place or {}), dict(begun_from or {}))
        self._put(draft)

    def _put(self, draft: Draft) -> None:
        self._held[draft.key] = draft
        if self._file is not None:
            self._file.keep(draft)

    def mark(self, key: str, *, saving: bool) -> None:
        """Note that the save of this text begins, or that it was refused.

        It is in the file before this returns: a kill after the save is acknowledged leaves a draft
        that says so.
        """
        draft = self._held.get(key)
        if draft is None:
            return
        self._held[key] = marked = replace(draft, saving=saving)
        if self._file is not None:
            self._file.keep(marked)
            self._file.write_now()

    def drop(self, key: str) -> None:
        """Forget the text: its save was acknowledged, or it was thrown away on purpose."""
        self._held.pop(key, None)
        self._waiting.pop(key, None)
        edited = self._edited.pop(key, None)
        if edited is not None:
            edited.remove()
        if self._file is not None:
            self._file.drop(key)

    def waiting(self, key: str) -> Draft | None:
        """Return the draft that was taken up for the form or line with this key.

        It is kept until it is dropped, saved or not.
        """
        return self._waiting.pop(key, None)

    def is_waiting(self, key: str) -> bool:
        """Whether a draft was taken up that its form or line has not asked for yet."""
        return key in self._waiting

    def wait_again(self, key: str) -> None:
        """Let the draft wait for its form to be opened once more, over what is stored by then."""
        if key in self._held:
            self._waiting[key] = self._held[key]

    def hand_out(self, key: str) -> str:
        """Write the text of a draft to a file of its own, for an editor; returns its path.

        The draft has a field `text`, which it began as `begun_from` says. It names the file, on
        the disk, before there is one. Raises the store's errors; then there is no file.
        """
        from coach_tui.store.edited_files import EDITING, EditedFile
        from coach_tui.store.errors import Unavailable

        draft = self._held[key]
        if self._file is None:
            raise Unavailable("there is no folder for drafts here, and no text leaves without one")
        file = EditedFile.of_session(self._file.folder, self._file.session)
        before = self._edited.pop(key, None)
        self._put(replace(draft, place={**draft.place, EDITING: file.name}))
        self.flush()
        if self.trouble is not None:
            self._put(draft)
            raise Unavailable(self.trouble)
        try:
            file.write(draft)
        except BaseException:
            self._put(draft)
            raise
        self._edited[key] = file
        if before is not None:
            before.remove()
        return file.path

    def take_in(self, key: str, *, ended_well: bool) -> Draft:
        """Take what stands in the file into the draft; then the file goes, and all beside it.

        Where drafts cannot be written the file stays until the draft is dropped: `trouble` says
        why. `ended_well` is False for an editor that died.
        """
        draft, file = self._held[key], self._edited[key]
        taken = file.taken_into(draft, ended_well=ended_well)
        self._put(taken)
        self.flush()
        if self.trouble is None:
            self._edited.pop(key).remove()
        else:
            self._put(replace(taken, place=draft.place))
        return taken

    def flush(self) -> None:
        """Bring everything to the disk now: the program is about to end."""
        if self._file is not None:
            self._file.flush()

    def look(self) -> list[str]:
        """Look for drafts that dead sessions left, into `left`; returns paths nobody can read.

        From now on others see that this session lives.

        Those that are in `left` are kept from other sessions until this one ends or gives back.
        """
        if self._file is None:
            return []
        self._file.announce()
        found, unreadable = self._file.left_behind()
        self.left += found
        return unreadable

    def take_up(self, left: LeftBehind, draft: Draft) -> None:
        """Make a dead session's draft this session's. Raises the store's errors.

        It is on the disk here before it goes there; where it cannot be, it stays where it is.
        """
        if self._file is not None:
            self._file.keep(draft)
            self._file.flush()
            if self._file.trouble is not None:
                trouble = self._file.trouble
                self._file.drop(draft.key)
                raise Unavailable(trouble)
        self._held[draft.key] = self._waiting[draft.key] = draft
        left.discard(draft.key)
        self._forget_empty()

    def discard(self, left: LeftBehind, draft: Draft) -> None:
        """Throw a dead session's draft away. Raises the store's errors."""
        left.discard(draft.key)
        self._forget_empty()

    def write_out(self, path: str, text: str) -> None:
        """Write `text` to a new file at `path`, mode 0600. Raises `ExchangeError`."""
        from coach_tui.exchange.out_files import write_new

        write_new(path, text.encode("utf-8", "replace"))

    def _forget_empty(self) -> None:
        self.left = [one for one in self.left if one.drafts]
