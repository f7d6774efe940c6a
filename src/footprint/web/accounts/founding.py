"""The first things of an installation: its partnership and partners, from the data folder, and its first administrator."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from footprint.feeds.freshness import feed_states
from footprint.ledger import Event
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.links import link_token
from footprint.web.accounts.models import Membership, Partner, Partnership, User
from footprint.web.ledger.store import Facts, ledger

#: Where somebody works who works for no single partner.
OFFICE: Final = "partnership-office"
_ADMINISTRATOR: Final = "administrator"


class AlreadyAdministered(Exception):
    """There is an administrator. They make others on the page; only for one whose password was never set: --again."""


def partnership_from(data: Path) -> Partnership:
    """Return the partnership of the data folder, made now if there is none."""
    said = partnership_of(data)
    found, _ = Partnership.objects.get_or_create(id=said.id, defaults={"name": said.name})
    return found


def partners_from(partnership: Partnership, data: Path) -> list[Partner]:
    """Return the office, and a partner for each that delivers or may under a contract; made now where there is none."""
    named = {state.partner: state for state in feed_states(data) if "$" not in state.partner}
    office, _ = Partner.objects.get_or_create(
        partnership=partnership, code=OFFICE, defaults={"name": "Partnership office", "sector": OFFICE}
    )
    return [
        *(
            Partner.objects.get_or_create(
                partnership=partnership, code=code, defaults={"name": state.name, "sector": state.sector}
            )[0]
            for code, state in sorted(named.items())
        ),
        office,
    ]


def make_first_administrator(data: Path, *, username: str, name: str, email: str, again: bool) -> str:
    """Make the first administrator and return the token of their link. Raises AlreadyAdministered."""
    with transaction.atomic():
        partnership = partnership_from(data)
        office = partners_from(partnership, data)[-1]
        if again:
            user = _without_password(username)
        else:
            _none_yet(partnership)
            user = User.objects.create_user(username, None, name=name, email=email)
            Membership.objects.create(
                user=user, partner=office, role=_ADMINISTRATOR, starts=timezone.localdate()
            )
        by_command(partnership, "first-administrator", {"user": username})
        return link_token(user)


def by_command(partnership: Partnership, action: str, facts: Facts) -> None:
    """Enter what was done at the machine itself, in the transaction that does it."""
    ledger().record(
        Event(
            kind="change",
            action=action,
            actor="command-line",
            role="operator",
            organisation="command-line",
            partnership=partnership.id,
            facts=facts,
        ),
        join=True,
    )


def _none_yet(partnership: Partnership) -> None:
    held = Membership.objects.filter(partner__partnership=partnership, role=_ADMINISTRATOR, ended_at=None)
    if held.exists():
        raise AlreadyAdministered(AlreadyAdministered.__doc__)


def _without_password(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None or user.has_usable_password():
        raise AlreadyAdministered(AlreadyAdministered.__doc__)
    user.set_unusable_password()  # ends the link before
    user.save(update_fields=["password"])
    return user
