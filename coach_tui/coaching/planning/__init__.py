"""Verbs of the calendar: what stands on which day, planning and moving it, the school year."""
