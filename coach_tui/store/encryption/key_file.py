"""`coach.key`: the wrapped data key of a locked store, beside it. Nothing in it opens by itself."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from coach_tui.store import atomic
from coach_tui.store.errors import Corrupt, StoreError, Unavailable
from coach_tui.store.paths import KEY

if TYPE_CHECKING:
    from coach_tui.store.encryption.cipher import Cipher

FORMAT, VERSION = "coach-tui key", 1
PASSPHRASE, RECOVERY = "passphrase", "recovery code"

SHORTEST = 8
"""Characters that a passphrase has at least."""

_LONGEST_FILE = 65536


class NotInstalled(StoreError):
    """The store is locked, or is to be, and the libraries for that are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Locking needs the extra `encryption`, which is not installed; nothing was changed; "
            "install it with: pip install 'coach-tui[encryption]'"
        )


class WrongSecret(StoreError):
    """The passphrase or recovery code does not open the store."""

    def __init__(self, what: str) -> None:
        super().__init__(f"That {what} does not open this caseload; nothing was changed; try again")


def path_in(directory: str) -> str:
    """Return where the key file of the store in `directory` is."""
    return os.path.join(directory, KEY)


class KeyFile:
    """The wrapped keys of one store. It changes in memory; `write` puts it on the disk."""

    def __init__(self, key_id: str, wrapped: dict[str, dict[str, Any]]) -> None:
        """Hold the data key `key_id`, wrapped by each purpose."""
        self.key_id, self._wrapped = key_id, wrapped

    @classmethod
    def new(cls, passphrase: str) -> tuple[KeyFile, str, Cipher]:
        """Make a new data key; returns its file, the recovery code, and the cipher.

        Raises `ValueError` for a passphrase that is too short, `NotInstalled`.
        """
        wrapping = _wrapping()
        key = os.urandom(wrapping.KEY)
        made = cls(os.urandom(8).hex(), {})
        made._set_passphrase(key, passphrase)
        return made, made._new_code(key), made._cipher(key)

    @classmethod
    def read(cls, directory: str) -> KeyFile:
        """Read the file. Raises `Unavailable` when it is missing, `Corrupt`."""
        path = path_in(directory)
        try:
            file, _ = atomic.open_for_reading(path)
        except FileNotFoundError:
            raise Unavailable(
                f"The store is locked and its key file {path} is missing; nothing was changed; "
                "put it back from a backup: `coach-tui backup` keeps it"
            ) from None
        with file:
            content = file.read(_LONGEST_FILE)
        return cls.from_bytes(content, path)

    @classmethod
    def from_bytes(cls, content: bytes, path: str) -> KeyFile:
        """Read the content of a key file. Raises `Corrupt`, naming `path`."""
        try:
            held = json.loads(content)
            if held["format"] == FORMAT and held["version"] == VERSION:
                return cls(str(held["key_id"]), {one["by"]: dict(one) for one in held["wrapped"]})
        except (KeyError, TypeError, ValueError, RecursionError):
            pass
        raise Corrupt(["it is not the key file of a store"], path)

    def to_bytes(self) -> bytes:
        """Return the content of the file."""
        held = {
            "format": FORMAT,
            "version": VERSION,
            "key_id": self.key_id,
            "wrapped": list(self._wrapped.values()),
        }
        return json.dumps(held, indent=1).encode("ascii") + b"\n"

    def write(self, directory: str) -> None:
        """Put the file in its place, durably. Raises `StoreFull`, `ReadOnly`, `Unavailable`."""
        atomic.write(path_in(directory), [self.to_bytes()])

    def open(self, secret: str, by: str = PASSPHRASE) -> Cipher:
        """Return the cipher. Raises `WrongSecret`, `Corrupt`, `NotInstalled`."""
        return self._cipher(self._key(secret, by))

    def change_passphrase(self, secret: str, by: str, new: str) -> None:
        """Wrap the key by the passphrase `new`; `secret` is the old one, or the recovery code.

        Raises `WrongSecret`, `ValueError` for one that is too short, `NotInstalled`.
        """
        self._set_passphrase(self._key(secret, by), new)

    def change_code(self, passphrase: str) -> str:
        """Return a new recovery code; the old one opens nothing any more. Raises `WrongSecret`."""
        return self._new_code(self._key(passphrase, PASSPHRASE))

    def _key(self, secret: str, by: str) -> bytes:
        wrapping = _wrapping()
        typed = wrapping.code_as_typed(secret) if by == RECOVERY else secret
        try:
            key = wrapping.unwrap(self._wrapped[by], typed)
        except (KeyError, ValueError):
            key = b""
        if key is None:
            raise WrongSecret(by)
        if len(key) != wrapping.KEY:
            raise Corrupt([f"its wrapping by {by} cannot be read"], KEY)
        return bytes(key)

    def _set_passphrase(self, key: bytes, passphrase: str) -> None:
        if len(passphrase) < SHORTEST:
            raise ValueError(f"a passphrase has at least {SHORTEST} characters: several words")
        self._wrapped[PASSPHRASE] = _wrapping().wrap(key, passphrase, PASSPHRASE)

    def _new_code(self, key: bytes) -> str:
        code = str(_wrapping().new_code())
        self._wrapped[RECOVERY] = _wrapping().wrap(key, code, RECOVERY)
        return code

    def _cipher(self, key: bytes) -> Cipher:
        from coach_tui.store.encryption.cipher import Cipher

        return Cipher(key, self.key_id)


def _wrapping() -> Any:
    try:
        from coach_tui.store.encryption import wrapping
    except ImportError:
        raise NotInstalled from None
    return wrapping
