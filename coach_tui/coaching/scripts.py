"""The lines of a script: written, edited, tagged, split, joined, taken out, put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from coach_tui.coaching.adding_lines import add_lines
from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.linked_lines import may_be_evidence, refuse_untrue_lines
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.coaching.retrying import over_the_newest
from coach_tui.coaching.script_lines import Line, following, note_line, numbered
from coach_tui.domain.enumerations import LineTag
from coach_tui.domain.records import Mark, NoteLine, Observation
from coach_tui.store.errors import NotFound


def _nothing_asked(line: NoteLine) -> tuple[Mark, ...]:
    """Return no mark: the words of the check are not at hand."""
    return ()


class Scripts:
    """Verbs about the lines of one observation. Each is one transaction, and can be undone.

    A line is in the store, durably, when the verb returns. Ids of lines never change, so that
    evidence that points to a line stays true. They raise `NotFound` for a line that is gone.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger
        self._newest: Observation | None = None

    def _get(self, id: str) -> Observation:
        """Return the observation; reading a long script anew at each line would take its time."""
        newest = self._newest
        if newest is not None and newest.id == id:
            stored = self._ledger.store.revision(Observation.table, id)
            if stored == newest.revision:
                return newest
        return self._ledger.store.require(Observation, id)

    def write(self, id: str, lines: Iterable[Line]) -> Observation:
        """Add lines in one transaction; an ended observation stays ended.

        Quick notes never run: they end now instead. The clock may have been set back since they
        did; a note is never refused for it.
        """
        return self._write(id, list(lines))

    @over_the_newest
    def _write(self, id: str, lines: list[Line]) -> Observation:
        # The store says by its revision whether it is still the newest; asking first would be to
        # read the whole script for each line. After a conflict it is read anew.
        newest, self._newest = self._newest, None
        if newest is None or newest.id != id:
            newest = self._ledger.store.require(Observation, id)
        return self._add(newest, lines)

    def _add(self, observation: Observation, lines: list[Line]) -> Observation:
        if observation.quick_notes:
            end = max(self._ledger.clock.now(), observation.end or observation.start)
            observation = observation.changed(end=end)
            whole = numbered(observation, observation.lines, lines)
            return self._keep("Note line", observation, whole)
        self._newest = add_lines(self._ledger, observation, lines)
        return self._newest

    def edit(self, id: str, line: str, new: Line, shown: NoteLine | None = None) -> Observation:
        """Put other words in the place of a line's; its time is that of `new`.

        Raises `ChangedMeanwhile`, and changes nothing, when the line is not as it was `shown`.
        """
        observation, place = self._found(id, line)
        if shown is not None and observation.lines[place] != shown:
            raise ChangedMeanwhile("this line was changed meanwhile by another session")
        changed = note_line(observation, line, new)
        return self._keep("Edit line", observation, _put(observation.lines, place, changed))

    def retag(self, id: str, line: str, tags: Iterable[str], labels: Iterable[str]) -> Observation:
        """Give a line these tags and labels, in the place of those it has."""
        observation, place = self._found(id, line)
        changed = observation.lines[place].changed(
            tags=tuple(LineTag(tag) for tag in tags), labels=tuple(labels)
        )
        return self._keep("Tag line", observation, _put(observation.lines, place, changed))

    def dismiss(self, id: str, line: str, words: str) -> Observation:
        """Say no to what is asked about these words of a line: it is not asked again there."""
        observation, place = self._found(id, line)
        asked = observation.lines[place]
        changed = asked.changed(
            dismissed=tuple(dict.fromkeys((*asked.dismissed, words))),
            marks=tuple(
                mark
                for mark in asked.marks
                if asked.text[mark.start : mark.end].casefold() != words.casefold()
            ),
        )
        return self._keep(
            "Dismiss a question", observation, _put(observation.lines, place, changed)
        )

    def split(self, id: str, line: str, first: Line, second: Line) -> Observation:
        """Make two lines of one; the second follows it, with an id of its own."""
        observation, place = self._found(id, line)
        (added,) = following(observation, observation.lines, [second])
        changed = note_line(observation, line, first)
        lines = (*observation.lines[:place], changed, added, *observation.lines[place + 1 :])
        return self._keep("Split line", observation, lines)

    def join(
        self, id: str, line: str, marks: Callable[[NoteLine], tuple[Mark, ...]] = _nothing_asked
    ) -> Observation:
        """Make one line of this one and the next; the time is that of the first.

        `marks` says what is asked of the new line: its words are others than those of each.
        Raises `ValueError` when another speaks in the next, or one is evidence and the other is
        not (rule R3).
        """
        observation, place = self._found(id, line)
        if place + 1 >= len(observation.lines):
            raise ValueError("there is no line after this one")
        first, second = observation.lines[place : place + 2]
        if may_be_evidence(first) != may_be_evidence(second):
            raise ValueError("evidence and inference never share a line")
        if (first.speaker, first.kind) != (second.speaker, second.kind):
            raise ValueError("the two lines differ in speaker or kind: edit one of them first")
        joined = first.changed(
            text=f"{first.text.rstrip()} {second.text.lstrip()}",
            tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
            labels=tuple(dict.fromkeys((*first.labels, *second.labels))),
            dismissed=tuple(dict.fromkeys((*first.dismissed, *second.dismissed))),
        )
        joined = joined.changed(marks=marks(joined))
        lines = (*observation.lines[:place], joined, *observation.lines[place + 2 :])
        return self._keep("Join lines", observation, lines)

    def delete(self, id: str, line: str) -> Observation:
        """Take a line out."""
        observation, place = self._found(id, line)
        lines = (*observation.lines[:place], *observation.lines[place + 1 :])
        return self._keep("Delete line", observation, lines)

    def move(self, id: str, line: str, by: int) -> Observation:
        """Move a line `by` places later (earlier when negative); it keeps its time."""
        observation, place = self._found(id, line)
        others = [one for one in observation.lines if one.id != line]
        target = min(max(place + by, 0), len(others))
        others.insert(target, observation.lines[place])
        return self._keep("Move line", observation, tuple(others))

    def replace_all(self, observation: Observation, lines: tuple[NoteLine, ...]) -> Observation:
        """Put another script in the place of the one that `observation` was read with.

        Raises `ChangedMeanwhile` when lines changed meanwhile; then nothing is changed.
        """
        self._ledger.poll()
        current = self._get(observation.id)
        if current.lines != observation.lines:
            raise ChangedMeanwhile("lines were added or changed meanwhile; nothing was saved")
        return self._keep("Edit the script", current, lines)

    def _found(self, id: str, line: str) -> tuple[Observation, int]:
        self._ledger.poll()
        observation = self._get(id)
        for place, one in enumerate(observation.lines):
            if one.id == line:
                return observation, place
        raise NotFound("such line any more")

    def _keep(
        self, title: str, observation: Observation, lines: tuple[NoteLine, ...]
    ) -> Observation:
        became = {line.id: line for line in lines}
        # Most of a script stays as it is: only what differs is looked at.
        pairs = [
            (line, became.get(line.id))
            for line in observation.lines
            if became.get(line.id) is not line
        ]
        refuse_untrue_lines(self._ledger.store, observation.id, pairs)
        changed = observation.changed(lines=lines)
        if lines == observation.lines and not observation.quick_notes:
            return observation
        self._newest = self._ledger.save(title, changed).stored(changed)
        return self._newest


def _put(lines: tuple[NoteLine, ...], place: int, line: NoteLine) -> tuple[NoteLine, ...]:
    return (*lines[:place], line, *lines[place + 1 :])
