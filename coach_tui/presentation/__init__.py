"""Pure text for the terminal: dates as people say them, statuses as glyph and word, rows."""
