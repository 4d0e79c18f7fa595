"""Reading a data file in TOML, shipped or the coach's own, with errors that name file and place.

Plain.
"""

from __future__ import annotations

import os

from coach_tui.coaching.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def shipped_text(name: str) -> str:
    """Return the text of a data file in the package."""
    from importlib import resources

    return resources.files("coach_tui.data").joinpath(name).read_text(encoding="utf-8")


def own_text(path: str, error: type[SettingsError]) -> str | None:
    """Return the text of the user's file, None when there is none.

    Raises `error`, which names the file, when it cannot be read or is not UTF-8.
    """
    if not os.path.exists(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8-sig")
    except OSError as problem:
        raise error(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise error(f"{path}: this is not UTF-8 text") from None


def tables_in(path: str, text: str, error: type[SettingsError]) -> Mapping[str, Any]:
    """Return the tables in `text`, which is what `path` holds; raises `error`."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(f"{path}: {problem}") from None
