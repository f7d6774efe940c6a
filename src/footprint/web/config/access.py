"""Who may reach which URL: one table an app (`<app>/access.py`), put together here. What is in no table is refused to everybody.

A row says who may read (GET, HEAD) and who may write (POST); None means that nobody may. A test drives every role through
every URL, and fails for a URL that has no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, NamedTuple

#: Anybody, signed in or not; anybody who is signed in; or whoever's role has one of the rights of `sharing.roles`.
ANYBODY: Final = "anybody"
SIGNED_IN: Final = "signed in"

Who = str | frozenset[str] | None


def holding(*rights: str) -> frozenset[str]:
    """Return those whose role has one of these rights."""
    return frozenset(rights)


class Access(NamedTuple):
    """Who may read and who may write at one URL."""

    reads: Who
    writes: Who = None

    def who(self, method: str) -> Who:
        """Return who may use an HTTP method."""
        return self.reads if method in ("GET", "HEAD") else self.writes if method == "POST" else None


_APPS: Final = (
    "accounts",
    "cases",
    "feeds",
    "identity",
    "ledger",
    "notices",
    "protection",
    "referrals",
    "sharing",
    "subscriptions",
)


def table() -> Mapping[str, Access]:
    """Return the whole table by URL name."""
    rows: dict[str, Access] = {"health": Access(ANYBODY)}
    for app in _APPS:
        own: Mapping[str, Access] = import_module(f"footprint.web.{app}.access").ACCESS
        if twice := rows.keys() & own.keys():
            raise ValueError(f"Two access tables name {', '.join(sorted(twice))}.")
        rows.update(own)
    return rows


def permits(who: Who, rights: frozenset[str] | None) -> bool:
    """Say whether somebody with these rights (None: not signed in) is among `who`."""
    if who is None:
        return False
    if who == ANYBODY:
        return True
    if rights is None:
        return False
    return who == SIGNED_IN or (isinstance(who, frozenset) and not who.isdisjoint(rights))
