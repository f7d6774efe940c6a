"""The keys of a destination, from their files: what we sign with, and what the other side signs with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from footprint.ledger.errors import KeyUnusable
from footprint.ledger.private_files import read_private
from footprint.referrals.destinations import Destination, Key
from footprint.referrals.signing import CheckingKey, PrivateKey, PublicKey, SharedSecret, SigningKey


class KeyFileError(ValueError):
    """A key of a destination cannot be used. The message names the file and says what to put there."""


class Keys(NamedTuple):
    """What we sign with, and what we check the other side's signatures with, by the name of its key."""

    signer: SigningKey
    theirs: dict[str, CheckingKey]


def keys_of(destination: Destination, data: Path) -> Keys:
    """Return the keys of a destination that has any. Raises KeyFileError."""
    ours, theirs = destination.key, destination.checks_with
    if ours is None or theirs is None:
        raise KeyFileError(f"'{destination.id}' has no key.")
    return Keys(_signing(ours, data), {theirs.name: _checking(theirs, data)})


def _signing(key: Key, data: Path) -> SigningKey:
    if key.kind == "secret":
        return _secret(key, data)
    try:
        loaded = load_pem_private_key(_private(key, data), None)
    except (ValueError, TypeError):
        loaded = None
    if not isinstance(loaded, Ed25519PrivateKey):
        raise KeyFileError(f"{data / key.file} holds no Ed25519 private key in PEM, without a password.")
    return PrivateKey(key.name, loaded.private_bytes_raw())


def _checking(key: Key, data: Path) -> CheckingKey:
    if key.kind == "secret":
        return _secret(key, data)
    try:
        loaded = load_pem_public_key((data / key.file).read_bytes())
    except (OSError, ValueError):
        loaded = None
    if not isinstance(loaded, Ed25519PublicKey):
        raise KeyFileError(f"{data / key.file} holds no Ed25519 public key in PEM.")
    return PublicKey(loaded.public_bytes_raw())


def _secret(key: Key, data: Path) -> SharedSecret:
    try:
        return SharedSecret(key.name, _private(key, data).strip())
    except ValueError as error:
        raise KeyFileError(str(error)) from None


def _private(key: Key, data: Path) -> bytes:
    try:
        return read_private(data / key.file)
    except KeyUnusable as error:
        raise KeyFileError(str(error)) from None
