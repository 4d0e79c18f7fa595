"""The coach's own settings, read from `settings.toml` in her configuration directory. Plain.

The file has a few tables, all optional: `[rules]` (the defaults of domain.md section 5), `[keys]`
(a command's id and the keys it gets), `[screen]` (`theme`, `lock_after`), `[prefixes]` (of the
scripting line) and `[observing]` (`counters`, `interval`).
"""

from __future__ import annotations

import os

from coach_tui.domain.statuses import Rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

FILE = "settings.toml"
THEMES = ("coach-dark", "coach-light", "coach-contrast", "coach-terminal")


class SettingsError(ValueError):
    """The settings file cannot be used; the message names the file and the place."""


COUNTERS = ("open question", "closed question", "praise", "redirection")
"""What is counted while observing, unless the coach chose otherwise."""

MOST_COUNTERS = 9

LOCK_AFTER = 10
"""Minutes without a key after which the screen of a locked caseload is covered."""

LONGEST_IDLE = 1440


class Settings:
    """Rules, keys by command id, the name of the theme, and how notes are taken.

    `prefixes` are the coach's own of the scripting line, by use; `counters` what one key counts;
    `interval` the minutes between prompts while observing, 0 for none; `directory`
    is where the coach's own files of this kind lie; `lock_after` the minutes without a key after
    which the screen is covered, 0 for never, where the caseload has a passphrase.
    """

    __slots__ = (
        *("counters", "directory", "interval", "keys", "lock_after", "prefixes", "rules", "theme"),
    )

    def __init__(
        self,
        rules: Rules | None = None,
        keys: Mapping[str, str] | None = None,
        theme: str = THEMES[0],
        prefixes: Mapping[str, str] | None = None,
        counters: Sequence[str] = COUNTERS,
        interval: int = 0,
        directory: str = "",
        lock_after: int = LOCK_AFTER,
    ) -> None:
        """Hold the settings; what is not given is the default."""
        self.rules, self.keys, self.theme = rules or Rules(), dict(keys or {}), theme
        self.prefixes, self.counters, self.interval = (
            dict(prefixes or {}),
            tuple(counters),
            interval,
        )
        self.directory, self.lock_after = directory, lock_after


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
    unknown = tables.keys() - {"rules", "keys", "screen", "prefixes", "observing"}
    if unknown:
        raise SettingsError(f"{path}: there is no table [{min(unknown)}]")
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise SettingsError(f"{path}: {name} is a table: write [{name}] on a line of its own")
    return Settings(
        _rules(path, tables.get("rules", {})),
        _keys(path, tables.get("keys", {})),
        _theme(path, tables.get("screen", {})),
        _prefixes(path, tables.get("prefixes", {})),
        *_observing(path, tables.get("observing", {})),
        directory,
        _lock_after(path, tables.get("screen", {})),
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
    _refuse_unknown(path, "screen", table, ("theme", "lock_after"))
    theme = table.get("theme", THEMES[0])
    if theme not in THEMES:
        raise SettingsError(f"{path}: [screen] theme is one of {', '.join(THEMES)}")
    return str(theme)


def _lock_after(path: str, table: Mapping[str, Any]) -> int:
    minutes = table.get("lock_after", LOCK_AFTER)
    if type(minutes) is not int or not 0 <= minutes <= LONGEST_IDLE:
        raise SettingsError(f"{path}: [screen] lock_after is minutes, 0 (never) to {LONGEST_IDLE}")
    return minutes


def _prefixes(path: str, table: Mapping[str, Any]) -> Mapping[str, str]:
    if not table:
        return {}
    from coach_tui.domain.scripting import PrefixError, Prefixes

    if not all(isinstance(one, str) for one in table.values()):
        raise SettingsError(f"{path}: [prefixes] holds letters or a sign in quotation marks")
    try:
        Prefixes(table)
    except PrefixError as error:
        raise SettingsError(f"{path}: [prefixes] {error}") from None
    return table


def _observing(path: str, table: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    _refuse_unknown(path, "observing", table, ("counters", "interval"))
    counters, interval = table.get("counters", list(COUNTERS)), table.get("interval", 0)
    words = isinstance(counters, list) and all(isinstance(one, str) for one in counters)
    if not words or not all(one.strip() for one in counters) or len(counters) > MOST_COUNTERS:
        raise SettingsError(f"{path}: [observing] counters is a list of at most 9 words")
    if len(set(counters)) < len(counters):
        raise SettingsError(f"{path}: [observing] counters names one twice")
    if type(interval) is not int or not 0 <= interval <= 60:
        raise SettingsError(f"{path}: [observing] interval is a number of minutes, 0 for none")
    return tuple(counters), interval


def _refuse_unknown(path: str, name: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    unknown = table.keys() - set(known)
    if unknown:
        raise SettingsError(f"{path}: [{name}] has no {min(unknown)!r}")
