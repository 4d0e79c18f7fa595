"""From a finished line back to what would be typed for it. Plain."""

from __future__ import annotations

from coach_tui.domain.scripting.names import NO_NAMES, Names
from coach_tui.domain.scripting.prefixes import DEFAULT, Prefixes
from coach_tui.domain.scripting.reading import read
from coach_tui.domain.scripting.typed import Typed


def written(line: Typed, prefixes: Prefixes = DEFAULT, names: Names = NO_NAMES) -> str:
    """Return the line as it is typed: reading it gives the same words, kind and speaker again.

    What no prefix can say (a quotation of nobody) is left to the line that is being edited.
    """
    tags = names.written(line.tags, line.labels)
    return " ".join((_words(line, prefixes, names), *tags))


def _words(line: Typed, prefixes: Prefixes, names: Names) -> str:
    for candidate in _candidates(line, prefixes):
        found = read(candidate, prefixes, names)
        if (found.text, found.speaker, found.kind) == (line.text, line.speaker, line.kind):
            return candidate
    return line.text


def _candidates(line: Typed, prefixes: Prefixes) -> list[str]:
    text, speaker = line.text, line.speaker
    if line.kind == "quote":
        prefix = prefixes.of_speaker(speaker)
        return [f"{prefix} {text}", f"{speaker}: {text}"] if speaker else []
    if line.kind == "action":
        action = prefixes.of("action")
        if not speaker:
            return [text, f"\\{text}"]
        return [f"{speaker} {text}", f"{action} {speaker} {text}", f"{action}: {speaker} {text}"]
    return [f"{prefixes.of(line.kind)} {text}"]
