"""Text that was typed and not saved yet: what a draft is, and how a file of them is written.

Each session has one file in `drafts/` (`store.draft_file`). Beside it stands `<session>.alive`,
locked as long as the session lives: the drafts of a dead one can be taken up (`store.left_behind`).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from coach_tui.store import disk
from coach_tui.store.errors import Corrupt

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "drafts"
FORMAT, VERSION = "coach-tui drafts", 1

ENDING = ".json"
"""How the name of a draft file ends, after its session."""


class Sealing(Protocol):
    """How the content of a file is made unreadable to others; without encryption, not at all."""

    def seal(self, plain: bytes, place: str) -> bytes:
        """Return what is written for `plain`; `place` is bound to it."""

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed. Raises `Corrupt` when it is not what was written there."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in one form or line.

    `key` names it in its session; `title` is what the coach was doing; `place` says where it is
    taken up again (its keys belong to the screens); `fields` are name, label and text; `begun_from`
    is what a field held before, by its name: so a change by another session shows. `saving`: its
    save had begun, and whether it ended nobody can tell from here.
    """

    key: str
    title: str
    at: datetime
    fields: tuple[tuple[str, str, str], ...]
    place: Mapping[str, str] = field(default_factory=dict)
    begun_from: Mapping[str, str] = field(default_factory=dict)
    saving: bool = False

    def to_plain(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "key": self.key,
            "title": self.title,
            "at": self.at.astimezone(UTC).isoformat(),
            "fields": [list(one) for one in self.fields],
            "place": dict(self.place),
            "begun_from": dict(self.begun_from),
            "saving": self.saving,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Draft:
        """Read JSON values. Raises `KeyError`, `TypeError`, `ValueError`."""
        at = datetime.fromisoformat(plain["at"])
        if at.tzinfo is None:
            raise ValueError("a draft has a moment with its time zone")
        fields = tuple((str(name), str(label), str(text)) for name, label, text in plain["fields"])
        place, begun_from = (
            {str(name): str(value) for name, value in plain[part].items()}
            for part in ("place", "begun_from")
        )
        saving = plain.get("saving") is True
        return cls(str(plain["key"]), str(plain["title"]), at, fields, place, begun_from, saving)


def encode(session: str, drafts: tuple[Draft, ...], sealing: Sealing | None) -> bytes:
    """Return the content of the file for these drafts."""
    head = {"format": FORMAT, "version": VERSION, "session": session}
    plain: Any = [one.to_plain() for one in drafts]
    if sealing is None:
        return json.dumps({**head, "drafts": plain}, indent=1).encode("utf-8", "replace") + b"\n"
    sealed = sealing.seal(json.dumps(plain).encode("ascii"), f"{FOLDER}/{session}")
    return json.dumps({**head, "sealed": sealed.decode("ascii")}).encode("ascii") + b"\n"


def decode(content: bytes, path: str, sealing: Sealing | None) -> tuple[Draft, ...]:
    """Read the content of a draft file. Raises `Corrupt`, naming `path`, never the text."""
    try:
        held = json.loads(content)
        if held["format"] != FORMAT or held["version"] != VERSION:
            raise ValueError
        plain = held.get("drafts")
        if plain is None and sealing is not None:
            sealed = str(held["sealed"]).encode("ascii")
            plain = json.loads(sealing.unseal(sealed, f"{FOLDER}/{held['session']}"))
        return tuple(Draft.from_plain(one) for one in plain)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        reason = "it does not hold drafts as they are written"
    raise Corrupt([reason], path)


def bring_to_disk(path: str | None, folder: str) -> None:
    """Bring the file at `path`, where there is one, and its folder to the disk."""
    for one in (path, folder):
        if one is None:
            continue
        try:
            descriptor = os.open(one, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            os.fsync(descriptor)
        finally:
            disk.close_quietly(descriptor)


def unlink(path: str) -> None:
    """Remove the file at `path`, where there is one."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
