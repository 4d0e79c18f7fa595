"""Sharing: the one way by which words leave the private plane (rule R2, domain.md section 1)."""

from __future__ import annotations

import hashlib
import os

from coach_tui.coaching import lexicon
from coach_tui.coaching import lexicon_tables as tables
from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.low_inference import check
from coach_tui.domain.low_inference.checking import PRIVACY
from coach_tui.domain.records import Coachee, Share
from coach_tui.domain.shareable import Redactor
from coach_tui.exchange.out_files import write_new

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

    def redactor(self, reader: Coachee) -> Redactor:
        """Return what takes everybody's names out of a text for `reader` but her own.

        Of a team, the members are its readers too.
        """
        readers = {reader.name, *reader.members}
        people: list[str] = []
        teams: list[str] = []
        for one in self._ledger.store.all(Coachee):
            if one.id == reader.id:
                continue
            (teams if one.kind is CoacheeKind.TEAM else people).append(one.name)
            people += one.members
        return Redactor(
            [name for name in people if name not in readers],
            " ".join((reader.name, *reader.members)),
            [name for name in teams if name not in readers],
        )

    def full_names(self, text: str, reader: Coachee) -> tuple[str, ...]:
        """Return what reads as somebody's full name in `text`, a reader's own left out.

        Students appear as numbers, initials or counts (rule R4): this asks, it takes nothing out.
        """
        own = {reader.name.casefold(), *(name.casefold() for name in reader.members)}
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
