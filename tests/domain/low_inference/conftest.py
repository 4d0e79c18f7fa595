"""The shipped lexicon, made ready once."""

from __future__ import annotations

import pytest

from coach_tui.coaching import lexicon, lexicon_tables
from coach_tui.coaching.lexicon import CheckWords


@pytest.fixture(scope="session")
def words() -> CheckWords:
    return lexicon.build(lexicon_tables.shipped(), {})
