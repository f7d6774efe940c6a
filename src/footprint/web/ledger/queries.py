"""Reads the ledger for its pages. Every reading of another's look-ups is itself entered, before anything is returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.utils import timezone

from footprint.ledger import RecordedEntry
from footprint.ledger.questions import Traced
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import User
from footprint.web.cases.models import Case
from footprint.web.cases.queries import named_in_entries
from footprint.web.ledger.store import Facts, event, ledger

PAGE: Final = 50
_WHAT_LEFT: Final = ("outcome", "disclosure", "refusal")


class Page(NamedTuple):
    """Entries, newest first, and the sequence before which the next page begins (None: there is none)."""

    entries: Sequence[RecordedEntry]
    next_before: int | None


def mine(actor: Actor, before: int | None) -> Page:
    """Return the actor's own look-ups in this partnership, newest first: of one that they left they see nothing any more."""
    return _page(actor=actor.username, kinds=_WHAT_LEFT, before=before, partnership=actor.partnership)


def cases_of(actor: Actor, page: Page) -> dict[str, list[Case]]:
    """Return the actor's own cases that the entries of a page name, by that name."""
    return named_in_entries(actor, {one.leaf.case for one in page.entries if one.leaf.case})


def shown_since(actor: Actor, days: int) -> int:
    """Return how many different people the actor was shown in these days."""
    since = timezone.now() - dt.timedelta(days=days)
    return len(ledger().opened_by(actor.username, partnership=actor.partnership, since=since, limit=10_000))


def entry(actor: Actor, receipt: str) -> RecordedEntry | None:
    """Return the entry of a receipt in the actor's partnership, its personal values closed."""
    _enter(actor, "entry", {"receipt": receipt[:40] if receipt.isprintable() else "unreadable"})
    found = ledger().by_receipt(receipt)
    return found if found and found.leaf.partnership == actor.partnership else None


def who_opened(actor: Actor, person: str) -> Sequence[Traced]:
    """Return who was shown a person, one line a user, newest first."""
    _enter(actor, "who-opened", subjects=(person,))
    return ledger().who_opened(person, partnership=actor.partnership)


def opened_by(actor: Actor, user: User, before: int | None) -> Page:
    """Return what a user looked up, newest first."""
    _enter(actor, "opened-by", {"user": user.username})
    return _page(actor=user.username, kinds=_WHAT_LEFT, before=before, partnership=actor.partnership)


def pairs(actor: Actor, days: int) -> Sequence[Traced]:
    """Return which users were shown whom most often in these days."""
    _enter(actor, "pairs", {"days": days})
    since = timezone.now() - dt.timedelta(days=days)
    return ledger().traced(partnership=actor.partnership, since=since, least=2)


def users_of(actor: Actor) -> list[User]:
    """Return every user who has or had a membership in the actor's partnership, by name."""
    return list(
        User.objects.filter(memberships__partner__partnership_id=actor.partnership)
        .distinct()
        .order_by("name", "pk")
    )


def user_of(actor: Actor, user: Any) -> User | None:
    """Return one of these users, or None."""
    return next((one for one in users_of(actor) if one.pk == user), None)


def notes(limit: int) -> list[str]:
    """Return the signed heads, the newest first."""
    return list(ledger().newest_notes(limit))


def _page(*, before: int | None, **filters: Any) -> Page:
    found = ledger().entries(order="newest", limit=PAGE + 1, before=before, **filters)
    more = len(found) > PAGE
    return Page(found[:PAGE], found[PAGE - 1].leaf.sequence if more else None)


def _enter(actor: Actor, action: str, facts: Facts | None = None, subjects: tuple[str, ...] = ()) -> None:
    ledger().record(event(actor, "reading", action, facts, subjects=subjects))
