"""The command line, as a person or a script meets it: in a process of its own."""
