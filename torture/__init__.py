"""What the store promises, tried by force: `make torture`; docs/reliability.md tells how."""
