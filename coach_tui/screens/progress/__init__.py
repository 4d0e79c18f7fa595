"""Mode 5, Progress: the matrix, goals, evidence, readiness, plan, profiles, self-assessment."""
