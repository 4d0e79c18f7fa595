"""The budgets, measured as ratios against two rulers on the same interpreter: see `make bench`."""
