"""What a coach does, over a store in memory and a clock that stands still."""
