"""The way to a partner's identity provider, and the return."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from footprint.web.accounts.models import User
from footprint.web.accounts.outside import services
from footprint.web.accounts.outside.protocol import Begun, Untrusted, claims_of, new_sign_in, way_there
from footprint.web.accounts.outside.providers import Provider, provider_named


def begin(request: HttpRequest, name: str) -> HttpResponse:
    """Send the browser to the provider; who is signed in through it already is asked to prove it anew."""
    provider = _provider(name)
    confirms = isinstance(request.user, User)
    if confirms and services.provider_of_session(request) != provider:
        return redirect("home")
    begun = new_sign_in(provider, back_to=_back_to(request), confirms=confirms)
    try:
        there = way_there(provider, begun, _returns_to(provider))
    except Untrusted as untrusted:
        return _failed(request, provider, untrusted.why)
    services.remember(request, begun)
    return redirect(there)


def finish(request: HttpRequest, name: str) -> HttpResponse:
    """Take what the provider sends back, and sign in whose account it is."""
    provider = _provider(name)
    claims: dict[str, Any] = {}
    try:
        begun = services.recall(request, provider, request.GET.get("state", ""))
        claims = claims_of(provider, begun, _returns_to(provider), request.GET.dict(), settings.DATA)
        if begun.confirms:
            services.confirm(request, provider, claims)
            return redirect(begun.back_to or "home")
        if isinstance(request.user, User):
            return redirect("home")
        return _sign_in(request, provider, begun, claims)
    except Untrusted as untrusted:
        return _failed(request, provider, untrusted.why, claims)


def _sign_in(request: HttpRequest, provider: Provider, begun: Begun, claims: dict[str, Any]) -> HttpResponse:
    vouched = services.vouched_for(request, provider, claims)
    services.note_sign_in(request, provider, vouched, claims)
    response: HttpResponse = perform_login(
        request, Login(user=vouched.user, redirect_url=begun.back_to or None)
    )
    return response


def _failed(
    request: HttpRequest, provider: Provider, why: str, claims: dict[str, Any] | None = None
) -> HttpResponse:
    services.refuse(request, provider, why, claims)
    return render(request, "accounts/provider_failed.html", {"provider": provider.name}, status=403)


def _provider(name: str) -> Provider:
    found = provider_named(settings.DATA, name)
    if found is None:
        raise Http404
    return found


def _returns_to(provider: Provider) -> str:
    return f"{settings.SITE}{reverse('accounts:identity_provider_return', args=[provider.id])}"


def _back_to(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if is_ours else ""
