"""How often a bar was tried and how often it was missed, and the same for its control."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = 3
"""How many of the things that were wrong are told."""


@dataclass
class Tally:
    """Trials of one thing: how many, how many of them wrong, and the first wrong ones in words."""

    tried: int = 0
    wrong: int = 0
    told: list[str] = field(default_factory=list)

    def count(self, fault: str | None) -> None:
        """Count one trial; `fault` says what was wrong with it, None or nothing that it was right.

        It must hold no content of a document beyond what the harness itself made up.
        """
        self.tried += 1
        if fault:
            self.wrong += 1
            if len(self.told) < SHOWN:
                self.told.append(fault)

    def add(self, other: Tally) -> None:
        """Count the trials of `other` too."""
        self.tried += other.tried
        self.wrong += other.wrong
        self.told = [*self.told, *other.told][:SHOWN]


@dataclass(frozen=True)
class Row:
    """One line of the table: a bar, what was tried, and the control that had to fail.

    `control` says what was broken on purpose; at least `least` of its trials must be found wrong.
    A row whose control is not found out proves nothing, and is an error like a missed bar.
    `figures` are further things worth knowing. `skipped` says why nothing could be tried.
    """

    bar: str
    what: str
    tally: Tally = field(default_factory=Tally)
    control: str = ""
    caught: Tally = field(default_factory=Tally)
    least: int = 1
    figures: str = ""
    skipped: str = ""

    @property
    def verdict(self) -> str:
        """Return `held`, `skipped`, or in capitals what is wrong."""
        if self.skipped:
            return "skipped"
        if not self.tally.tried:
            return "NOTHING TRIED"
        if self.tally.wrong:
            return "MISSED"
        if self.caught.wrong < self.least:
            return "CONTROL PASSED"
        return "held"

    @property
    def is_good(self) -> bool:
        """Whether the bar is met and its control was found out, or nothing could be tried."""
        return self.verdict in {"held", "skipped"}
