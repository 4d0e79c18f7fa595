"""The coach's diary: one visit at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_BETWEEN = 3
"""Minutes between one appointment and the next."""


class Diary:
    """Appointments by day, in minutes after local midnight."""

    def __init__(self) -> None:
        """Begin empty."""
        self._taken: dict[date, list[tuple[int, int]]] = {}

    def book(self, day: date, starts: Iterable[int], minutes: int) -> int:
        """Book the first of `starts` at which the coach is free, else the first; return it.

        Raises `ValueError` when there is nothing to choose from.
        """
        choices = list(starts)
        if not choices:
            raise ValueError("no time to choose from")
        taken = self._taken.setdefault(day, [])
        chosen = next((start for start in choices if self._free(taken, start, minutes)), choices[0])
        taken.append((chosen, chosen + minutes))
        return chosen

    @staticmethod
    def _free(taken: list[tuple[int, int]], start: int, minutes: int) -> bool:
        end = start + minutes
        return all(end + _BETWEEN <= other or start >= till + _BETWEEN for other, till in taken)
