"""Makes the demonstration's partnership, partners and accounts; again and again the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from footprint.web.accounts.demo.accounts import ACCOUNTS, PASSWORD, DemoAccount
from footprint.web.accounts.demo.home import demo_home
from footprint.web.accounts.founding import by_command, partners_from, partnership_from
from footprint.web.accounts.models import Membership, Partner, User

#: Whose declared home is a street of the invented borough, so that the block on one's own household can be seen.
_WORKER = "social-worker"


def demo_user(username: str) -> User | None:
    """Return an account of the demonstration; never any other."""
    known = {one.username for one in ACCOUNTS}
    return User.objects.filter(username=username).first() if username in known else None


def make_demo(data: Path) -> list[dict[str, str]]:
    """Make what is missing, set every password anew, and return a line for each account."""
    with transaction.atomic():
        partnership = partnership_from(data)
        partners = partners_from(partnership, data)
        # One for all: what everybody may know needs no salt of its own.
        password = make_password(PASSWORD)
        made = [
            _account(one, _working_at(one, partners), password, data)
            for one in ACCOUNTS
            if one.sector in {partner.sector for partner in partners}
        ]
        by_command(partnership, "demo-accounts", {"accounts": len(made)})
    return made


def _working_at(account: DemoAccount, partners: list[Partner]) -> Partner:
    of_sector = [one for one in partners if one.sector == account.sector]
    return of_sector[min(account.place, len(of_sector) - 1)]


def _account(account: DemoAccount, partner: Partner, password: str, data: Path) -> dict[str, str]:
    now: dict[str, Any] = {
        "name": account.name,
        "password": password,
        "declared_at": timezone.now(),
        "is_active": True,
    }
    user, _ = User.objects.update_or_create(username=account.username, defaults=now)
    Membership.objects.get_or_create(
        user=user,
        partner=partner,
        role=account.role,
        ends=None,
        ended_at=None,
        defaults={"team": account.team, "starts": timezone.localdate()},
    )
    if account.username == _WORKER and not user.declared_addresses.exists():
        _declare(user, data)
    return {
        "username": account.username,
        "password": PASSWORD,
        "name": account.name,
        "role": account.role,
        "partner": partner.name,
    }


def _declare(user: User, data: Path) -> None:
    home = demo_home(data, user.name)
    if home is None:
        return
    user.declared_addresses.create(text=home.text, postcode=home.postcode)
    for name, born in home.relatives:
        user.declared_relatives.create(name=name, born=str(born), relation="child")


def is_allowed() -> bool:
    """Say whether this is a demonstration: in service such accounts would be open doors."""
    return bool(settings.DEMO)
