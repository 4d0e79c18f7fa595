"""Mode 4: all notes, newest first, searched as you type."""
