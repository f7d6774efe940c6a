"""Links as a partner's system makes them, written from the guide alone: nothing here uses the product's own reading."""

import base64
import hashlib
import hmac
import json
import secrets
import textwrap

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET = b"an-invented-secret-of-at-least-32-bytes"
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

SYSTEMS = textwrap.dedent(
    """\
    - id: niche
      name: Niche
      partner: police
      algorithm: HS256
      key_file: keys/niche.secret
    - id: liquidlogic
      name: Liquidlogic
      partner: childrens-social-care
      algorithm: EdDSA
      key_file: keys/liquidlogic.pem
    """
)


def connect(data):
    """Let a data folder know the two systems and their keys."""
    keys = data / "keys"
    keys.mkdir(exist_ok=True)
    (data / "linked-systems.yaml").write_text(SYSTEMS, encoding="utf-8")
    secret = keys / "niche.secret"
    secret.write_bytes(SECRET)
    secret.chmod(0o600)
    public = SIGNER.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (keys / "liquidlogic.pem").write_bytes(public)


def claims(now, **other):
    """What a link of the police's system says at a moment."""
    said = {
        "iss": "police",
        "ref": "CR-2026-0117",
        "purpose": "front-door",
        "exp": int(now.timestamp()) + 300,
        "jti": secrets.token_urlsafe(16),
    }
    said |= other
    return {name: value for name, value in said.items() if value is not None}


def token(said, *, algorithm="HS256", system="niche", key=SECRET, header=None):
    """A signed link."""
    head = header or {"alg": algorithm, "typ": "JWT", "kid": system}
    signed = f"{_part(head)}.{_part(said)}"
    return f"{signed}.{_text(_seal(signed.encode(), algorithm, key))}"


def _seal(signed, algorithm, key):
    if algorithm == "HS256":
        return hmac.new(key, signed, hashlib.sha256).digest()
    return SIGNER.sign(signed)


def _part(value):
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
