"""The store, tried with real files, and with disks and processes that fail."""
