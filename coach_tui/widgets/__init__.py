"""Reusable pieces of screen: fed from above, answering with typed messages; no verbs, no store."""
