"""Planning on school days: by example and by property."""
