"""An observation's script as text: each line with its time, speaker and kind. Plain."""

from __future__ import annotations

from coach_tui.domain.scripting.names import GROUP, LOOK_FOR
from coach_tui.presentation import dates
from coach_tui.presentation.text import cut, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from coach_tui.domain.records import NoteLine, Observation

    Local = Callable[[datetime], datetime]

_SIGNS = {"count": "#", "environment": "e", "question": "?", "inference": "!"}


def line_sign(line: NoteLine) -> str:
    """Return who spoke, else what kind of line it is, in at most three columns."""
    return line.speaker or _SIGNS.get(line.kind.value, "")


LONGEST_LABEL = 30
"""Columns of a group's or look-for's name beside a line, at most."""


def line_words(line: NoteLine) -> str:
    """Return a line's text, quoted when it is what somebody said, with its tags."""
    text = visible(line.text)
    quoted = f'"{text}"' if line.kind.value == "quote" and not text.startswith('"') else text
    return quoted + "".join(f"  +{tag}" for tag in _tags(line))


def _tags(line: NoteLine) -> list[str]:
    """Return the tags of a line: a group or look-for by its name, where it is known which."""
    named = [cut(label, LONGEST_LABEL) for label in line.labels]
    return [
        tag.value for tag in line.tags if not named or tag.value not in (GROUP, LOOK_FOR)
    ] + named


def line_text(line: NoteLine, local: Local) -> str:
    """Return one line of a script: `09:14:05 T   "what do you notice?"`."""
    return f"{dates.clock(local(line.time))} {line_sign(line):3} {line_words(line)}"


def heading(observation: Observation, local: Local) -> str:
    """Return when an observation was, and how long: `Mon 2 Nov 2026, 09:12, 24 min`."""
    start = local(observation.start)
    begun = f"{dates.full(observation.date)}, {start.hour:02}:{start.minute:02}"
    if observation.end is None:
        return f"{begun}, not ended"
    return f"{begun}, {dates.minutes(observation.duration(observation.end).total_seconds())}"


def script_lines(observation: Observation, local: Local) -> list[str]:
    """Return a whole observation as plain text: heading, what it was about, and its lines."""
    lines = [f"Notes of {heading(observation, local)}"]
    about = {
        "lesson": observation.lesson,
        "materials": observation.materials,
        "technique": observation.technique,
    }
    lines += [f"  {name}: {visible(words)}" for name, words in about.items() if words]
    if not observation.lines:
        lines.append("  no lines yet")
    return lines + [f"  {line_text(line, local)}" for line in observation.lines]
