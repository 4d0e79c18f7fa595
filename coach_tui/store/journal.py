"""The lines of `coach.journal.jsonl`: one line, one commit, each bound to the one before. Plain.

    {"format":"coach-tui journal","schema":2,"store":"...","after":7,"head":"...","h":"..."}
    {"n":8,"at":"...","by":"...","title":"...","changes":[
        {"table":"...","id":"...","document":{...} or null,"before":{...} or null}],"h":"..."}

(each on one line). `h` is the BLAKE2b of the line without it, keyed with the `h` of the commit
before; the first line names the commit that its file begins after. So a line that was altered,
left out, repeated or moved shows, and the journal is tied to its snapshot, which names the hash of
its newest commit. `document` is the whole document; `before` is what it takes to get back, see
`differences`.
"""

from __future__ import annotations

from hashlib import blake2b

from coach_tui.store.migrations import SCHEMA, check_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from coach_tui.store.header import Header

    Loads = Callable[[bytes], Any]

FORMAT = "coach-tui journal"

_MARK = b',"h":"'
_TAIL = len(_MARK) + 64 + 2
_MALFORMED = (KeyError, RecursionError, TypeError, ValueError)


def first_head(store: str) -> str:
    """Return the hash that the chain of the store begins with."""
    return blake2b(store.encode(), digest_size=32, person=b"coach-tui").hexdigest()


def link(body: bytes, head: str) -> str:
    """Return the hash of a line (`body`: all before its `h`) that follows one with hash `head`."""
    return blake2b(body, digest_size=32, key=bytes.fromhex(head)).hexdigest()


def chained(line: bytes, head: str) -> tuple[bytes, str]:
    """Return the line (a JSON object) with its hash and its line break, and the hash."""
    body = line[:-1]
    h = link(body, head)
    return b'%b%b%b"}\n' % (body, _MARK, h.encode()), h


def first_line(store: str, after: int, head: str) -> bytes:
    """Return the line that begins the journal of what follows the commit `after`."""
    said = f'"schema":{SCHEMA},"store":"{store}","after":{after},"head":"{head}"'
    line = f'{{"format":"{FORMAT}",{said}}}'
    return chained(line.encode(), head)[0]


def hash_of(line: bytes, head: str) -> str | None:
    """Return the hash of a line without its line break, None when it does not follow `head`."""
    h = link(line[:-_TAIL], head)
    return h if line[-_TAIL:] == b'%b%b"}' % (_MARK, h.encode()) else None


class Transaction:
    """One commit as its line says it. `line` is without its line break, `head` its hash.

    `title` is as stored, None when there is none; `changes` are dictionaries as in the line.
    """

    __slots__ = ("at", "changes", "head", "line", "sequence", "session", "title", "undoes")

    def __init__(self, line: bytes, head: str, loads: Loads) -> None:
        fields = loads(line)
        self.line, self.head = line, head
        self.sequence: int = fields["n"]
        self.at: str = fields["at"]
        self.session: str = fields["by"]
        self.title: Any = fields.get("title")
        self.undoes: int = fields.get("undoes", 0)
        self.changes: list[dict[str, Any]] = [
            {name: change[name] for name in ("table", "id", "document", "before")}
            for change in fields["changes"]
        ]


class Scan:
    """What was found in the bytes of a journal that belongs to a snapshot.

    `store` and `after`: what the first line says, None and the snapshot's when it cannot be read.
    `transactions`: the commits after the snapshot. `sequence`, `head`, `written_at`: those of the
    newest commit, the snapshot's when there is none. `good`: how many bytes are whole. `rest`: the
    bytes after them. `damage`: empty, or why what follows `good` is not just a torn last line.
    `trouble`: empty, or why the journal does not belong to the snapshot. `is_old`: it ends before
    the snapshot.
    """

    def __init__(self, header: Header) -> None:
        self.store: str | None = None
        self.after = header.sequence
        self.transactions: list[Transaction] = []
        self.sequence, self.head, self.written_at = header.sequence, header.head, ""
        self.good = 0
        self.rest = b""
        self.damage = self.trouble = ""
        self.is_old = False


def scan(data: bytes, header: Header, loads: Loads) -> Scan:
    """Read a whole journal beside the snapshot with this header. Raises `NeedsUpgrade`.

    With a first line that names a later commit than the snapshot's, `transactions` follow that one.
    """
    found = Scan(header)
    end = data.find(b"\n")
    first = _first(data[:end], loads) if end >= 0 else None
    if first is not None:
        found.good = end + 1
        found.store, found.after = first["store"], first["after"]
        if found.store != header.id:
            found.trouble = "it belongs to another store"
            return found
        if not _begins(found, first["head"], header):
            return found
    elif end >= 0 and _goes_on(data[end + 1 :], loads):
        # The chain itself says whether what follows belongs to the snapshot.
        found.damage = "line 1 is damaged"
        follow(found, data, end + 1, loads, header)
        return found
    follow(found, data, found.good, loads, header)
    return found


def _begins(found: Scan, head: str, header: Header) -> bool:
    """Set where the journal begins; False when that does not fit the snapshot."""
    if found.after == header.sequence and head != header.head:
        found.trouble = "its chain is not that of the snapshot"
        return False
    found.sequence, found.head = found.after, head
    return True


def follow(found: Scan, data: bytes, place: int, loads: Loads, header: Header) -> None:
    """Read the lines from `place` on into `found`, as far as each follows the one before."""
    number = data.count(b"\n", 0, place)
    while True:
        end = data.find(b"\n", place)
        if end < 0:
            break
        number += 1
        transaction = _next(data[place:end], found, loads)
        if transaction is None:
            # A torn line is no JSON; one that is, and does not follow, was altered or moved.
            if _goes_on(data[place:], loads):
                found.damage = found.damage or f"line {number} is damaged"
            break
        found.sequence, found.head = transaction.sequence, transaction.head
        place = end + 1
        if transaction.sequence > header.sequence:
            found.transactions.append(transaction)
            found.written_at = transaction.at
        elif transaction.sequence == header.sequence and transaction.head != header.head:
            found.trouble = "its chain is not that of the snapshot"
            break
    found.good, found.rest = place, data[place:]
    if found.sequence < header.sequence:
        found.is_old = True
        found.sequence, found.head = header.sequence, header.head


def _next(line: bytes, found: Scan, loads: Loads) -> Transaction | None:
    head = hash_of(line, found.head)
    if head is None:
        return None
    try:
        transaction = Transaction(line, head, loads)
    except _MALFORMED:
        return None
    # Numbers may be left out: those of commits that were lost are not used again.
    return transaction if transaction.sequence > found.sequence else None


def _first(line: bytes, loads: Loads) -> dict[str, Any] | None:
    try:
        first = loads(line)
        if first["format"] != FORMAT or hash_of(line, first["head"]) is None:
            return None
        check_known(first["schema"])
        if type(first["after"]) is not int or type(first["store"]) is not str:
            return None
    except _MALFORMED:
        return None
    whole: dict[str, Any] = first
    return whole


def whole_part(data: bytes, loads: Loads) -> bytes:
    """Return a journal up to its first damaged line; nothing when that is the first one."""
    end = data.find(b"\n")
    first = _first(data[:end], loads) if end >= 0 else None
    if first is None:
        return b""
    head, place = first["head"], end + 1
    while (end := data.find(b"\n", place)) >= 0:
        found = hash_of(data[place:end], head)
        if found is None:
            break
        head, place = found, end + 1
    return data[:place]


def _goes_on(data: bytes, loads: Loads) -> bool:
    """Whether there are commits: then what stands there is no torn end of the file."""
    return any(is_commit(line, loads) for line in data.split(b"\n"))


def is_commit(line: bytes, loads: Loads) -> bool:
    """Whether a line looks like a commit, whatever its hash."""
    if line[-_TAIL : len(_MARK) - _TAIL] != _MARK:
        return False
    try:
        return type(loads(line)["n"]) is int
    except _MALFORMED:
        return False
