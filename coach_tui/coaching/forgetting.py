"""Forgetting somebody: every record, every version of it, every draft and backup in the folder."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach_tui.coaching import name_lists
from coach_tui.coaching.locking import refuse_while_open
from coach_tui.coaching.traces import Trace, Traces
from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.names import spellings
from coach_tui.store.engine import Delete, Operation, Put
from coach_tui.store.left_behind import left_behind
from coach_tui.store.rewriting import Forgetting

if TYPE_CHECKING:
    from coach_tui.coaching.ledger import Ledger
    from coach_tui.domain.records import Coachee
    from coach_tui.store.encryption.cipher import Cipher
    from coach_tui.store.journal_engine import JournalEngine

Documents = dict[str, dict[str, dict[str, Any]]]

SHARES, FEEDS = "shares", "feeds"

TITLE = "Somebody was forgotten"
"""What the history keeps of it: no name."""


@dataclass(frozen=True, slots=True)
class ToForget:
    """What belongs to one coachee: records by table and id; and who else's still tell the name."""

    name: str
    id: str
    places: frozenset[tuple[str, str]]
    elsewhere: tuple[tuple[str, str], ...]
    written: tuple[str, ...] = ()
    """How else the whole name is written: without its accents, turned round."""
    perhaps: tuple[tuple[str, str, str], ...] = ()
    """Records of others that may mean her, and by which word: a part of the name, a short form."""

    def counts(self) -> dict[str, int]:
        """Return how many records of each table would go."""
        tables = sorted(table for table, _ in self.places)
        return {table: tables.count(table) for table in dict.fromkeys(tables)}

    @property
    def forgetting(self) -> Forgetting:
        """Return what no line of the past may be about: the name in every spelling too."""
        words = (self.name, self.id, *spellings(self.name), *self.written)
        return Forgetting(self.places, tuple(dict.fromkeys(words)))


def to_forget(ledger: Ledger, coachee: Coachee) -> ToForget:
    """Find everything that belongs to the coachee, and where else the full name stands."""
    ledger.poll()
    stored = ledger.store.everything()
    places = {("coachees", coachee.id)}
    for table, documents in stored.items():
        places |= {
            (table, id)
            for id, document in documents.items()
            if document.get("coachee") == coachee.id
        }
    goals = {id for table, id in places if table == "goals"}
    places |= {
        ("evidence", id)
        for id, document in stored.get("evidence", {}).items()
        if document.get("goal") in goals
    }
    named = Forgetting(frozenset(), (coachee.name,))
    found = _traces(ledger, coachee, stored, places)
    telling = [
        place for place, trace in found if trace.whole or named.is_in(stored[place[0]][place[1]])
    ]
    # What was shared of others and tells the name: nobody can change it, so it goes.
    places |= {place for place in telling if place[0] == SHARES}
    elsewhere = tuple(place for place in telling if place[0] not in (SHARES, FEEDS))
    return ToForget(
        coachee.name,
        coachee.id,
        frozenset(places),
        elsewhere,
        tuple(dict.fromkeys(word for _, trace in found for word in trace.whole)),
        tuple(
            (*place, word)
            for place, trace in found
            if place not in telling
            for word in trace.perhaps
        ),
    )


def _traces(
    ledger: Ledger, coachee: Coachee, stored: Documents, places: set[tuple[str, str]]
) -> list[tuple[tuple[str, str], Trace]]:
    """Return what each record of others tells of the coachee."""
    others = [one.name for one in ledger.store.all(type(coachee)) if one.id != coachee.id]
    is_team = coachee.kind is CoacheeKind.TEAM
    traces = Traces(coachee.name, others, name_lists.shipped(), is_team=is_team)
    return [
        ((table, id), traces.of(document))
        for table, documents in sorted(stored.items())
        for id, document in sorted(documents.items())
        if (table, id) not in places
    ]


def forget(
    engine: JournalEngine, ledger: Ledger, wanted: ToForget, cipher: Cipher | None
) -> list[str]:
    """Take everything of the coachee away for good; returns the files that still tell the name.

    The engine is closed by it. Backups in the folder go; records of others that tell the name
    stay, without their past. Raises `Unavailable` while the app is open elsewhere, the
    store's errors; then at most the records are gone, which can be undone.
    """
    refuse_while_open(engine)
    ledger.put_back(TITLE, _operations(ledger.store.everything(), wanted))
    engine.rewrite(cipher, wanted.forgetting)
    for left in left_behind(engine.directory, cipher)[0]:
        for draft in left.drafts:
            if wanted.forgetting.is_in(draft.to_plain()):
                left.discard(draft.key)
        left.release()
    return list(_still_telling(engine.directory, wanted.forgetting))


def _operations(stored: Documents, wanted: ToForget) -> list[Operation]:
    operations: list[Operation] = [
        Delete(table, id, stored[table][id]["revision"])
        for table, id in sorted(wanted.places)
        if id in stored.get(table, {})
    ]
    operations += [
        Put("coachees", {**other, "reciprocal_pair": None}, other["revision"])
        for id, other in stored.get("coachees", {}).items()
        if other.get("reciprocal_pair") == wanted.id and ("coachees", id) not in wanted.places
    ]
    return [*operations, *_without_events(stored, wanted)]


def _without_events(stored: Documents, wanted: ToForget) -> Iterator[Operation]:
    """Yield what takes the person's events out of what other calendars were told."""
    ids = {id for _, id in wanted.places}
    for feed in stored.get(FEEDS, {}).values():
        kept = [
            event
            for event in feed["events"]
            if not any(str(event["uid"]).startswith(id) for id in ids)
            and not wanted.forgetting.is_in(event)
        ]
        if kept != feed["events"]:
            yield Put(FEEDS, {**feed, "events": kept}, feed["revision"])


def _still_telling(directory: str, forgetting: Forgetting) -> Iterator[str]:
    """Look through every byte of every file for the name and the id; yield the paths."""
    for folder, _, names in os.walk(directory):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with suppress(OSError), open(path, "rb") as file:
                if forgetting.is_in_text(_unpressed(file.read()).decode("utf-8", "replace")):
                    yield path


def _unpressed(data: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompress(data, 31)
    return data
