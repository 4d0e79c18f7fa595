"""Nouns and rules of instructional coaching: records, transitions, derived statuses, school days.

Nothing here reads a clock, a file or a screen: `today` and the school calendar are arguments.
The modules marked *plain* import neither pydantic nor anything else that is slow to load, so
that a quick command can use the same rules as the app.
"""
