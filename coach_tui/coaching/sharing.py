"""Sharing: the one way by which words leave the private plane (rule R2, domain.md section 1)."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from typing import TYPE_CHECKING

from coach_tui.coaching import lexicon, name_lists
from coach_tui.coaching import lexicon_tables as tables
from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.low_inference import check
from coach_tui.domain.low_inference.checking import PRIVACY
from coach_tui.domain.names import plain
from coach_tui.domain.records import Coachee, Share
from coach_tui.domain.redacting.forms import PersonName
from coach_tui.domain.redacting.left_in import LeftIn
from coach_tui.domain.shareable import Redactor
from coach_tui.exchange.out_files import write_new

if TYPE_CHECKING:
    from coach_tui.domain.redacting.name_words import NameWords

CLIPBOARD = "clipboard"
FILE = "file"


class Sharing:
    """Takes other people's names out of what will be shared, and logs what left.

    What was shown to the coach and confirmed by her is what leaves, to the letter; it is logged
    with its hash. The log cannot be undone: what left has left.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Log to the store of `ledger`."""
        self._ledger = ledger

    @cached_property
    def _known(self) -> NameWords:
        return name_lists.shipped()

    @cached_property
    def _left_in(self) -> LeftIn:
        known, checked = self._known, tables.shipped()[tables.PRIVACY]
        no_names = {plain(word) for word in checked["not_names"]}
        return LeftIn(
            {plain(name) for name in checked["given_names"]} - known.ordinary - known.little,
            known.no_names | known.little | no_names,
            known.titles,
            frozenset(checked["after_a_name"]),
        )

    def redactor(self, reader: Coachee | None) -> Redactor:
        """Return what takes everybody's names out of a text for `reader` but her own.

        Of a team, the members are its readers too. Without a reader nobody's name stays.
        """
        readers = _readers(reader)
        people: list[str] = []
        teams: list[str] = []
        for one in self._ledger.store.all(Coachee):
            if reader is not None and one.id == reader.id:
                continue
            (teams if one.kind is CoacheeKind.TEAM else people).append(one.name)
            people += one.members
        return Redactor(
            [name for name in people if name not in readers],
            readers,
            [name for name in teams if name not in readers],
            known=self._known,
        )

    def left_in(self, text: str, reader: Coachee) -> tuple[str, ...]:
        """Return words of `text` that may be names of people the app does not know: students.

        They stand there still (rule R4): this asks, it takes nothing out.
        """
        own = {key for name in _readers(reader) for key in PersonName(name, self._known).keys}
        return self._left_in.names(text, own)

    def full_names(self, text: str, reader: Coachee) -> tuple[str, ...]:
        """Return what reads as somebody's full name in `text`, a reader's own left out.

        Students appear as numbers, initials or counts (rule R4): this asks, it takes nothing out.
        """
        own = {name.casefold() for name in _readers(reader)}
        words = lexicon.build(tables.shipped(), {})
        found = []
        for line in text.splitlines():
            for mark in check(line, lexicon=words.lexicon):
                name = line[mark.start : mark.end]
                if mark.code == PRIVACY and name.casefold() not in own and name not in found:
                    found.append(name)
        return tuple(found)

    def to_file(self, what: str, reader: Coachee, text: str, path: str) -> Share:
        """Write `text` to a new file of the owner's only, then log it.

        Raises `ExchangeError` when it cannot be written, and the store's errors when it cannot be
        logged: then the file is taken away again.
        """
        place = os.path.expanduser(path)
        write_new(place, text.encode())
        try:
            return self.log(what, reader, text, FILE)
        except BaseException:
            os.unlink(place)
            raise

    def log(self, what: str, reader: Coachee, text: str, channel: str) -> Share:
        """Log that `text` left, to whom and how; returns the record. Raises the store's errors."""
        now = self._ledger.clock.now()
        share = Share(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            what=what,
            recipient=reader.name,
            coachee=reader.id,
            channel=channel,
            shared_at=now,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        self._ledger.save_for_good(f"Share {what} with {reader.name}", share)
        return share

    def with_coachee(self, coachee: str) -> list[Share]:
        """Return what was shared with one coachee, newest first."""
        shares = self._ledger.store.where(Share, coachee=coachee)
        return sorted(shares, key=lambda share: share.shared_at, reverse=True)


def _readers(reader: Coachee | None) -> set[str]:
    return set() if reader is None else {reader.name, *reader.members}
