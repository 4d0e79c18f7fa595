"""Disk: the coach's documents, kept atomically in one JSON file, and the typed door to them.

Import the module that is needed: this package imports nothing, because quick commands read only
`store.paths` and `store.summary`.
"""
