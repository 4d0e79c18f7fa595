"""Rosters and exports: files made here, read back, planned."""
