"""The history of a record."""
