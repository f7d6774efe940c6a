"""The addresses of outbox."""

from __future__ import annotations

from django.urls import URLPattern, path

from footprint.web.referrals.outbox import views

urlpatterns: list[URLPattern] = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:number>/", views.message, name="outbox_message"),
    path("inbox/", views.inbox, name="inbox"),
]
