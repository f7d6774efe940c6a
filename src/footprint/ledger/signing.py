"""Signing keys of a log and of its witnesses, in a private file, and the signature lines that they write under a head.

A log signs twice: with Ed25519, which all can check, and with ML-DSA-44, which will outlast quantum computers. A
witness adds its time. Source: C2SP tlog-cosignature. Must not know whether a head deserves to be signed.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from footprint.ledger.errors import KeyUnusable
from footprint.ledger.private_files import create_private
from footprint.ledger.verifier.heads import COSIGNATURE, MLDSA44, NOTE, Head, VerifierKey, signed_message

LOG: Final = (NOTE, MLDSA44)
WITNESS: Final = (COSIGNATURE, MLDSA44)
SEED_BYTES: Final = 32

LOADERS: Final[dict[int, Callable[[bytes], Any]]] = {
    NOTE: Ed25519PrivateKey.from_private_bytes,
    COSIGNATURE: Ed25519PrivateKey.from_private_bytes,
    MLDSA44: MLDSA44PrivateKey.from_seed_bytes,
}


class Signer:
    """Signs heads as `name`, which others know it by: an address without scheme, such as ledger.example.org/walsall."""

    def __init__(self, name: str, seeds: dict[int, bytes]) -> None:
        if not name or not name.isprintable() or " " in name or "+" in name or len(name.encode()) > 255:
            raise KeyUnusable(
                f"'{name}' cannot name a signer: use an address without scheme, spaces or plus signs."
            )
        self.name: Final = name
        self._keys: Final[list[tuple[VerifierKey, Any]]] = []
        for kind, seed in seeds.items():
            private = LOADERS[kind](seed)
            self._keys.append((VerifierKey(name, kind, private.public_key().public_bytes_raw()), private))

    @classmethod
    def load(cls, path: Path, name: str, kinds: Sequence[int] = LOG) -> Signer:
        """Open the key file, made on first use with a key for each of `kinds`. KeyUnusable when it is no key file."""
        fresh = {str(kind): base64.b64encode(secrets.token_bytes(SEED_BYTES)).decode() for kind in kinds}
        content = create_private(path, json.dumps(fresh).encode())
        try:
            seeds = {
                int(kind): base64.b64decode(seed, validate=True) for kind, seed in json.loads(content).items()
            }
            return cls(name, seeds)
        except (ValueError, KeyError, AttributeError) as error:
            raise KeyUnusable(
                f"{path} holds no signing key. Restore it; a new one would not be trusted."
            ) from error

    @property
    def verifier_keys(self) -> list[str]:
        """Return the public keys as text, for those who check the signatures."""
        return [key.text for key, _ in self._keys]

    def lines(self, head: Head, time: int) -> str:
        """Return a signature line by each key over `head` at POSIX `time` (seconds)."""
        written = ""
        for key, private in self._keys:
            stamp = b"" if key.kind == NOTE else time.to_bytes(8, "big")
            payload = key.id + stamp + private.sign(signed_message(key, head, time))
            written += f"\N{EM DASH} {key.name} {base64.b64encode(payload).decode()}\n"
        return written

    def sign(self, head: Head, time: int) -> str:
        """Return the signed note: the head, an empty line, and the signature lines."""
        return f"{head.text}\n{self.lines(head, time)}"
