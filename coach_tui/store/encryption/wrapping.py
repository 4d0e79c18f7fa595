"""The data key, wrapped: by a passphrase (Argon2id), and by a recovery code that is printed once.

Whoever has either has the key; changing one rewrites no note. The data key itself is never on the
disk, nor are passphrase and code.
"""

from __future__ import annotations

import os
from base64 import b32encode, b64decode, b64encode
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = 32
"""Bytes of the data key, and of those that wrap it."""

_SALT, _NONCE, _CODE = 16, 12, 20
_ITERATIONS, _LANES, _MEMORY = 3, 4, 65536
"""RFC 9106, its second recommended choice: 64 MiB, three passes, four lanes."""

_MOST_MEMORY, _MOST_ITERATIONS, _MOST_LANES = 1 << 20, 20, 16
"""What a key file may ask of this machine: more is no file of ours."""


def new_code() -> str:
    """Return a new recovery code of 160 random bits: eight groups of four letters and digits."""
    letters = b32encode(os.urandom(_CODE)).decode("ascii")
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def code_as_typed(text: str) -> str:
    """Return a recovery code as it was printed, whatever its case, spaces and look-alikes."""
    letters = "".join(text.upper().split()).replace("-", "")
    letters = letters.translate(str.maketrans("018", "OIB"))
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def wrap(key: bytes, secret: str, purpose: str) -> dict[str, Any]:
    """Return the data key wrapped by `secret`, as JSON values; `purpose` is bound to it."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    costs = {"iterations": _ITERATIONS, "lanes": _LANES, "memory_kib": _MEMORY}
    sealed = AESGCM(_derived(secret, salt, costs)).encrypt(nonce, key, purpose.encode())
    return {
        "by": purpose,
        "kdf": "argon2id",
        **costs,
        "salt": b64encode(salt).decode("ascii"),
        "nonce": b64encode(nonce).decode("ascii"),
        "key": b64encode(sealed).decode("ascii"),
    }


def unwrap(wrapped: Mapping[str, Any], secret: str) -> bytes | None:
    """Return the data key; None when `secret` is not the one it was wrapped by.

    Raises `ValueError` for what `wrap` cannot have made.
    """
    try:
        salt, nonce, sealed = (b64decode(wrapped[name]) for name in ("salt", "nonce", "key"))
        costs = {name: int(wrapped[name]) for name in ("iterations", "lanes", "memory_kib")}
        purpose, kdf = str(wrapped["by"]), wrapped["kdf"]
    except (KeyError, TypeError, ValueError):
        raise ValueError("it does not hold a wrapped key") from None
    limits = (_MOST_ITERATIONS, _MOST_LANES, _MOST_MEMORY)
    if kdf != "argon2id" or any(
        not 1 <= cost <= most for cost, most in zip(costs.values(), limits, strict=True)
    ):
        raise ValueError("its key was wrapped in a way that is not known here")
    try:
        return AESGCM(_derived(secret, salt, costs)).decrypt(nonce, sealed, purpose.encode())
    except InvalidTag:
        return None


def _derived(secret: str, salt: bytes, costs: Mapping[str, int]) -> bytes:
    from unicodedata import normalize

    # The same words typed on another keyboard may be other code points.
    plain = normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    derived = Argon2id(
        salt=salt,
        length=KEY,
        iterations=costs["iterations"],
        lanes=costs["lanes"],
        memory_cost=costs["memory_kib"],
    )
    return derived.derive(plain)
