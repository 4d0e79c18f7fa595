"""What a coach does, as verbs: each loads, applies a rule of the domain, saves, returns records.

Store and clock come in by constructor. This is the only door to the store.
"""
