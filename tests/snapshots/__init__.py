"""Pictures of each screen at 80x24 and 120x40."""
