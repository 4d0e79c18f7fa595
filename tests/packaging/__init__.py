"""What is built from the source, and whether it runs."""
