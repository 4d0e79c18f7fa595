"""A text in a file that the coach's own editor is opened on, for as long as the editor is open.

The file has a folder of its own among the drafts, named in the draft it belongs to: whatever ends
the session, the next one finds it there, takes what was written into the draft, and removes it.
What an editor that died keeps beside it (a swap file) is taken along, and put back beside the text
when an editor is opened on it again: so the editor can offer what was never saved.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import stat
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from coach_tui.store import atomic
from coach_tui.store.paths import FILE_MODE, FOLDER_MODE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach_tui.store.drafts import Draft

EDITING = "editing"
"""The name in a draft's place under which the folder of its open file stands."""

TEXT = "text"
"""The field of such a draft that holds the text."""

LATIN = "latin"
"""The field that says that the text was no UTF-8 when it came back: each byte is one letter."""

_ENDING = ".editing"
_NAME = "notes.txt"
_RESCUED = (f"{_NAME}.save", f"#{_NAME}#")
"""Where editors put the whole of an unsaved text as plain text when they are hung up on."""

_BESIDE = "beside:"
_MORE = ("more", "And", "what the editor had not written yet: when it opens again, it offers that")
_BACKUP = "~"
_MOST_BESIDE = 4_000_000
"""Bytes of one file beside the text that are taken along at most."""


class EditedFile:
    """One such file, mode 0600, in a folder of its own, mode 0700."""

    def __init__(self, folder: str) -> None:
        """Name the folder; `write` makes it."""
        self.folder, self.path = folder, os.path.join(folder, _NAME)

    @classmethod
    def of_session(cls, parent: str, session: str) -> EditedFile:
        """Return a new one for a session, in its folder of drafts."""
        return cls(os.path.join(parent, f"{session}.{os.urandom(4).hex()}{_ENDING}"))

    @property
    def name(self) -> str:
        """What its folder is called among the drafts."""
        return os.path.basename(self.folder)

    def write(self, draft: Draft) -> None:
        """Write the text of the draft, and what an editor kept beside it. Raises store errors."""
        try:
            os.mkdir(self.folder, FOLDER_MODE)
            for name, content in _files_of(draft):
                self._write_one(name, content)
        except OSError as error:
            self.remove()
            raise atomic.named(error, self.path) from None

    def _write_one(self, name: str, content: bytes) -> None:
        new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(os.path.join(self.folder, name), new, FILE_MODE)
        with open(handle, "wb") as file:
            file.write(content)

    def taken_into(self, draft: Draft, *, ended_well: bool) -> Draft:
        """Return the draft with the text as it stands in the file.

        An editor that `ended_well` has written all that it was to write: what it leaves beside is
        a copy. One that died may have kept there what was never saved.
        """
        text = self._content(_NAME)
        beside = {} if ended_well else self._beside()
        rescued = [content for name in _RESCUED if (content := beside.get(name)) is not None]
        kept = {name: one for name, one in beside.items() if name not in _RESCUED}
        fields = [one for one in draft.fields if not one[0].startswith(_BESIDE) and one[0] != LATIN]
        found = rescued[0] if rescued else text
        if found is not None:
            words, is_utf8 = _decoded(found)
            fields = [
                (name, label, words if name == TEXT else value) for name, label, value in fields
            ]
            if not is_utf8:
                fields.append((LATIN, "", "yes"))
        fields += [
            (f"{_BESIDE}{name}", "", base64.b64encode(content).decode("ascii"))
            for name, content in sorted(kept.items())
        ]
        if kept:
            fields.append(_MORE)
        return _without_file(replace(draft, fields=tuple(fields)))

    def _beside(self) -> dict[str, bytes]:
        """Return what stands beside the text, but for copies of what it was before."""
        try:
            names = os.listdir(self.folder)
        except OSError:
            return {}
        found = {}
        for name in names:
            if name == _NAME or name.endswith(_BACKUP) or not name.isprintable():
                continue
            content = self._content(name)
            if content:
                found[name] = content
        return found

    def _content(self, name: str) -> bytes | None:
        """Return the content of a file of the folder; None for none, or for anything else."""
        limit = None if name == _NAME else _MOST_BESIDE
        with suppress(OSError):
            handle = os.open(
                os.path.join(self.folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            )
            with open(handle, "rb") as file:
                status = os.fstat(handle)
                if stat.S_ISREG(status.st_mode) and (limit is None or status.st_size <= limit):
                    return file.read()
        return None

    def remove(self) -> None:
        """Take the file away and all that was made beside it: the text is stored safely."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if not os.path.isdir(self.folder):
            return
        # What an editor closed to everybody is opened first.
        with suppress(OSError):
            os.chmod(self.folder, FOLDER_MODE)
        for folder, names, _ in os.walk(self.folder):
            for path in (os.path.join(folder, name) for name in names):
                with suppress(OSError):
                    if not os.path.islink(path):
                        os.chmod(path, FOLDER_MODE)
        shutil.rmtree(self.folder, ignore_errors=True)


def is_new(draft: Draft) -> bool:
    """Whether the draft of an edited text holds anything but the text that was handed out."""
    before = draft.begun_from.get(TEXT, "")
    return any(
        text != before if name == TEXT else name.startswith(_BESIDE)
        for name, _, text in draft.fields
    )


def has_more(draft: Draft) -> bool:
    """Whether an editor that died kept something beside the text that it never wrote."""
    return _MORE in draft.fields


def taken_in(parent: str, session: str, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the drafts of a dead session with what its editors left; its folders stay."""
    found = []
    for draft in drafts:
        folder = draft.place.get(EDITING)
        if folder is None:
            found.append(draft)
            continue
        if folder in _folders_of(parent, session):
            file = EditedFile(os.path.join(parent, folder))
            taken = file.taken_into(draft, ended_well=False)
        else:
            taken = _without_file(draft)
        if is_new(taken):
            found.append(taken)
    return tuple(found)


def _without_file(draft: Draft) -> Draft:
    """Return the draft without the place of a file that is open."""
    place = {name: value for name, value in draft.place.items() if name != EDITING}
    return replace(draft, place=place)


def remove_folders(parent: str, session: str) -> None:
    """Remove the folders that editors of a dead session had: what stood there is in its drafts."""
    for name in _folders_of(parent, session):
        EditedFile(os.path.join(parent, name)).remove()


def _folders_of(parent: str, session: str) -> list[str]:
    try:
        names = os.listdir(parent)
    except OSError:
        return []
    return [name for name in names if name.startswith(f"{session}.") and name.endswith(_ENDING)]


def _files_of(draft: Draft) -> Iterable[tuple[str, bytes]]:
    """Yield the files that stand for a draft: what was beside first, the text is not older."""
    for name, _, text in draft.fields:
        plain = os.path.basename(name.removeprefix(_BESIDE))
        if name.startswith(_BESIDE) and plain not in ("", ".", "..", _NAME):
            with suppress(binascii.Error, ValueError):
                yield plain, base64.b64decode(text, validate=True)
    yield (
        _NAME,
        next(text for name, _, text in draft.fields if name == TEXT).encode("utf-8", "replace"),
    )


def _decoded(content: bytes) -> tuple[str, bool]:
    """Return bytes as text, and whether they were UTF-8; else each byte is a letter."""
    try:
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return content.decode("latin-1"), False
