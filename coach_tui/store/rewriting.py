"""Writing everything that lies in a store's folder anew: under another key, or without somebody.

All new files are made beside the old ones first. The new snapshot, put in place by one rename, is
the moment from which the new ones count; `coach.rewriting` tells whoever opens the store next which
ones to keep, when the process is killed on the way (`finish`).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import atomic, backups, disk, history, journal, journal_file, paths, snapshot
from coach_tui.store.coding import PLAIN, Coding
from coach_tui.store.contents import Contents
from coach_tui.store.differences import difference
from coach_tui.store.errors import StoreError
from coach_tui.store.header import read_header
from coach_tui.store.lines import Lines
from coach_tui.store.replay import read_snapshot
from coach_tui.store.telling import TITLE, commit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.store.codec import LineCodec
    from coach_tui.store.engine import Change, Commit, Document
    from coach_tui.store.store_files import StoreFiles

MARKER = paths.REWRITING
_NEXT_HISTORY, _NEXT_BACKUPS = "coach.history-next", "coach.backups-next"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Whom to leave out: records by table and id, and words that no line of the past may hold."""

    places: frozenset[tuple[str, str]]
    words: tuple[str, ...]

    def is_about(self, change: Change) -> bool:
        """Whether a change is of one of the records, or holds one of the words."""
        if (change.table, change.id) in self.places:
            return True
        return self.is_in(change.before) or self.is_in(change.after)

    def is_in(self, value: object) -> bool:
        """Whether any text of a value holds one of the words."""
        return self.is_in_text(orjson.dumps(value).decode())

    def is_in_text(self, encoded: str) -> bool:
        """Whether JSON holds one of the words, whole and in whatever capitals."""
        return any(_pattern(word).search(encoded) for word in self.words)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word in JSON, its letters as they are or escaped."""
    ways = {json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1], word}
    found = "|".join(re.escape(way) for way in sorted(ways))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def rewrite(files: StoreFiles, codec: LineCodec | None, without: Forgetting | None) -> None:
    """Write the store anew under `codec`, leaving out `without`; `files` hold all of it.

    Call it while the lock is held, with an empty journal; the files must be opened anew after it.
    Backups are kept in the new code, but go when somebody is to be forgotten; files that were put
    aside, torn or damaged, go. Raises the store's errors, and then the store is as it was.
    """
    work = _Rewriting(files, codec, without)
    try:
        work.prepare()
    except BaseException:
        _clear(files.directory)
        raise
    work.put_in_place()


class _Rewriting:
    def __init__(
        self, files: StoreFiles, codec: LineCodec | None, without: Forgetting | None
    ) -> None:
        self._files, self._without = files, without
        self._directory, self._codec = files.directory, files.codec
        self._old = files.contents.coding
        self._new = PLAIN if codec is None else Coding(codec)
        self._heads: dict[int, str] = {}
        self._head = journal.first_head(files.contents.header.id)

    def prepare(self) -> None:
        """Make every new file; nothing of the store is touched."""
        _clear(self._directory)
        self._mark("")
        for name in (_NEXT_HISTORY, _NEXT_BACKUPS):
            os.mkdir(os.path.join(self._directory, name), paths.FOLDER_MODE)
        for first, path in history.files(self._directory):
            self._rewrite_history(first, path)
        if self._without is None:
            for backup in backups.found(self._directory):
                self._rewrite_backup(backup.path)
        self._contents = self._recoded(self._files.contents, self._head)

    def _rewrite_history(self, first: int, path: str) -> None:
        header = self._files.contents.header
        lines = history.read_bytes(path).split(b"\n")
        after = _after(lines[0], first - 1)
        written = [journal.first_line(header.id, after, self._head)]
        for line in lines[1:]:
            if history.number_of(line) is not None:
                written += self._rewrite_line(line)
        name = f"{first:012}.jsonl.gz"
        pressed = gzip.compress(b"".join(written), 6, mtime=0)
        atomic.write(os.path.join(self._directory, _NEXT_HISTORY, name), [pressed])

    def _rewrite_line(self, line: bytes) -> list[bytes]:
        commit = commit_of(line, self._old)
        about = [self._without is not None and self._without.is_about(c) for c in commit.changes]
        kept = [one for one, gone in zip(commit.changes, about, strict=True) if not gone]
        named = self._without is not None and (any(about) or self._without.is_in(commit.title))
        if not kept:
            return []
        told, self._head = journal.chained(
            orjson.dumps(self._fields(commit, kept, "" if named else commit.title)), self._head
        )
        self._heads[commit.sequence] = self._head
        return [told]

    def _fields(self, commit: Commit, changes: list[Change], title: str) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "n": commit.sequence,
            "at": commit.at.isoformat(),
            "by": commit.session,
        }
        if title:
            told = self._new.encode_value(*TITLE, commit.sequence, title)
            fields["title"] = orjson.Fragment(told)
        if commit.undoes:
            fields["undoes"] = commit.undoes
        fields["changes"] = [
            {
                "table": one.table,
                "id": one.id,
                "document": self._document(one.table, one.after),
                "before": self._before(one),
            }
            for one in changes
        ]
        return fields

    def _document(self, table: str, document: Document | None) -> orjson.Fragment | None:
        return None if document is None else orjson.Fragment(self._new.encode(table, document))

    def _before(self, change: Change) -> orjson.Fragment | None:
        if change.before is None:
            return None
        value = difference(change.before, change.after)
        place = f"{change.table}/before", change.id, change.sequence
        return orjson.Fragment(self._new.encode_value(*place, value))

    def _rewrite_backup(self, path: str) -> None:
        try:
            held = read_snapshot(path, self._codec)
        except (FileNotFoundError, StoreError):
            # It could not have been used either, and it may hold plain text.
            return
        header = held.header
        recoded = self._recoded(held, self._heads.get(header.sequence, header.head))
        name = os.path.basename(path)
        snapshot.write(os.path.join(self._directory, _NEXT_BACKUPS, name), recoded)

    def _recoded(self, held: Contents, head: str) -> Contents:
        places = frozenset() if self._without is None else self._without.places
        tables = {}
        for name in held.tables:
            lines = {
                document["id"]: self._new.encode(name, document)
                for document in held.documents(name)
                if (name, document["id"]) not in places
            }
            if lines:
                tables[name] = Lines.of(lines)
        header = held.header.at(held.header.sequence, held.header.written_at, head)
        return Contents(header.kept_in(self._new.name), tables, self._new)

    def _mark(self, head: str) -> None:
        """Say which snapshot is to stand there when the new files count; none yet, when empty."""
        marker = os.path.join(self._directory, MARKER)
        atomic.write(marker, [json.dumps({"head": head}).encode("ascii")])

    def put_in_place(self) -> None:
        """Let the new files take the place of the old ones."""
        header = self._contents.header
        replacement = snapshot.prepare(self._files.path, self._contents)
        try:
            self._mark(header.head)
            disk.remove_quietly(os.path.join(self._directory, paths.SUMMARY))
            # It is empty; beside the new snapshot it would be the journal of another chain.
            os.unlink(self._files.journal_path)
            replacement.put_in_place()
        except BaseException as error:
            replacement.discard()
            finish(self._directory)
            if isinstance(error, OSError):
                raise atomic.named(error, self._files.path) from None
            raise
        path = self._files.journal_path
        journal_file.create(path, header.id, header.sequence, header.head).close()
        finish(self._directory)


def finish(directory: str) -> None:
    """Bring a rewriting to its end, or take it back, by which snapshot stands there now.

    Call it while the lock is held. What is in the way of the outcome is removed.
    """
    marker = os.path.join(directory, MARKER)
    if _wanted_head(marker) == _head_now(directory):
        for old, new in ((paths.HISTORY, _NEXT_HISTORY), (paths.BACKUPS, _NEXT_BACKUPS)):
            _take_the_place(directory, old, new)
        for path in _put_aside(directory):
            disk.remove_quietly(path)
    _clear(directory)


def _take_the_place(directory: str, old: str, new: str) -> None:
    goal, source = os.path.join(directory, old), os.path.join(directory, new)
    if not os.path.isdir(source):
        # It was there already when the process was killed.
        return
    shutil.rmtree(goal, ignore_errors=True)
    try:
        os.rename(source, goal)
        disk.sync_folder(directory)
    except OSError as error:
        raise atomic.named(error, goal) from None


def _put_aside(directory: str) -> Iterator[str]:
    """Yield the files that were put aside, torn or damaged: nobody knows what is in them."""
    for name in sorted(os.listdir(directory)):
        if name.startswith((paths.TORN, paths.DAMAGED)):
            path = os.path.join(directory, name)
            if os.path.isdir(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                yield path


def _clear(directory: str) -> None:
    for name in (_NEXT_HISTORY, _NEXT_BACKUPS):
        shutil.rmtree(os.path.join(directory, name), ignore_errors=True)
    disk.remove_quietly(os.path.join(directory, MARKER))


def _wanted_head(marker: str) -> str:
    try:
        file, _ = atomic.open_for_reading(marker)
        with file:
            return str(json.loads(file.read(4096))["head"])
    except (OSError, StoreError, KeyError, TypeError, ValueError, RecursionError):
        return ""


def _head_now(directory: str) -> str | None:
    try:
        found = read_header(os.path.join(directory, paths.SNAPSHOT))
    except StoreError:
        return None
    return None if found is None else found[0].head


def _after(line: bytes, otherwise: int) -> int:
    try:
        return int(orjson.loads(line)["after"])
    except (KeyError, TypeError, ValueError):
        return otherwise
