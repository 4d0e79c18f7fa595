"""What is known of a text that was handed to an editor by the draft it is kept in."""

from __future__ import annotations

from coach_tui.store.edited_files import LATIN, TEXT, has_more, is_new

__all__ = ["LATIN", "TEXT", "has_more", "is_new"]
