"""Who may reach the pages of sign-in and accounts."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import ANYBODY, SIGNED_IN, Access

ACCESS: Final = {
    "account_login": Access(ANYBODY, ANYBODY),
    "account_logout": Access(ANYBODY, ANYBODY),
    "accounts:account": Access(SIGNED_IN),
}
