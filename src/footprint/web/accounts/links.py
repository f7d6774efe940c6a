"""Links by which an administrator lets somebody set a password: signed, for a day, and for one use.

A link holds a mark of the password that it replaces, so that it ends with its use, and with the next link.
"""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from footprint.web.accounts.models import User

DAY: Final = 24 * 3600
_SALT: Final = "footprint.accounts.links"


def link_token(user: User) -> str:
    """Return what stands in the link of a user."""
    return signing.dumps({"user": str(user.pk), "mark": _mark(user)}, salt=_SALT)


def user_of_link(token: str) -> User | None:
    """Return whose password a link may set; None for one that is over, used, or made up."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=DAY)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    return user if user and constant_time_compare(said["mark"], _mark(user)) else None


def _mark(user: User) -> str:
    return salted_hmac(_SALT, f"{user.pk}{user.password}", algorithm="sha256").hexdigest()[:16]
