"""What changes in one's own account. Each change and its entry in the ledger are one."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from footprint.web.accounts.entries import entered, entry, entry_of
from footprint.web.accounts.links import user_of_link
from footprint.web.accounts.models import DeclaredAddress, DeclaredRelative, User
from footprint.web.accounts.queries import actor_for, offered, signed_in
from footprint.web.accounts.session_words import CHOSEN
from footprint.web.accounts.sessions import end_sessions, session_of
from footprint.web.ledger.store import Facts, ledger


def choose(request: HttpRequest, membership_id: int) -> bool:
    """Act in another of one's memberships; say whether it is one of those that this session may choose."""
    user = signed_in(request)
    if membership_id not in {one.pk for one in offered(user, request.session)}:
        return False
    request.session[CHOSEN] = membership_id
    actor = actor_for(user, request.session)
    ledger().record(entry_of(request, user, actor, "change", "membership-chosen"))
    return True


def end_one_session(request: HttpRequest, mark: str) -> bool:
    """End one of one's own sessions; say whether there was one."""
    found = session_of(signed_in(request), mark)
    if found is None:
        return False
    entered(request, "change", "session-ended", {"why": "ended", "ended": mark})
    found.end()
    return True


def end_other_sessions(request: HttpRequest) -> int:
    """End all of one's own sessions but this one."""
    entered(request, "change", "session-ended", {"why": "ended", "ended": "all others"})
    return end_sessions(signed_in(request), but=request.session.session_key or "")


# ---------------------------------------------------------------- home and relatives


def declare_address(request: HttpRequest, *, text: str, postcode: str, is_now: bool) -> None:
    """Add a home of one's own."""
    user = signed_in(request)
    with transaction.atomic():
        user.declared_addresses.create(text=text, postcode=postcode, is_now=is_now)
        _declared(request, "declaration-added", {"what": "address"})


def declare_relative(request: HttpRequest, *, name: str, born: str, relation: str) -> None:
    """Add somebody close."""
    user = signed_in(request)
    with transaction.atomic():
        user.declared_relatives.create(name=name, born=born, relation=relation)
        _declared(request, "declaration-added", {"what": "relative"})


def withdraw(request: HttpRequest, what: str, number: int) -> bool:
    """Take back an address or a relative: it blocks for a year more. Say whether there was one."""
    user = signed_in(request)
    declared: dict[str, type[DeclaredAddress | DeclaredRelative]] = {
        "address": DeclaredAddress,
        "relative": DeclaredRelative,
    }
    with transaction.atomic():
        changed = (
            declared[what]
            .objects.filter(user=user, pk=number, withdrawn__isnull=True)
            .update(withdrawn=timezone.now())
        )
        if changed:
            _declared(request, "declaration-withdrawn", {"what": what})
    return bool(changed)


def declare_complete(request: HttpRequest) -> None:
    """Declare that this is all, for a year."""
    user = signed_in(request)
    with transaction.atomic():
        user.declared_at = timezone.now()
        user.save(update_fields=["declared_at"])
        _declared(request, "declared", {})


def _declared(request: HttpRequest, action: str, facts: Facts) -> None:
    user = signed_in(request)
    counts: Facts = {
        "addresses": user.declared_addresses.filter(withdrawn__isnull=True).count(),
        "relatives": user.declared_relatives.filter(withdrawn__isnull=True).count(),
    }
    ledger().record(entry(request, "change", action, counts | facts), join=True)


# ---------------------------------------------------------------- a link of an administrator


def set_first_password(request: HttpRequest, token: str, password: str) -> bool:
    """Set the password for which a link was made, end the link and every session; say whether the link still held."""
    user = user_of_link(token)
    if user is None:
        return False
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if user_of_link(token) is None:
            return False
        locked.set_password(password)
        locked.save(update_fields=["password"])
        ledger().record(entry_of(request, locked, None, "change", "password-set"), join=True)
    end_sessions(locked)
    return True
