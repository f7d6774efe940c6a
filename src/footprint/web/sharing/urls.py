"""The URL of the agreement's page."""

from __future__ import annotations

from django.urls import path

from footprint.web.sharing import views

app_name = "sharing"

urlpatterns = [path("", views.mine, name="mine")]
