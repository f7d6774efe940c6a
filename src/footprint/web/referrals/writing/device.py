"""The key under which a device keeps an unsent step: of one user alone, given with the page and kept nowhere.

What a phone kept can be opened again only by a page of whoever wrote it: to anybody else who signs in there it is noise. It is
of the user and not of one session, so that signing in again after an hour without signal loses nothing.
"""

from __future__ import annotations

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor


def kept_with(actor: Actor) -> dict[str, str]:
    """Return what a page that keeps what is typed brings: its `key`, and the number to `ring` while nothing goes out."""
    return {"key": device_key(actor), "ring": partnership_of(settings.DATA).hub.phone}


def device_key(actor: Actor) -> str:
    """Return 32 bytes in base64."""
    made = salted_hmac("footprint.referrals.device", str(actor.user_id), algorithm="sha256").digest()
    return base64.b64encode(made).decode()
