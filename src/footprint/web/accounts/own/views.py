"""The pages of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from footprint.web.accounts.links import user_of_link
from footprint.web.accounts.own import presenters, services
from footprint.web.accounts.own.forms import (
    AddressForm,
    DeclareForm,
    FirstPasswordForm,
    RelativeForm,
    RoleForm,
)
from footprint.web.accounts.queries import declared_by, offered, signed_in
from footprint.web.accounts.sessions import open_sessions
from footprint.web.accounts.signing_in.slow_down import remember

_LINK = "link"


def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, as what, how, and what can be changed."""
    user = signed_in(request)
    return render(
        request,
        "accounts/account.html",
        {
            "several": len(offered(user, request.session)) > 1,
            "has_password": user.has_usable_password(),
            "strength": presenters.strength_words(request.session.get("strength", "")),
            "declared": presenters.declared_words(user),
        },
    )


def roles(request: HttpRequest) -> HttpResponse:
    """Choose in which role to act."""
    held = offered(signed_in(request), request.session)
    form = RoleForm(presenters.membership_choices(held), request.POST or None, initial=_current(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and services.choose(request, int(form.cleaned_data["role"]))
    ):
        return redirect("home")
    return render(request, "accounts/roles.html", {"form": form})


def _current(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    return {"role": actor.membership_id} if actor else {}


def sessions(request: HttpRequest) -> HttpResponse:
    """Show the open sessions; end one, or all others."""
    if request.method == "POST":
        if mark := request.POST.get("session"):
            ended = services.end_one_session(request, mark)
            messages.success(
                request, "The session has ended." if ended else "That session had ended already."
            )
        else:
            services.end_other_sessions(request)
            messages.success(request, "All other sessions have ended.")
        return redirect("accounts:sessions")
    found = open_sessions(signed_in(request), request.session)
    return render(request, "accounts/sessions.html", {"sessions": presenters.session_rows(found)})


def confirm(request: HttpRequest) -> HttpResponse:
    """Lead to the way in which this user proves that it is still them, and from there back."""
    ways = get_adapter().get_reauthentication_methods(signed_in(request))
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    if not ways:
        return render(request, "accounts/cannot_confirm.html", status=403)
    return redirect(f"{ways[0]['url']}?{urlencode({'next': asked if is_ours else reverse('home')})}")


# ---------------------------------------------------------------- home and relatives


def declaration(request: HttpRequest) -> HttpResponse:
    """Show what is declared; declare that it is complete."""
    user = signed_in(request)
    form = DeclareForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            services.declare_complete(request)
            messages.success(
                request, "Thank you. You will be asked again in a year; tell us sooner if something changes."
            )
            return redirect("home")
        form = DeclareForm(request.POST)
    lists = presenters.declaration_lists(declared_by(user))
    return render(
        request,
        "accounts/declaration.html",
        {"form": form, "declared": presenters.declared_words(user), **lists},
    )


def declare_address(request: HttpRequest) -> HttpResponse:
    """Add a home of one's own."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        services.declare_address(
            request, text=typed["text"], postcode=typed["postcode"], is_now=typed["is_now"] == "yes"
        )
        return redirect("accounts:declaration")
    return render(request, "accounts/declare.html", {"form": form, "heading": "An address of yours"})


def declare_relative(request: HttpRequest) -> HttpResponse:
    """Add somebody close."""
    form = RelativeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.declare_relative(request, **form.cleaned_data)
        return redirect("accounts:declaration")
    return render(request, "accounts/declare.html", {"form": form, "heading": "Somebody close to you"})


def withdraw(request: HttpRequest, what: str, number: int) -> HttpResponse:
    """Take back an address or a relative."""
    if what not in ("address", "relative") or not services.withdraw(request, what, number):
        raise Http404
    messages.success(request, "It is taken off your list. It still counts for a year.")
    return redirect("accounts:declaration")


# ---------------------------------------------------------------- a link of an administrator


def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take a link out of the address before anything is shown: addresses stay in histories."""
    if user_of_link(token) is None:
        return render(request, "accounts/link_over.html", status=410)
    request.session[_LINK] = token
    return redirect("accounts:first_password")


def first_password(request: HttpRequest) -> HttpResponse:
    """Set the password for which a link was made."""
    token = request.session.get(_LINK, "")
    user = user_of_link(token)
    if user is None:
        return render(request, "accounts/link_over.html", status=410)
    form = FirstPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not services.set_first_password(request, token, form.cleaned_data["password"]):
            return render(request, "accounts/link_over.html", status=410)
        request.session.pop(_LINK, None)
        messages.success(request, "Your password is set. Sign in with it.")
        to_sign_in = redirect("account_login")
        remember(request, to_sign_in, user.username)
        return to_sign_in
    return render(request, "accounts/first_password.html", {"form": form, "username": user.username})
