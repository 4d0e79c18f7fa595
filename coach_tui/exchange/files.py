"""A file that a person chose, read whole into memory, or a reason why not."""

from __future__ import annotations

import os
import stat

from coach_tui.exchange.errors import ExchangeError, quoted

LARGEST_TABLE = 50 * 1024 * 1024
"""Bytes of the largest roster that is read, also once it is unpacked."""

LONGEST_SHOWN_PATH = 200

FilePath = str | os.PathLike[str]


def read_file(path: FilePath, *, limit: int = LARGEST_TABLE) -> bytes:
    """Return the content of the file at `path`.

    Raises `ExchangeError` when it is missing, not a file, not readable or larger than `limit`
    bytes.
    """
    name = shown_path(path)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise ExchangeError(_folder(path))
        if not stat.S_ISREG(mode):
            raise ExchangeError(f"{name} is not a file: give the name of a file.")
        with open(path, "rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise ExchangeError(f"There is no file {name}: check the name and the folder.") from None
    except PermissionError:
        raise ExchangeError(f"{name} may not be read: check who may open it.") from None
    except OSError as error:
        raise ExchangeError(f"{name} cannot be read: {error.strerror or 'an error'}.") from error
    except ValueError:
        raise ExchangeError(f"{name} is not the name of a file.") from None
    if len(content) > limit:
        raise ExchangeError(too_large(name, limit))
    return content


def shown_path(path: FilePath) -> str:
    """Return `path` as messages show it."""
    return quoted(os.fspath(path), LONGEST_SHOWN_PATH)


def extension_of(path: FilePath) -> str:
    """Return what the name of the file ends with, in small letters and with its point: `.csv`."""
    return os.path.splitext(os.fspath(path))[1].lower()


def too_large(name: str, limit: int) -> str:
    """Say that the file called `name` holds more than `limit` bytes."""
    return f"{name} holds more than {limit // (1024 * 1024)} MB: is it the right file?"


def _folder(path: FilePath) -> str:
    name = shown_path(path)
    if os.fspath(path).rstrip(os.sep).lower().endswith(".numbers"):
        return f"{name} is a Numbers document: in Numbers, export it as .xlsx or .csv."
    return f"{name} is a folder: give the name of a file in it."
