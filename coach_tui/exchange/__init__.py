"""Other formats in and out: rosters as CSV or XLSX, the whole store as JSON.

Nothing here opens the store, reads a clock or knows a screen: records come in and go out as plans,
which say what would be added, changed, skipped or refused before anything is saved.
"""
