"""Who may reach what stands in outbox: whoever sees feeds sees what hangs, a steward sees to it, and other systems sign."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import ANYBODY, Access, holding

_RELEASES: Final = holding("release")

ACCESS: Final[dict[str, Access]] = {
    "referrals:outbox": Access(holding("feeds")),
    "referrals:outbox_message": Access(_RELEASES, _RELEASES),
    # No session and no person: the signature is the guard, and nothing is read here.
    "referrals:inbox": Access(None, ANYBODY),
}
