"""Writing a file that a person asked for: new, readable by its owner only, whole or not at all."""

from __future__ import annotations

import os

from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.files import FilePath, shown_path


def write_new(path: FilePath, content: bytes) -> None:
    """Write `content` to a new file at `path`, mode 0600, on the disk when this returns.

    Raises `ExchangeError` when something is there already or it cannot be written; then no part
    of it stays.
    """
    name = shown_path(path)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ExchangeError(f"{name} is there already; nothing was written.") from None
    except ValueError:
        raise ExchangeError(f"{name} is not the name of a file.") from None
    except OSError as error:
        raise ExchangeError(f"{name} could not be written: {error.strerror}.") from error
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        os.unlink(path)
        raise ExchangeError(f"{name} could not be written: {error.strerror}.") from error
