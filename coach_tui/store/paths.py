"""Where the store lies, what its files are called, and their modes. Plain.

A folder has mode 0700 and every file in it 0600: confidential notes are nobody else's.
"""

from __future__ import annotations

import os
import stat
import sys

from coach_tui.store.errors import ReadOnly, Unavailable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION = "coach-tui"
"""What the folder is called under the platform's user data directory."""

HOME_VARIABLE = "COACH_TUI_HOME"
"""The environment variable that names another store."""

SNAPSHOT = "coach.json"
JOURNAL = "coach.journal.jsonl"
KEY = "coach.key"
"""The wrapped data key of a locked store."""
LOCK = "coach.lock"
SUMMARY = "coach.summary.json"
HISTORY = "history"
BACKUPS = "backups"
TORN = "coach.torn"
"""What the names of files begin with that hold the end of a journal that was never finished."""
DAMAGED = "coach.damaged"
"""What the names of files begin with that were found damaged and put aside."""
REWRITING = "coach.rewriting"
"""Stands there while the whole store is being written anew."""
RESTORING = "coach.restoring"
"""What the names of folders begin with in which a backup lies unpacked for a while."""
TEMPORARY = ".tmp"
"""What the names of half-written files end with."""

FOLDER_MODE = 0o700
FILE_MODE = 0o600

_PLATFORM: str = sys.platform
_OWN_FOLDERS = frozenset({"backups", "config", "drafts", "history"})


def store_directory(explicit: str | None, environ: Mapping[str, str]) -> str:
    """Return the absolute path of the store's folder; it need not exist.

    `explicit` (`--store`) comes first, then `COACH_TUI_HOME`, then the folder `coach-tui` in the
    platform's user data directory.
    """
    named = explicit or environ.get(HOME_VARIABLE)
    if named:
        return os.path.abspath(os.path.expanduser(named))
    if _PLATFORM == "linux":
        return _xdg("XDG_DATA_HOME", (".local", "share"), environ)
    return _platform("user_data_dir")


def config_directory(environ: Mapping[str, str]) -> str:
    """Return the absolute path of the folder for settings; it need not exist.

    `config` in `COACH_TUI_HOME` where that is set, else the folder `coach-tui` in the platform's
    user configuration directory. `--store` does not move it: settings belong to a person.
    """
    named = environ.get(HOME_VARIABLE)
    if named:
        return os.path.join(os.path.abspath(os.path.expanduser(named)), "config")
    if _PLATFORM == "linux":
        return _xdg("XDG_CONFIG_HOME", (".config",), environ)
    return _platform("user_config_dir")


def _xdg(variable: str, usual: tuple[str, ...], environ: Mapping[str, str]) -> str:
    # What platformdirs answers on Linux; importing it costs as much as a quick command may take.
    base = environ.get(variable, "").strip()
    if not os.path.isabs(base):
        home = environ.get("HOME") or os.path.expanduser("~")
        base = os.path.join(home, *usual)
    return os.path.join(base, APPLICATION)


def _platform(name: str) -> str:
    import platformdirs

    return str(getattr(platformdirs.PlatformDirs(APPLICATION, appauthor=False), name))


def prepare(directory: str) -> list[str]:
    """Make the folder, or narrow what stands open in it; return the paths that were narrowed.

    Missing parents are made as the umask has it. Raises `Unavailable` when the folder cannot be
    made, or holds other files and no store (such a folder is left as it is), `ReadOnly` where it
    may not be made or read.
    """
    try:
        if _make(directory):
            os.chmod(directory, FOLDER_MODE)
            return []
        _refuse_foreign(directory)
        return narrow(directory)
    except PermissionError as error:
        raise ReadOnly(f"{directory} cannot be made or read ({error.strerror})") from None
    except OSError as error:
        raise Unavailable(
            f"The folder {directory} cannot be used ({error.strerror}); nothing was changed; "
            "name another folder with --store"
        ) from None


def _make(directory: str) -> bool:
    if os.path.isdir(directory):
        return False
    parent = os.path.dirname(directory)
    if parent:
        os.makedirs(parent, exist_ok=True)
    try:
        os.mkdir(directory, FOLDER_MODE)
    except FileExistsError:
        if os.path.isdir(directory):
            return False
        raise
    return True


def _refuse_foreign(directory: str) -> None:
    # A mistyped `--store ~/Documents` must not turn that folder into a store that only its owner
    # can enter.
    names = os.listdir(directory)
    if SNAPSHOT in names or all(is_own(name) or name.startswith(".") for name in names):
        return
    raise Unavailable(
        f"The folder {directory} holds other files and no store; nothing was changed; "
        "name an empty or a new folder"
    )


def is_own(name: str) -> bool:
    """Whether the store made the file or folder of this name in its folder."""
    return name.startswith("coach.") or name in _OWN_FOLDERS


def has_unpacked(directory: str) -> bool:
    """Whether a backup lies unpacked in the store's folder, for a restore that lives or died."""
    try:
        return any(name.startswith(RESTORING) for name in os.listdir(directory))
    except OSError:
        return False


def wide_modes(directory: str) -> list[str]:
    """Return the paths of the store that others can read or write: folders and their files."""
    found = [directory] if _is_wide(os.stat(directory)) else []
    for entry in _entries(directory):
        if not is_own(entry.name):
            continue
        if _stands_open(entry):
            found.append(entry.path)
        if entry.is_dir(follow_symlinks=False):
            found += [within.path for within in _within(entry.path) if _stands_open(within)]
    return found


def _entries(directory: str) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _within(directory: str) -> list[os.DirEntry[str]]:
    try:
        return _entries(directory)
    except OSError:
        # Gone by now, or somebody else's: that is no reason to read the rest less.
        return []


def _stands_open(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.is_symlink() and _is_wide(entry.stat())
    except FileNotFoundError:
        # Another session's temporary file: it has its place by now.
        return False


def narrow(directory: str) -> list[str]:
    """Take the folder's and its files' modes back to 0700 and 0600; return the paths changed.

    What cannot be changed (somebody else's file, a read-only disk) stays, and `wide_modes`
    still names it.
    """
    changed = []
    for path in wide_modes(directory):
        mode = FOLDER_MODE if os.path.isdir(path) else FILE_MODE
        try:
            os.chmod(path, mode)
        except OSError:
            continue
        changed.append(path)
    return changed


def _is_wide(status: os.stat_result) -> bool:
    return bool(stat.S_IMODE(status.st_mode) & 0o077)
