"""Encryption at rest, for those who installed the extra `encryption` (decision 18).

Import the module that is needed; only `cipher` and `wrapping` import `cryptography`.
"""
