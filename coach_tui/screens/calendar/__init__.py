"""Mode 3, the calendar: month, week and agenda, what is planned on them, and the school year."""
