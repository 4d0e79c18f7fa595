"""Data that is shipped with the package; read it with `importlib.resources`."""
