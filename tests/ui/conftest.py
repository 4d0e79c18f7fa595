"""The caseload that most of these tests begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach_tui.domain.records import PriorityGroup
from tests.ui.driving import add_launched, set_up


@pytest.fixture
def ana(folder: Path) -> Path:
    """Return a store with one launched teacher who has two priority groups."""
    set_up(folder)
    groups = (
        PriorityGroup(label="Multilingual learners", how_many=4),
        PriorityGroup(label="Grade 3"),
    )
    add_launched(folder, building="Oak", priority_groups=groups)
    return folder
