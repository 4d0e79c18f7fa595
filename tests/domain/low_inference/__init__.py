"""The low-inference check: its codes, what it leaves alone, and how well it asks."""
