"""The grammar of the scripting line: what a coach types, as speaker, kind, words and tags. Plain.

Pure functions: `read` takes a typed line apart, `written` puts one together again for editing.
"""

from __future__ import annotations

from coach_tui.domain.scripting.names import NO_NAMES, Names
from coach_tui.domain.scripting.prefixes import DEFAULT, PrefixError, Prefixes
from coach_tui.domain.scripting.reading import read
from coach_tui.domain.scripting.typed import Typed
from coach_tui.domain.scripting.writing import written

__all__ = ["DEFAULT", "NO_NAMES", "Names", "PrefixError", "Prefixes", "Typed", "read", "written"]
