"""What the check says about a line: a code, a place and a question. Plain."""

from __future__ import annotations


class Mark:
    """A question about the characters `start` to `end` of a line (end excluded), and its code."""

    __slots__ = ("code", "end", "question", "start")

    def __init__(self, code: str, start: int, end: int, question: str) -> None:
        """Hold the values."""
        self.code, self.start, self.end, self.question = code, start, end, question

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, Mark):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self._values())

    def __repr__(self) -> str:
        """Name code and place; the words themselves stay out of logs."""
        return f"<Mark {self.code} {self.start}-{self.end}>"

    def _values(self) -> tuple[str, int, int, str]:
        return self.code, self.start, self.end, self.question
