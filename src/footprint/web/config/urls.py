"""Every URL. Each app has its own `urls.py`; who may reach what stands in each app's `access.py`."""

from __future__ import annotations

from django.urls import include, path

from footprint.web.config import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("", include("footprint.web.cases.urls")),
    path("account/", include("footprint.web.accounts.urls")),
    path("ledger/", include("footprint.web.ledger.urls")),
    path("feeds/", include("footprint.web.feeds.urls")),
    path("sharing/", include("footprint.web.sharing.urls")),
    path("", include("footprint.web.identity.urls")),
    path("", include("footprint.web.subscriptions.urls")),
    path("notices/", include("footprint.web.notices.urls")),
    path("", include("footprint.web.protection.urls")),
    path("referrals/", include("footprint.web.referrals.urls")),
]

handler400 = views.not_understood
handler403 = views.refused
handler404 = views.not_found
handler500 = views.broken
