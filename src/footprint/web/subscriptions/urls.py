"""The URLs of subscriptions. Each goes by a handle that tells nothing."""

from __future__ import annotations

from django.urls import path

from footprint.web.subscriptions import views

app_name = "subscriptions"

urlpatterns = [
    path("cases/<str:case_id>/people/<str:handle>/tell-me/", views.start, name="start"),
    path("subscriptions/", views.listed, name="list"),
    path("subscriptions/<str:subscription_id>/renew/", views.renew, name="renew"),
    path("subscriptions/<str:subscription_id>/end/", views.end, name="end"),
]
