"""The URLs of the pages of feeds."""

from __future__ import annotations

from django.urls import path

from footprint.web.feeds import views

app_name = "feeds"

urlpatterns = [
    path("", views.status, name="status"),
    path("held/", views.held, name="held"),
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/<int:number>/right/", views.right_number, name="right_number"),
    path("<slug:feed>/", views.receipts, name="receipts"),
    path("<slug:feed>/<int:arrival>/", views.receipt, name="receipt"),
    path("<slug:feed>/<int:arrival>/release/", views.release, name="release"),
]
