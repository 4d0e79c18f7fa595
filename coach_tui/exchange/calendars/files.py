"""A calendar file of our own, replaced as a whole; anybody else's is left alone."""

from __future__ import annotations

import os

from coach_tui.exchange.calendars.writing import PRODUCT
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.files import shown_path
from coach_tui.exchange.out_files import write_new


def write_over_own(path: str, content: bytes) -> None:
    """Write a calendar to `path`, mode 0600, in place of one that coach-tui wrote there before.

    Raises `ExchangeError` when something else is there, or when it cannot be written; what was
    there then stays.
    """
    if not os.path.lexists(path):
        write_new(path, content)
        return
    if not _is_own(path):
        raise ExchangeError(
            f"{shown_path(path)} is there already and is no calendar of coach-tui: nothing was "
            "written."
        )
    beside = f"{path}.new"
    write_new(beside, content)
    try:
        os.replace(beside, path)
    except OSError as error:
        os.unlink(beside)
        raise ExchangeError(
            f"{shown_path(path)} could not be replaced: {error.strerror}."
        ) from None


def _is_own(path: str) -> bool:
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return PRODUCT.encode() in file.read(1000)
    except OSError:
        return False
