"""What the pages of one's own account show, in finished words."""

from __future__ import annotations

from typing import Any, Final

from footprint.sharing.roles import ROLES
from footprint.web.accounts.models import Membership, User
from footprint.web.accounts.queries import Declaration
from footprint.web.accounts.sessions import OpenSession
from footprint.web.design.words import moment

_STRENGTH: Final = {
    "password": "by password",
    "password+totp": "by password and authenticator app",
    "password+passkey": "by password and passkey",
    "password+recovery-code": "by password and recovery code",
    "passkey": "by passkey",
    "oidc": "through your organisation",
    "oidc+mfa": "through your organisation, with its second factor",
    "oidc+totp": "through your organisation, and authenticator app",
    "oidc+passkey": "through your organisation, and passkey",
    "oidc+recovery-code": "through your organisation, and recovery code",
    "demo": "by the demonstration’s button",
}
#: What a browser calls itself, most telling first: others pretend to be these.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def strength_words(strength: str) -> str:
    """Return how somebody signed in."""
    return _STRENGTH.get(strength, "in a way that is not known")


def membership_words(membership: Membership) -> str:
    """Return a membership in a line."""
    team = f", {membership.team}" if membership.team else ""
    return f"{ROLES[membership.role].label}, {membership.partner.name}{team}"


def membership_choices(held: list[Membership]) -> list[tuple[str, str]]:
    """Return memberships as choices."""
    return [(str(one.pk), membership_words(one)) for one in held]


def session_rows(found: list[OpenSession]) -> list[dict[str, Any]]:
    """Return sessions as lines."""
    return [
        {
            "mark": one.mark,
            "is_this": one.is_this,
            "browser": browser_words(one.browser),
            "words": f"Signed in {strength_words(one.strength)} on {moment(one.began)} from {one.address}.",
            "seen": f"Last used on {moment(one.seen)}.",
        }
        for one in found
    ]


def browser_words(said: str) -> str:
    """Return which browser on which system, as far as it says so."""
    browser = next((name for mark, name in _BROWSERS if mark in said), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if system else browser


def declaration_lists(declared: Declaration) -> dict[str, list[dict[str, Any]]]:
    """Return what was declared, as lines that can be taken back."""
    return {
        "addresses": [
            {
                "number": one.pk,
                "words": f"{one.text}, {one.postcode}",
                "more": "You live there now" if one.is_now else "You lived there before",
            }
            for one in declared.addresses
        ],
        "relatives": [
            {"number": one.pk, "words": one.name, "more": f"born {one.born}, {one.relation}"}
            for one in declared.relatives
        ],
    }


def declared_words(user: User) -> str:
    """Return when the user last declared that this is all."""
    return f"Last declared complete on {moment(user.declared_at)}." if user.declared_at else ""
