"""The URLs of notices. A notice goes by its reference, which tells nothing."""

from __future__ import annotations

from django.urls import path

from footprint.web.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.listed, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<str:reference>/read/", views.read, name="read"),
]
