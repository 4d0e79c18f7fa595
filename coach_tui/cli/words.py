"""Arguments that are words, not the name of a file. Plain."""

from __future__ import annotations


def readable(given: str) -> str:
    """Return an argument that is to be read, or kept, as text. Raises argparse's own error."""
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        from argparse import ArgumentTypeError

        after = len(given[: error.start].encode("utf-8"))
        raise ArgumentTypeError(
            f"it is not UTF-8 text (after {after} bytes); nothing was done"
        ) from None
    return given
