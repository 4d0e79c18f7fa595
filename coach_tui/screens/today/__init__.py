"""Mode 1: what is owed and due now."""
