"""The tests of coach-tui, a folder for each layer."""
