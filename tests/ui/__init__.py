"""The app driven by its keys: what is shown and what is stored."""
