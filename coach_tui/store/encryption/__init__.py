"""Encryption at rest, for those who installed the extra `encryption` (store.md section 7).

Import the module that is needed; only `cipher` and `wrapping` import `cryptography`.
"""
