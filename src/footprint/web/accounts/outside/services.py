"""Whose account it is that a partner's identity provider vouches for. No account is ever made by this.

The first time an account is found by the claim that was agreed; from then on by the provider's own subject, which is given to
nobody else. A provider speaks for its own partner's people alone, whatever it claims.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.entries import entered, entry_of
from footprint.web.accounts.models import OutsideIdentity, Partner, User
from footprint.web.accounts.outside.protocol import Begun, Untrusted, asserts_second_factor
from footprint.web.accounts.outside.providers import Provider, provider_named
from footprint.web.accounts.queries import memberships_of, signed_in
from footprint.web.accounts.session_words import BEGUN, PROVIDER, STEPS, STRENGTH, THROUGH
from footprint.web.accounts.signing_in.services import add_step
from footprint.web.accounts.signing_in.strength import strength_of
from footprint.web.ledger.store import ledger

msgspec.json.Decoder(Begun)  # met by one thread, while this is imported

#: How many sign-ins one browser may have on their way: one a tab.
_AT_ONCE = 5


class Vouched(NamedTuple):
    """A user for whom a provider vouches."""

    user: User
    partner: Partner


def remember(request: HttpRequest, begun: Begun) -> None:
    """Keep what only this browser may come back with."""
    kept = [*request.session.get(BEGUN, []), msgspec.to_builtins(begun)]
    request.session[BEGUN] = kept[-_AT_ONCE:]


def recall(request: HttpRequest, provider: Provider, state: str) -> Begun:
    """Return the sign-in that this browser began with this state, once. Raises Untrusted."""
    kept = [msgspec.convert(one, Begun) for one in request.session.get(BEGUN, [])]
    found = next((one for one in kept if one.state == state and one.provider == provider.id), None)
    if found is None:
        raise Untrusted("state")
    request.session[BEGUN] = [msgspec.to_builtins(one) for one in kept if one is not found]
    return found


def vouched_for(request: HttpRequest, provider: Provider, claims: dict[str, Any]) -> Vouched:
    """Return whose account it is, bound to the provider's subject from the first time on. Raises Untrusted."""
    partner = _partner_of(provider)
    bound = OutsideIdentity.objects.filter(issuer=provider.issuer, subject=claims["sub"]).first()
    user = bound.user if bound else _by_claim(provider, claims)
    held = memberships_of(user, timezone.localdate())
    if partner.pk not in {one.partner_id for one in held}:
        raise Untrusted("other-partner")
    if bound is None:
        _bind(request, provider, user, claims["sub"])
    return Vouched(user, partner)


def note_sign_in(request: HttpRequest, provider: Provider, vouched: Vouched, claims: dict[str, Any]) -> None:
    """Write into the session who vouched, and how strongly; the sign-in itself comes after."""
    _add(request, provider, vouched.user, claims)
    request.session[THROUGH] = vouched.partner.pk
    request.session[PROVIDER] = provider.id


def confirm(request: HttpRequest, provider: Provider, claims: dict[str, Any]) -> None:
    """Add that the user proved anew, with the provider, that it is them. Raises Untrusted."""
    user = signed_in(request)
    bound = OutsideIdentity.objects.filter(issuer=provider.issuer, subject=claims["sub"], user=user)
    if not bound.exists():
        raise Untrusted("somebody-else")
    entered(request, "change", "confirmed", {"provider": provider.id})
    _add(request, provider, user, claims)
    request.session[STRENGTH] = strength_of(request.session[STEPS])


def refuse(request: HttpRequest, provider: Provider, why: str, claims: dict[str, Any] | None = None) -> None:
    """Enter that a sign-in with a provider led to nothing; what was claimed, under seal."""
    claimed = str((claims or {}).get(provider.identifying_claim, ""))[:1000]
    entered(
        request,
        "refusal",
        "sign-in",
        {"provider": provider.id, "why": why},
        terms={"claim": claimed} if claimed else {},
    )


def provider_of_session(request: HttpRequest) -> Provider | None:
    """Return the provider through which this session began, where one did."""
    return provider_named(settings.DATA, request.session.get(PROVIDER, ""))


def _add(request: HttpRequest, provider: Provider, user: User, claims: dict[str, Any]) -> None:
    step = {"method": "oidc", "mfa": asserts_second_factor(provider, claims), "provider": provider.id}
    add_step(request, str(user.pk), step)


def _partner_of(provider: Provider) -> Partner:
    found = Partner.objects.filter(
        partnership_id=partnership_of(settings.DATA).id, code=provider.partner
    ).first()
    if found is None:
        raise Untrusted("no-partner")
    return found


def _by_claim(provider: Provider, claims: dict[str, Any]) -> User:
    claimed = claims.get(provider.identifying_claim)
    if not isinstance(claimed, str) or not claimed:
        raise Untrusted("no-claim")
    domain = claimed.rpartition("@")[2].casefold() if "@" in claimed else ""
    if (domain or provider.match == "email") and domain not in provider.domains:
        raise Untrusted("other-domain")
    assumed = provider.email_verified == "assumed" or provider.match == "username"
    if not assumed and claims.get("email_verified") is not True:
        raise Untrusted("not-verified")
    field = "email__iexact" if provider.match == "email" else "username__iexact"
    found = list(User.objects.filter(**{field: claimed}).order_by("pk")[:2])
    if len(found) != 1:
        raise Untrusted("no-account")
    if OutsideIdentity.objects.filter(user=found[0], issuer=provider.issuer).exists():
        raise Untrusted("other-subject")
    return found[0]


def _bind(request: HttpRequest, provider: Provider, user: User, subject: str) -> None:
    with transaction.atomic():
        OutsideIdentity.objects.create(user=user, issuer=provider.issuer, subject=subject)
        bound = entry_of(request, user, None, "change", "identity-bound", {"provider": provider.id})
        ledger().record(bound, join=True)
