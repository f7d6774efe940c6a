"""The addresses of desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from footprint.web.referrals.desk import views

_ONE = "desk/<str:referral_id>/"

urlpatterns: list[URLPattern] = [
    path("queue/", views.queue.queue, name="queue"),
    path(f"{_ONE}footprint/", views.queue.show_footprint, name="footprint"),
    path(f"{_ONE}steps/<str:verb>/", views.queue.move, name="move"),
]
