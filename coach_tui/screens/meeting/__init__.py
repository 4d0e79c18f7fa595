"""The feedback meeting with a teacher: prepared, held step by step, ended, followed up."""
