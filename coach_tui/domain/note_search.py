"""Finding lines among all notes: what is kept for it, what can be asked, and the looking. Plain.

Each observation is one text, in small letters, of all its lines with their kind, speaker and
tags; a question is first looked for in the whole text, and only where it may be, line by line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from coach_tui.domain.names import is_in
from coach_tui.domain.scripting.names import handle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    Document = Mapping[str, Any]

LINE, PART = "\x1f", "\x1e"
"""What stands before each line of an observation's text, and between the parts of one."""

_APART = str.maketrans({LINE: " ", PART: " "})

FILTERS = ("teacher", "date", "tag", "kind", "speaker", "modality")
"""What can be asked for by name: `kind:quote speaker:s3 tag:probe date:2026-11 teacher:ruiz`."""

_WORD = re.compile(
    r'(?:(teacher|date|tag|kind|speaker|modality):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE
)


class Kept(NamedTuple):
    """One observation as it is searched: its lines as they are shown, and folded for looking.

    Each is one text: ten thousand observations are then some ten thousand pieces of memory, not
    a hundred thousand.
    """

    order: str
    """When it began and its id: what puts the newest last."""
    id: str
    coachee: str
    date: str
    modality: str
    lesson: str
    quick_notes: bool
    ended: bool
    line_count: int
    """How many lines it has."""
    words: str
    """The lines as they were written, a `LINE` between them."""
    folded: str
    """Each line after a `LINE`: kind, speaker, tags and words, a `PART` between them."""

    @property
    def lines(self) -> list[str]:
        """The lines as they were written."""
        return self.words.split(LINE) if self.line_count else []

    def kind_and_speaker(self, place: int) -> tuple[str, str]:
        """Return the kind of a line and who spoke, in small letters."""
        kind, speaker = self.folded.split(LINE)[place + 1].split(PART)[:2]
        return kind, speaker


class Asked(NamedTuple):
    """What is looked for: words that stand in one line, and the named filters."""

    words: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def is_of_lines(self) -> bool:
        """Whether lines are asked for, not only observations."""
        return bool(self.words) or any(
            name in ("tag", "kind", "speaker") for name, _ in self.filters
        )

    def of(self, name: str) -> list[str]:
        """Return what a filter asks for; a line or observation fits all of them."""
        return [value for one, value in self.filters if one == name]


class Found(NamedTuple):
    """An observation, and the place of the line in it; None where no line was asked for."""

    kept: Kept
    line: int | None

    @property
    def kind(self) -> str:
        """What kind the line is; empty where no line was asked for."""
        return "" if self.line is None else self.kept.kind_and_speaker(self.line)[0]


def apart(text: str) -> str:
    """Return a line without the signs that stand between lines and their parts."""
    return text.translate(_APART)


def kept(document: Document) -> Kept:
    """Return what is searched of a stored observation (the JSON shape of `Observation`)."""
    lines = document["lines"]
    words = [line["text"] for line in lines]
    joined = LINE.join(words)
    if PART in joined or joined.count(LINE) >= max(len(lines), 1):
        words = [apart(text) for text in words]
        joined = LINE.join(words)
    folded = [
        f"{LINE}{line['kind']}{PART}{line['speaker']}{PART} {_handles(line)} {PART}{text}"
        for line, text in zip(lines, words, strict=True)
    ]
    # `12:00:00Z` comes before `12:00:00.5Z`, unlike as text.
    order = f"{document['start'].rstrip('Z')} {document['id']}"
    return Kept(
        order,
        document["id"],
        intern(document["coachee"]),
        document["date"],
        intern(document["modality"]),
        document["lesson"],
        document.get("quick_notes", False),
        document["end"] is not None,
        len(lines),
        joined,
        # Folded at once: line by line would take three times as long.
        "".join(folded).casefold() + LINE,
    )


def _handles(line: Document) -> str:
    tags, labels = line["tags"], line["labels"]
    return " ".join(map(_handle, (*tags, *labels))) if tags or labels else ""


@lru_cache(maxsize=1024)
def _handle(name: str) -> str:
    """Return `handle(name)`: the same few names stand at a third of all lines."""
    return handle(name)


def asked(query: str) -> Asked:
    """Return what a typed query asks for: words, `"words in a row"`, and `name:value` filters."""
    words, filters = [], []
    for name, quoted, plain in _WORD.findall(query):
        value = (quoted or plain).casefold()
        if name and value:
            filters.append((name.lower(), value))
        elif value and not name:
            words.append(value)
    return Asked(tuple(words), tuple(filters))


def find(
    among: Iterable[Kept], question: Asked, names: Mapping[str, str], most: int
) -> Iterator[Found]:
    """Yield at most `most` of what fits, in the order of `among`.

    `names` gives what a coachee is found by, by id (`domain.names.found_by`).
    """
    pattern = _line_pattern(question) if question.is_of_lines else None
    left = most
    for one in among:
        if left <= 0:
            return
        if not _may_fit(one, question, names):
            continue
        if pattern is None:
            left -= 1
            yield Found(one, None)
            continue
        for match in pattern.finditer(one.folded):
            yield Found(one, one.folded.count(LINE, 0, match.start()))
            left -= 1
            if left <= 0:
                return


def _may_fit(one: Kept, question: Asked, names: Mapping[str, str]) -> bool:
    for word in question.words:
        if word not in one.folded:
            return False
    for name, value in question.filters:
        if name == "teacher":
            fits = is_in(value, names.get(one.coachee, ""))
        elif name == "date":
            fits = one.date.startswith(value)
        elif name == "modality":
            fits = value in one.modality
        else:
            fits = (handle(value) if name == "tag" else value) in one.folded
        if not fits:
            return False
    return True


def _line_pattern(question: Asked) -> re.Pattern[str]:
    """Return a pattern that fits a line: its kind, speaker and tags, and all the words in it."""
    kinds, speakers = question.of("kind"), question.of("speaker")
    kind = "".join(f"(?={re.escape(one)})" for one in kinds)
    speaker = "".join(f"(?={_speaker(one)})" for one in speakers)
    tags = "".join(f"(?=[^{PART}]* {re.escape(handle(one))})" for one in question.of("tag"))
    words = "".join(f"(?=[^{LINE}]*{re.escape(one)})" for one in question.words)
    return re.compile(
        f"{LINE}{kind}[^{LINE}{PART}]*{PART}{speaker}[^{PART}]*{PART}{tags}[^{PART}]*{PART}{words}"
    )


def _speaker(value: str) -> str:
    """Return the pattern of a speaker: `s` is any student, `s3` the third alone."""
    return re.escape(value) if value in ("s", "g") else re.escape(value) + PART
