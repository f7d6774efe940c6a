"""The URLs of sign-in and accounts."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import include, path

from footprint.web.accounts import views

_own = [
    path("", views.account, name="account"),
]

urlpatterns = [
    path("sign-in/", allauth_views.login, name="account_login"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("", include((_own, "accounts"))),
]
