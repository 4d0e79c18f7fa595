"""Identifiers that sort by the time they were made. Plain."""

from __future__ import annotations

from os import urandom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST = 64
"""Characters that an id may have."""

_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def new_id(at: datetime, random: Callable[[int], bytes] = urandom) -> str:
    """Return a new id, 36 characters, that sorts after those of earlier microseconds.

    The layout is that of a version 7 UUID: 48 bits of milliseconds since 1970, 12 bits of the
    rest of the millisecond, 62 random bits. `at` is aware; raises `ValueError` when it is not, or
    lies before 1970. `random(n)` gives n random bytes.
    """
    if at.tzinfo is None:
        raise ValueError("an id is made from a moment with its time zone")
    seconds = at.timestamp()
    if seconds < 0:
        raise ValueError("an id cannot be made for a moment before 1970")
    milliseconds = int(seconds) * 1000 + at.microsecond // 1000
    fraction = at.microsecond % 1000 * 4096 // 1000
    tail = int.from_bytes(random(8), "big") & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    digits = f"{milliseconds:012x}7{fraction:03x}{tail:016x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def new_session(login: str, pid: int, random: Callable[[int], bytes] = urandom) -> str:
    """Return a name for this run of the program that no other has: `ana-4312-9f3a01c2`."""
    who = "".join(char if char in _ALPHABET else "_" for char in login)[:32] or "somebody"
    return f"{who}-{pid}-{random(4).hex()}"


def who_of(session: str) -> str:
    """Return the login name that a session was named after; empty when it is named otherwise."""
    who, _, rest = session.rpartition("-")
    who, _, pid = who.rpartition("-")
    return who if pid.isdecimal() and len(rest) == 8 else ""


def is_id(value: object) -> bool:
    """Whether `value` can be the id of a document: 1 to 64 of the letters A-Z a-z 0-9 _ -."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST and _ALPHABET.issuperset(value)
