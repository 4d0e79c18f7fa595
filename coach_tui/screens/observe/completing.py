"""Completing what begins with a `+`: tags, priority groups, look-fors."""

from __future__ import annotations

import re

from coach_tui.screens.observe.checking import Checking

_BEGUN = re.compile(r"(?:^|\s)\+(\S*)$")
MOST_SHOWN = 5


class Completing(Checking):
    """Tab takes the first that is offered; there is nowhere else for it to go."""

    def _begun_tag(self) -> str | None:
        """Return what stands between a `+` and the cursor; None where no tag is begun."""
        if "+" not in self.line.value:
            return None
        found = _BEGUN.search(self.line.value[: self.line.cursor_position])
        return None if found is None else found[1]

    def completions(self) -> str:
        """Return what can stand there, the first being what Tab takes; empty for nothing."""
        begun = self._begun_tag()
        if begun is None or begun.casefold() in self.reader.names.by_handle:
            return ""
        offered = self.reader.names.matching(begun)[:MOST_SHOWN]
        return "tab " + " · ".join(f"+{one}" for one in offered) if offered else ""

    def action_complete(self) -> None:
        """Complete the tag at the cursor."""
        begun = self._begun_tag()
        offered = self.reader.names.matching(begun) if begun is not None else []
        if begun is None or not offered:
            return
        cursor = self.line.cursor_position
        before, after = self.line.value[: cursor - len(begun)], self.line.value[cursor:]
        space = "" if after[:1].isspace() else " "
        self.line.hold(f"{before}{offered[0]}{space}{after}", len(before + offered[0]) + 1)
