"""The administrator's pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from footprint.web.accounts.actor import acting
from footprint.web.accounts.models import Membership, Partner, User
from footprint.web.accounts.people import presenters, queries, services
from footprint.web.accounts.people.forms import (
    DetailsForm,
    EndForm,
    MembershipForm,
    NewUserForm,
    PartnerForm,
    PartnershipForm,
    ReasonForm,
)
from footprint.web.accounts.step_up import recently_authenticated_required

#: A link waits here for the one page that shows it.
_NEW_LINK = "new-link"


def users(request: HttpRequest) -> HttpResponse:
    """List the people of this partnership."""
    actor = acting(request)
    code = request.GET.get("partner", "")
    chosen = queries.partner(actor, code) if code else None
    page = Paginator(queries.people(actor, chosen.code if chosen else ""), queries.PER_PAGE).get_page(
        request.GET.get("page")
    )
    found = list(page.object_list)
    return render(
        request,
        "accounts/people/users.html",
        {
            "rows": presenters.people_rows(found, queries.second_factors(found)),
            "partners": [(one.code, one.name) for one in queries.partners(actor)],
            "chosen": chosen,
            "count": page.paginator.count,
            "pages": presenters.pages(page, chosen.code if chosen else ""),
        },
    )


def user(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Show one user: memberships and second factor."""
    found = _user(request, user_id)
    return render(
        request,
        "accounts/people/user.html",
        {
            "person": found,
            "memberships": presenters.membership_rows(found),
            "factor": presenters.factor_words(queries.second_factors([found])[found.pk]),
            "has_password": found.has_usable_password(),
            "is_oneself": found.pk == acting(request).user_id,
        },
    )


@recently_authenticated_required
def new_user(request: HttpRequest) -> HttpResponse:
    """Make a user, and the link by which they set a password."""
    actor = acting(request)
    form = NewUserForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        token = services.create_user(
            actor, username=typed["username"], name=typed["name"], email=typed["email"], **form.membership
        )
        return _to_link(request, typed["name"], token)
    return render(request, "accounts/people/new_user.html", {"form": form})


@recently_authenticated_required
def details(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Write a user's name and e-mail anew."""
    found = _user(request, user_id)
    form = DetailsForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "email": found.email},
    )
    if form.is_valid():
        services.change_details(acting(request), found, **form.cleaned_data)
        return redirect("accounts:user", found.pk)
    return _form_page(request, form, "Name and e-mail", found)


@recently_authenticated_required
def add_membership(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Let a user work for a partner in a role."""
    found, actor = _user(request, user_id), acting(request)
    form = MembershipForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.add_membership(actor, found, **form.membership)
        except services.NotOneself as refusal:
            return _refused(request, found, refusal)
        return redirect("accounts:user", found.pk)
    return _form_page(request, form, "Add a role", found)


@recently_authenticated_required
def end_membership(request: HttpRequest, user_id: uuid.UUID, number: int) -> HttpResponse:
    """End a membership."""
    held = _membership(request, user_id, number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        last_day = typed["last_day"] if typed["when"] == "day" else None
        if last_day and last_day < held.starts:
            form.add_error("last_day", "The last day is before the first")
        else:
            try:
                services.end_membership(acting(request), held, last_day)
            except services.NotOneself as refusal:
                return _refused(request, held.user, refusal)
            return redirect("accounts:user", held.user_id)
    return _form_page(request, form, f"End: {presenters.role_at(held)}", held.user)


@recently_authenticated_required
def new_link(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Make a new link by which a user sets a password."""
    found = _user(request, user_id)
    if request.method == "POST":
        try:
            token = services.new_link(acting(request), found)
        except services.NotOneself as refusal:
            return _refused(request, found, refusal)
        return _to_link(request, found.name, token)
    return render(request, "accounts/people/new_link.html", {"person": found})


@recently_authenticated_required
def reset_second_factor(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    found = _user(request, user_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.reset_second_factor(acting(request), found, form.cleaned_data["reason"])
        except services.NotOneself as refusal:
            return _refused(request, found, refusal)
        messages.success(
            request, "The second factor is taken away. They set up a new one when they next sign in."
        )
        return redirect("accounts:user", found.pk)
    return _form_page(request, form, "Take away the second factor", found)


def end_user_sessions(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """End every session that a user has open."""
    found = _user(request, user_id)
    ended = services.end_sessions_of(acting(request), found)
    messages.success(request, f"{ended} session{'' if ended == 1 else 's'} ended.")
    return redirect("accounts:user", found.pk)


def link(request: HttpRequest) -> HttpResponse:
    """Show a link that was just made, once."""
    waiting = request.session.pop(_NEW_LINK, None)
    if waiting is None:
        return redirect("accounts:users")
    path = reverse("accounts:follow_link", args=[waiting["token"]])
    return render(
        request, "accounts/people/link.html", {"name": waiting["name"], "link": f"{settings.SITE}{path}"}
    )


# ---------------------------------------------------------------- partners and the partnership


def partners(request: HttpRequest) -> HttpResponse:
    """List the partners."""
    actor = acting(request)
    rows = presenters.partner_rows(list(queries.partners(actor)))
    return render(
        request, "accounts/people/partners.html", {"rows": rows, "name": queries.partnership(actor).name}
    )


@recently_authenticated_required
def new_partner(request: HttpRequest) -> HttpResponse:
    """Add a partner."""
    actor = acting(request)
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if queries.partner(actor, form.cleaned_data["code"]) is None:
            services.save_partner(actor, None, **form.cleaned_data)
            return redirect("accounts:partners")
        form.add_error("code", "There is a partner of this code")
    return _form_page(request, form, "Add a partner", None)


@recently_authenticated_required
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """Write a partner's name, sector and lead anew."""
    actor, found = acting(request), _partner(request, code)
    form = PartnerForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "sector": found.sector, "lead_email": found.lead_email},
    )
    del form.fields["code"]
    if form.is_valid():
        services.save_partner(actor, found, code=found.code, **form.cleaned_data)
        return redirect("accounts:partners")
    return _form_page(request, form, found.name, None)


@recently_authenticated_required
def partnership(request: HttpRequest) -> HttpResponse:
    """Name the partnership anew."""
    actor = acting(request)
    form = PartnershipForm(
        request.POST if request.method == "POST" else None,
        initial={"name": queries.partnership(actor).name},
    )
    if form.is_valid():
        services.name_partnership(actor, form.cleaned_data["name"])
        return redirect("accounts:partners")
    return _form_page(request, form, "The partnership", None)


# ---------------------------------------------------------------- what they share


def _form_page(request: HttpRequest, form: Any, heading: str, person: User | None) -> HttpResponse:
    back = reverse("accounts:user", args=[person.pk]) if person else reverse("accounts:partners")
    context = {"form": form, "heading": heading, "person": person, "back": back}
    return render(request, "accounts/people/form.html", context)


def _to_link(request: HttpRequest, name: str, token: str) -> HttpResponse:
    request.session[_NEW_LINK] = {"name": name, "token": token}
    return redirect("accounts:link")


def _refused(request: HttpRequest, person: User, refusal: services.NotOneself) -> HttpResponse:
    services.refuse_oneself(request, person)
    context = {"sentence": str(refusal), "person": person}
    return render(request, "accounts/people/not_oneself.html", context, status=403)


def _user(request: HttpRequest, user_id: uuid.UUID) -> User:
    found = queries.person(acting(request), user_id)
    if found is None:
        raise Http404
    return found


def _membership(request: HttpRequest, user_id: uuid.UUID, number: int) -> Membership:
    found = queries.membership(acting(request), user_id, number)
    if found is None or presenters.is_over(found):
        raise Http404
    return found


def _partner(request: HttpRequest, code: str) -> Partner:
    found = queries.partner(acting(request), code)
    if found is None:
        raise Http404
    return found
