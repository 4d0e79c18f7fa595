"""R9: what was typed is there again, however the program or its terminal comes to an end."""

from __future__ import annotations

import os
import random
import shutil
import signal
import string
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.commands import Command
from benchmarks.terminal import Terminal
from benchmarks.workplace import Workplace
from torture.recording import files_in
from torture.tally import Row, Tally

if TYPE_CHECKING:
    from pathlib import Path

KEYS_A_SECOND = 20
LONGEST = 60
"""Keys that are typed, at most."""

KEPT_AFTER_SECONDS = 0.3
SEED = 99

PLANTED = (
    "import sys\n"
    "from coach_tui.store.draft_file import DraftFile\n"
    "DraftFile.keep = lambda *_: None\n"
    "from coach_tui.cli.main import main\n"
    "sys.exit(main())\n"
)
"""The program without drafts."""


@dataclass(frozen=True)
class Place:
    """Where something is typed: the keys that lead there, and what the screen shows then."""

    name: str
    keys: bytes
    marker: str


PLACES = (
    Place("a line of notes", b"o", "Enter saves the line"),
    Place("a form", b"a", "Content areas"),
)


class Typing(Terminal):
    """A terminal in which somebody types, until it comes to an end in one of several ways."""

    def type_on(self, text: str) -> list[float]:
        """Type `text` at the speed of a quick typist; return when each key was pressed."""
        pressed = []
        for key in text:
            pressed.append(time.monotonic())
            self.press(key.encode())
            self.draw(self.written(1 / KEYS_A_SECOND))
        return pressed

    def goes_to(self, place: Place, first: str) -> None:
        """Go to the place from the first screen, which shows `first`."""
        self.first_seen(first)
        self.settle(0.3)
        self.press(place.keys)
        self.first_seen(place.marker)

    def hang_up(self) -> None:
        """Send what a dropped connection does."""
        os.kill(self.process, signal.SIGHUP)
        self._wait()

    def terminate(self) -> None:
        """Send what a machine that shuts down does."""
        os.kill(self.process, signal.SIGTERM)
        self._wait()

    def close(self) -> None:
        """Close the terminal under the program."""
        os.close(self._file)
        self._file = -1
        self._wait()

    def kill(self) -> None:
        """Kill it."""
        os.kill(self.process, signal.SIGKILL)

    def _wait(self) -> None:
        # It may still want to say something, and nobody need listen: it must end all the same.
        for _ in range(200):
            if os.waitid(os.P_PID, self.process, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return
            if self._file >= 0:
                with suppress(SystemExit):
                    self.written(0.05)
            time.sleep(0.05)

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        if self._file >= 0:
            os.close(self._file)


ENDINGS = {
    "hang-up": Typing.hang_up,
    "SIGTERM": Typing.terminate,
    "closed terminal": Typing.close,
    "kill -9": Typing.kill,
}


def measure(place: Path, count: int) -> list[Row]:
    """Type `count` times in each place for each ending."""
    typist = _Typist(place)
    return [
        Row(
            "R9",
            f"{KEYS_A_SECOND} keys a second in {where.name}, ended by {', '.join(ENDINGS)}",
            typist.ended(where, count),
            "keeps no drafts; kill -9",
            typist.ended(where, 2, planted=True),
        )
        for where in PLACES
    ]


class _Typist:
    """Types into the program over copies of one store."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._workplace = Workplace(place)
        self._sample = self._workplace.sample(4, 1)
        self._chance = random.Random(SEED)
        self._number = 0

    def ended(self, where: Place, count: int, *, planted: bool = False) -> Tally:
        """Type and let it end; `planted`: by a program that keeps no drafts, killed."""
        tally = Tally()
        endings = ["kill -9"] if planted else list(ENDINGS)
        for ending in endings * count:
            fault = self._fault(where, ending, planted=planted)
            tally.count(fault and f"{where.name}, {ending}: {fault}")
        return tally

    def _fault(self, where: Place, ending: str, *, planted: bool) -> str:
        self._number += 1
        store = self._place / f"store {self._number}"
        shutil.copytree(self._sample, store)
        text = "".join(self._chance.choices(string.ascii_lowercase, k=LONGEST))
        text = text[: self._chance.randrange(LONGEST // 3, LONGEST)]
        program = ("-c", PLANTED) if planted else ("-m", "coach_tui")
        command = Command((sys.executable, *program), self._workplace.environment(store))
        with Typing(command, self._place) as typing:
            typing.goes_to(where, "Caseload")
            pressed = typing.type_on(text)
            ended = time.monotonic()
            ENDINGS[ending](typing)
        old = sum(1 for moment in pressed if moment <= ended - KEPT_AFTER_SECONDS)
        kept, is_saved = _longest(store, text)
        if kept < old:
            return f"{kept} of {old} keys older than {KEPT_AFTER_SECONDS} s are there"
        return "" if planted or is_saved else self._offered(store, text[:kept])

    def _offered(self, store: Path, text: str) -> str:
        """Start the program again: what was typed must be on the screen."""
        command = Command((sys.executable, "-m", "coach_tui"), self._workplace.environment(store))
        with Typing(command, self._place) as typing:
            try:
                typing.first_seen(text[:20])
            except SystemExit:
                return "it is not offered when the program starts again"
        return ""


def _longest(store: Path, text: str) -> tuple[int, bool]:
    """Return how many keys from the first on are kept, and whether that is in the store itself."""
    contents = list(files_in(store))
    for length in range(len(text), 0, -1):
        named = [path for path, content in contents if text[:length].encode() in content]
        if named:
            return length, not all(path.startswith("drafts/") for path in named)
    return 0, False
