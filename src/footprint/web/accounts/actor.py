"""Who asks: one user in one membership, as a value that every service takes and every ledger entry names."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.http import HttpRequest


class Actor(NamedTuple):
    """A signed-in user in the role in which they act now. `organisation` is the partner's code, `rights` their role's.

    `session` is a short id of the browser session that tells nothing; `strength` says how they signed in: "password",
    "password+totp", "passkey", "oidc" ...
    """

    user_id: uuid.UUID
    username: str
    name: str
    membership_id: int
    role: str
    role_label: str
    rights: frozenset[str]
    partnership: str
    organisation: str
    organisation_name: str
    sector: str
    team: str
    session: str
    strength: str

    def may(self, right: str) -> bool:
        return right in self.rights


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who asks, or None where nobody is signed in, or nobody with a membership that holds today."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def acting(request: HttpRequest) -> Actor:
    """Return who asks, in a view that the access table opens only to those who are signed in."""
    actor = actor_of(request)
    if actor is None:
        raise LookupError("This view was reached by nobody: its row in the access table is wrong.")
    return actor
