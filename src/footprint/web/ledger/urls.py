"""The URLs of the ledger's pages. People stand in them by ids that tell nothing, users by their account's number."""

from __future__ import annotations

from django.urls import path

from footprint.web.ledger import views

app_name = "ledger"

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("oversight/", views.oversight, name="oversight"),
    path("entries/<str:receipt>/", views.entry, name="entry"),
    path("people/<str:person>/", views.person, name="person"),
    path("users/<uuid:user>/", views.user, name="user"),
    path("pairs/", views.pairs, name="pairs"),
    path("use/", views.use, name="use"),
    path("heads/", views.heads, name="heads"),
]
