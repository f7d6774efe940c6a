"""The partners' identity providers, from DATA/identity-providers.yaml. Without the file there are none.

- id: social-care                        # stands in the address of the page
  name: Council sign-in                  # stands on the button
  partner: childrens-social-care         # it vouches for this partner's people, and for nobody else
  issuer: https://login.council.example
  client: footprint
  secret_file: keys/social-care.secret   # beside the data; chmod 600
  match: email                           # email or username: what finds the account the first time; then its subject does
  domains: [council.example]             # an address of any other is refused
  strong: {amr: [mfa], acr: []}          # what in its token asserts a second factor; without it we ask for our own
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec
import yaml

from footprint.ledger.private_files import read_private

FILE: Final = "identity-providers.yaml"
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})

_logger: Final = logging.getLogger(__name__)


class IdentityProvidersError(ValueError):
    """The file cannot be used. Its message says what to write."""


class Strong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which values of a token's `amr` or `acr` mean that a second factor was shown."""

    amr: frozenset[str] = frozenset()
    acr: frozenset[str] = frozenset()


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One identity provider and the partner it vouches for."""

    id: str
    name: str
    partner: str
    issuer: str
    client: str
    secret_file: str
    match: Literal["email", "username"]
    claim: str = ""
    domains: frozenset[str] = frozenset()
    email_verified: Literal["required", "assumed"] = "required"
    scope: str = "openid profile email"
    strong: Strong = Strong()

    @property
    def identifying_claim(self) -> str:
        """Return the claim that names the user."""
        return self.claim or ("email" if self.match == "email" else "preferred_username")


msgspec.json.Decoder(tuple[Provider, ...])  # met by one thread, while this is imported


def providers(data: Path) -> tuple[Provider, ...]:
    """Return all providers; none where the file cannot be used, which `check` says in full."""
    try:
        return load_providers(data)
    except IdentityProvidersError:
        _logger.error("identity-providers.yaml cannot be used: run the command check")
        return ()


def load_providers(data: Path) -> tuple[Provider, ...]:
    """Return all providers. Raises IdentityProvidersError."""
    path = data / FILE
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, status.st_mtime_ns, status.st_size)


def provider_named(data: Path, name: str) -> Provider | None:
    """Return a provider by its id."""
    return next((one for one in providers(data) if one.id == name), None)


def secret_of(provider: Provider, data: Path) -> str:
    """Return the secret that we share with a provider. Raises KeyUnusable."""
    return read_private(data / provider.secret_file).decode().strip()


def is_reachable_safely(url: str) -> bool:
    """Say whether what is sent to a URL is read by nobody on the way: https, or this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


@lru_cache(maxsize=1)
def _read(path: Path, changed: int, size: int) -> tuple[Provider, ...]:
    try:
        found = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), tuple[Provider, ...])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        reason = " ".join(str(error).split())
        raise IdentityProvidersError(f"{path} cannot be read: {reason}.") from None
    for provider in found:
        if fault := _fault(provider):
            raise IdentityProvidersError(f"{path}, provider '{provider.id}': {fault}")
    if len({one.id for one in found}) != len(found):
        raise IdentityProvidersError(f"{path}: two providers have one id.")
    return found


def _fault(provider: Provider) -> str:
    if not provider.id.replace("-", "").isalnum() or not provider.id.isascii():
        return "write the id in small letters, figures and hyphens; it stands in an address."
    if not is_reachable_safely(provider.issuer):
        return "the issuer must begin with https://."
    if provider.match == "email" and not provider.domains:
        return "name the domains whose addresses it may speak for."
    if any(domain != domain.casefold() or "@" in domain for domain in provider.domains):
        return "write domains in small letters, without an @."
    return ""
