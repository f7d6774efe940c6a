"""One button a role, on the sign-in page of the demonstration and nowhere else."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from footprint.web.accounts.demo.services import demo_user
from footprint.web.accounts.signing_in.services import add_step


def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people, by the button's name."""
    if not settings.DEMO:
        raise Http404
    user = demo_user(request.POST.get("username", ""))
    if user is None:
        return redirect("account_login")
    if request.user.is_authenticated:
        logout(request)
    add_step(request, str(user.pk), {"method": "demo"})
    response: HttpResponse = perform_login(request, Login(user=user))
    return response
