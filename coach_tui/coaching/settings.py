"""The coach's own settings, read from `settings.toml` in her configuration directory. Plain.

The file has three tables, all optional: `[rules]` (the defaults of domain.md section 5),
`[keys]` (a command's id and the keys it gets) and `[screen]` (`theme`).
"""

from __future__ import annotations

import os

from coach_tui.domain.statuses import Rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

FILE = "settings.toml"
THEMES = ("coach-dark", "coach-light", "coach-contrast", "coach-terminal")


class SettingsError(ValueError):
    """The settings file cannot be used; the message names the file and the place."""


class Settings:
    """Rules, keys by command id, and the name of the theme.

    `directory` is where they were read from, and the coach's own data files are; empty for none.
    """

    __slots__ = ("directory", "keys", "rules", "theme")

    def __init__(
        self,
        rules: Rules | None = None,
        keys: Mapping[str, str] | None = None,
        theme: str = THEMES[0],
        directory: str = "",
    ) -> None:
        """Hold the settings; what is not given is the default."""
        self.directory = directory
        self.rules, self.keys, self.theme = rules or Rules(), dict(keys or {}), theme


def read(directory: str) -> Settings:
    """Read the settings of a configuration directory; the defaults when there is no file.

    Raises `SettingsError` for a file that cannot be read or understood: a setting is never
    silently dropped.
    """
    path = os.path.join(directory, FILE)
    if not os.path.exists(path):
        return Settings(directory=directory)
    import tomllib

    try:
        with open(path, "rb") as file:
            tables = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    unknown = tables.keys() - {"rules", "keys", "screen"}
    if unknown:
        raise SettingsError(f"{path}: there is no table [{min(unknown)}]")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise SettingsError(f"{path}: {name} is a table: write [{name}] on a line of its own")
    return Settings(
        _rules(path, tables.get("rules", {})),
        _keys(path, tables.get("keys", {})),
        _theme(path, tables.get("screen", {})),
        directory,
    )


def _rules(path: str, table: Mapping[str, Any]) -> Rules:
    _refuse_unknown(path, "rules", table, Rules.__slots__)
    try:
        return Rules(**table)
    except ValueError as error:
        raise SettingsError(f"{path}: [rules] {error}") from None


def _keys(path: str, table: Mapping[str, Any]) -> dict[str, str]:
    """Return keys by command id; `caseload.open` without quotation marks is a table in TOML."""
    keys: dict[str, Any] = {}
    for name, value in table.items():
        inner = value if isinstance(value, dict) else {"": value}
        keys |= {f"{name}.{action}" if action else name: one for action, one in inner.items()}
    if not all(isinstance(one, str) and one for one in keys.values()):
        raise SettingsError(f"{path}: [keys] holds a command's id and its keys in quotation marks")
    return keys


def _theme(path: str, table: Mapping[str, Any]) -> str:
    _refuse_unknown(path, "screen", table, ("theme",))
    theme = table.get("theme", THEMES[0])
    if theme not in THEMES:
        raise SettingsError(f"{path}: [screen] theme is one of {', '.join(THEMES)}")
    return str(theme)


def _refuse_unknown(path: str, name: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    unknown = table.keys() - set(known)
    if unknown:
        raise SettingsError(f"{path}: [{name}] has no {min(unknown)!r}")
