"""The master key, which wraps every data key, and the few operations that need it.

A data key encrypts the personal values of one entry or one subject (`envelope`); it lies in the database wrapped by the
master key, which lies elsewhere. So the database alone reads nothing, and a data key's row deleted is a value erased.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from footprint.ledger.errors import KeyUnusable
from footprint.ledger.private_files import create_private, read_private

MASTER_KEY_VARIABLE: Final = "FOOTPRINT_MASTER_KEY_FILE"
HEADER: Final = "footprint-master-key-1 "  # names the file's kind, so that a wrong file is noticed at once
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class KeyRing:
    """Holds the master key in memory. `id` names it without revealing it, and is kept beside what it wrapped."""

    def __init__(self, master: bytes) -> None:
        self.id: Final = hashlib.sha256(b"footprint master key id\n" + master).hexdigest()[:16]
        self._cipher: Final = AESGCM(master)

    @classmethod
    def load(cls, data: Path, environment: Mapping[str, str]) -> KeyRing:
        """Open the file that FOOTPRINT_MASTER_KEY_FILE names; without it `data`/keys/master.key, made on first use.

        A file that was named and is absent is an error: whoever named one meant that one. Raises KeyUnusable.
        """
        named = environment.get(MASTER_KEY_VARIABLE)
        if named:
            return cls(_read_master(read_private(Path(named)), named))
        path = data / "keys" / "master.key"
        fresh = HEADER.encode() + base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
        return cls(_read_master(create_private(path, fresh), str(path)))

    def wrap(self, data_key: bytes, key_id: str, owner: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data_key, _bound_to(key_id, owner))

    def unwrap(self, wrapped: bytes, key_id: str, owner: str) -> bytes:
        """Return the data key. KeyUnusable when another master key wrapped it or its row was tampered with."""
        try:
            return self._cipher.decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound_to(key_id, owner)
            )
        except InvalidTag as error:
            raise KeyUnusable(
                f"Data key {key_id} was not wrapped by master key {self.id}, or was altered."
            ) from error


def _bound_to(key_id: str, owner: str) -> bytes:
    """Name the row that a wrapped key belongs to, so that it opens in no other."""
    return f"ledger_key|{key_id}|{owner}|wrapped|1".encode()


def _read_master(content: bytes, name: str) -> bytes:
    text = content.decode("ascii", "replace").strip()
    try:
        master = (
            base64.b64decode(text.removeprefix(HEADER), validate=True) if text.startswith(HEADER) else b""
        )
    except ValueError:
        master = b""
    if len(master) != KEY_BYTES:
        raise KeyUnusable(
            f"{name} holds no master key: a line '{HEADER}' and 32 bytes in base64. Restore the right file."
        )
    return master
