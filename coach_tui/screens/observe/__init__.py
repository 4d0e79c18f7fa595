"""An observation: its script, the line being typed, what is counted beside it."""

from __future__ import annotations

from coach_tui.screens.observe.screen import ObserveScreen
from coach_tui.screens.observe.watching import Opening

__all__ = ["ObserveScreen", "Opening"]
