"""Planning on school days: bells, appointments, ghosts, conflicts, series, catching up. Plain.

Times of the school day are minutes after local midnight (10:15 is 615): quick to compare and
to add, and never of another time zone.
"""
