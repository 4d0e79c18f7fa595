"""What can be done on the selected teacher or team, one module a noun."""
