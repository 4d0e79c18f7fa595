"""coach-tui: a terminal app for an instructional coach's caseload."""

__version__ = "0.1.0"
