"""The URLs of cases and look-ups. None holds anything personal: cases and people go by handles that tell nothing."""

from __future__ import annotations

from django.urls import path

from footprint.web.cases import views

urlpatterns = [
    path("", views.home, name="home"),
]
