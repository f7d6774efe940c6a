"""How strongly somebody signed in, from the steps that their session went through. A step is what the session keeps of it:
`{"method": "password" | "mfa" | "oidc" | "demo", "at": seconds, "type": "totp" ..., "passwordless": bool, "mfa": bool}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

Step = Mapping[str, Any]

_SECOND: Final = {"totp": "totp", "webauthn": "passkey", "recovery_codes": "recovery-code"}
PASSKEY: Final = "passkey"


def strength_of(steps: Sequence[Step]) -> str:
    """Return the strength in words: "password", "password+totp", "passkey", "oidc", "oidc+mfa" ...; empty where nothing holds."""
    first, second = "", ""
    for step in steps:
        method = step.get("method")
        if method == "mfa":
            kind = _SECOND.get(str(step.get("type")), "")
            if step.get("passwordless") and kind == PASSKEY:
                first = first or PASSKEY
            else:
                second = kind or second
        elif method in ("password", "oidc", "demo"):
            first = str(method)
            if method == "oidc" and step.get("mfa") is True:
                second = second or "mfa"
    if first == PASSKEY or not second:
        return first
    return f"{first}+{second}" if first else ""


def is_sufficient(strength: str) -> bool:
    """Say whether a second factor was shown: a passkey is something one has and something one knows or is."""
    return strength == PASSKEY or "+" in strength


def proved_at(steps: Sequence[Step], *, second_factor: bool) -> float:
    """Return when the user last proved who they are, in seconds; with `second_factor`, only by one. 0 where they never did."""
    counting = [
        float(step.get("at", 0))
        for step in steps
        if not second_factor or step.get("method") == "mfa" or step.get("mfa") is True
    ]
    return max(counting, default=0.0)
