"""The command line, as a person or a script meets it: most in a process of its own."""
