"""The URLs of who is who. Cases, people, disputes and breaches go by handles that tell nothing."""

from __future__ import annotations

from django.urls import path

from footprint.web.identity import views

app_name = "identity"

_PERSON = "cases/<str:case_id>/people/<str:handle>/"

urlpatterns = [
    path(f"{_PERSON}not-them/", views.doubting.not_them, name="not_them"),
    path(f"{_PERSON}doubt-too/", views.doubting.doubt_too, name="doubt_too"),
    path(f"{_PERSON}same/", views.doubting.same, name="same"),
    path("who-is-who/said/<str:dispute_id>/", views.doubting.said, name="said"),
    path("who-is-who/", views.settling.queue, name="queue"),
    path("who-is-who/<str:dispute_id>/", views.settling.dispute, name="dispute"),
    path("who-is-who/<str:dispute_id>/settle/", views.settling.settle, name="decide"),
    path("who-is-who/<str:dispute_id>/take-back/", views.settling.take_back, name="undo"),
    path("breaches/", views.breaches.breaches, name="breaches"),
    path("breaches/<str:breach_id>/", views.breaches.breach, name="breach"),
]
