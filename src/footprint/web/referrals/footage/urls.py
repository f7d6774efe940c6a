"""The addresses of footage."""

from __future__ import annotations

from django.urls import URLPattern, path

from footprint.web.referrals.footage import views

urlpatterns: list[URLPattern] = [
    path("team/recordings/", views.looks, name="looks"),
    path("team/recordings/<int:filmed_id>/", views.look, name="look"),
]
