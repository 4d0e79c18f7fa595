"""Progress toward growth goals: the matrix, readiness and fidelity, from stored documents. Plain.

Only what derives facts anew, or shows them in full, imports these; quick commands read
`coach_tui.domain.growth`.
"""
