"""The low-inference check: asks about words in a note that read as judgement. Plain.

Notes say what a camera would have recorded (domain.md section 7). The check never blocks a line,
never changes a word of it, and never calls a note clean: no mark means that nothing was asked.
"""

from __future__ import annotations

from coach_tui.domain.low_inference.checking import check, review
from coach_tui.domain.low_inference.lexicon import Lexicon
from coach_tui.domain.low_inference.marks import Mark
from coach_tui.domain.low_inference.phrases import NOTHING, Phrases
from coach_tui.domain.low_inference.scripted import Scripted, read_line

__all__ = ["NOTHING", "Lexicon", "Mark", "Phrases", "Scripted", "check", "read_line", "review"]
