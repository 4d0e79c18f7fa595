"""The words that names are read with, as they are shipped (`data/names.toml`)."""

from __future__ import annotations

from coach_tui.coaching.settings import SettingsError
from coach_tui.coaching.toml_files import shipped_text, tables_in
from coach_tui.domain.redacting.name_words import NameWords, name_words

FILE = "names.toml"


def shipped() -> NameWords:
    """Return the lists in the package."""
    return name_words(tables_in(FILE, shipped_text(FILE), SettingsError))
