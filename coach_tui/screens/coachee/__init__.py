"""A teacher's or team's page."""
