"""The command line: one module a command, plain text out, and the one place that builds things."""
