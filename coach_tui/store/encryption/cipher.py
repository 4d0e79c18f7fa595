"""AES-256-GCM under the store's data key: each line by itself, bound to where it belongs.

Every value gets a nonce of its own, at random, and its place (store, table, id, sequence) as
authenticated data: a line that was altered, or moved to another place, does not open.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coach_tui.store.errors import Corrupt

NONCE = 12
"""Bytes of nonce before each ciphertext."""

NAME = "aes-256-gcm"


class Cipher:
    """The store's codec (`store.codec.LineCodec`), and what seals its other files.

    `key_id` names the key without giving anything of it away; it stands in the store's header.
    """

    def __init__(self, key: bytes, key_id: str) -> None:
        """Use the data key of 32 bytes."""
        self._aead, self._key_id = AESGCM(key), key_id

    @property
    def name(self) -> str:
        """What the store's header says of it."""
        return f"{NAME}/{self._key_id}"

    def encode(self, table: str, id: str, sequence: int, plain: bytes) -> bytes:
        """Return a JSON string; see `LineCodec.encode`."""
        return b'"%b"' % self._seal(plain, self._place(table, id, sequence))

    def decode(self, table: str, id: str, sequence: int, coded: bytes) -> bytes:
        """Return what `encode` was given. Raises `Corrupt`, naming table and id."""
        opened = self._open(coded.strip(b'"'), self._place(table, id, sequence))
        if opened is None:
            what = f"{table}/{id}".strip("/")
            raise Corrupt([f"{what} was altered, moved, or written with another key"])
        return opened

    def seal(self, plain: bytes, place: str) -> bytes:
        """Return ASCII for `plain`; see `store.drafts.Sealing`."""
        return self._seal(plain, self._place("", place, 0))

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed at this place. Raises `Corrupt`."""
        opened = self._open(sealed, self._place("", place, 0))
        if opened is None:
            raise Corrupt([f"{place} was altered, moved, or written with another key"])
        return opened

    def _place(self, table: str, id: str, sequence: int) -> bytes:
        return f"{self._key_id}\n{table}\n{id}\n{sequence}".encode()

    def _seal(self, plain: bytes, place: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return b64encode(nonce + self._aead.encrypt(nonce, plain, place))

    def _open(self, coded: bytes, place: bytes) -> bytes | None:
        try:
            raw = b64decode(coded, validate=True)
            if b64encode(raw) != coded:
                return None  # bits that decoding passes over were altered
            return self._aead.decrypt(raw[:NONCE], raw[NONCE:], place)
        except (InvalidTag, ValueError):
            return None
