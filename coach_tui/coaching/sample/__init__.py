"""The sample caseload: made-up people, half a school year of coaching, dates relative to today."""
