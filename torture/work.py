"""The work that the store is disturbed at: a row of commits that can be done again, by number.

Whoever knows the seed knows what the store holds after each of them, without having been there.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from coach_tui.store.engine import Append, Delete, Put

if TYPE_CHECKING:
    from typing import Any

    from coach_tui.store.engine import Engine, Operation

    State = dict[tuple[str, str], dict[str, Any]]

BEGIN = datetime(2025, 10, 1, 12, 0, tzinfo=UTC)
TABLES = ("counts", "notes")
MOST_NOTES = 30
"""Documents that the work keeps; then each new one takes the place of another."""

_WORDS = (
    "T: who can say why?",
    "S3 \u2026 'because'",
    "[/red]",
    "14/24 hands up",
    "\u05d0\u05d1",
    '"\\',
)


class Work:
    """Commits 1, 2, 3 ... from an empty store; `state` is what it holds after commit `number`.

    Every commit also counts, in a document of its own, so that half of a commit shows.
    """

    def __init__(self, seed: int, longest_text: int = 600) -> None:
        self.seed, self.longest_text = seed, longest_text
        self.number = 0
        self.state: State = {}

    def copy(self) -> Work:
        """Return another one that has come as far, and goes on by itself."""
        made = Work(self.seed, self.longest_text)
        made.number, made.state = self.number, self.state
        return made

    def following(self) -> list[Operation]:
        """Return the operations of the commit after this one, without going on to it."""
        number = self.number + 1
        chance = random.Random(f"{self.seed}/{number}")
        operations: list[Operation] = [Put("counts", {"id": "count", "n": number})]
        notes = sorted(id for table, id in self.state if table == "notes")
        kind = chance.choice(("insert", "insert", "change", "delete", "several", "grow", "grow"))
        if kind == "grow" and notes:
            said = [f"{chance.choice(_WORDS)} {number}" for _ in range(chance.randrange(1, 4))]
            id = chance.choice(notes[:2])
            operations.append(Append("notes", id, "said", said, {"n": number}))
        elif kind != "insert" and notes:
            named = chance.sample(notes, min(len(notes), 3 if kind == "several" else 1))
            for id in named:
                takes = kind == "delete" or (kind == "several" and id == named[-1])
                operations.append(
                    Delete("notes", id) if takes else Put("notes", self._note(id, number, chance))
                )
        elif len(notes) >= MOST_NOTES:
            operations.append(Delete("notes", chance.choice(notes)))
        if kind in {"insert", "several"} or not notes:
            operations.append(Put("notes", self._note(f"n{number:07}", number, chance)))
        return operations

    def _note(self, id: str, number: int, chance: random.Random) -> dict[str, Any]:
        text = " ".join(chance.choices(_WORDS, k=chance.randrange(1, self.longest_text // 12)))
        return {"id": id, "n": number, "text": text, "said": []}

    def go_on(self) -> None:
        """Do the following commit to `state`."""
        state = dict(self.state)
        for operation in self.following():
            place = (operation.table, operation.id)
            if isinstance(operation, Put):
                state[place] = operation.document
            elif isinstance(operation, Append):
                state[place] = operation.grown(state[place])
            else:
                del state[place]
        self.state, self.number = state, self.number + 1

    def at(self, number: int) -> Work:
        """Go on until commit `number`; return itself."""
        while self.number < number:
            self.go_on()
        return self

    @property
    def moment(self) -> datetime:
        """When the following commit is made."""
        return BEGIN + timedelta(seconds=self.number + 1)

    def do(self, engine: Engine) -> None:
        """Commit what follows to `engine`, and go on."""
        engine.commit(self.following(), self.moment)
        self.go_on()


def state_of(engine: Engine) -> State:
    """Return what `engine` holds, in the form of `Work.state`: without revisions."""
    return {
        (table, document["id"]): {key: document[key] for key in document if key != "revision"}
        for table in TABLES
        for document in engine.query(table)
    }


def number_of(state: State) -> int:
    """Return the commit that `state` says it is after."""
    return int(state.get(("counts", "count"), {"n": 0})["n"])


def difference(found: State, expected: State) -> str:
    """Return in words how `found` is another state than expected; nothing when it is the same."""
    if found == expected:
        return ""
    missing = sorted(expected.keys() - found.keys())
    more = sorted(found.keys() - expected.keys())
    other = sorted(
        place for place in found.keys() & expected.keys() if found[place] != expected[place]
    )
    parts = {"missing": missing, "too many": more, "another": other}
    named = [
        f"{len(places)} {what} (first {'/'.join(places[0])})"
        for what, places in parts.items()
        if places
    ]
    return f"after commit {number_of(found)} instead of {number_of(expected)}: {', '.join(named)}"


def fault_in(found: State, acknowledged: Work, ahead: int = 1) -> str:
    """Return what is wrong with a state that may hold the commits in flight too; else nothing.

    `ahead` is how many commits those may be.
    """
    following = acknowledged.copy()
    for _ in range(ahead):
        if found == following.state:
            return ""
        following.go_on()
    if found == following.state:
        return ""
    return difference(found, acknowledged.state)
