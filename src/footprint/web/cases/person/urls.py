"""The URLs of one person in one case, below `cases/<case>/people/<handle>/`."""

from __future__ import annotations

from django.urls import path

from footprint.web.cases.person import views

urlpatterns = [
    path("", views.person, name="person"),
    path("print/", views.sheet, name="print"),
    path("pdf/", views.pdf, name="pdf"),
    path("summary/", views.summary, name="summary"),
    path("wrong-number/", views.wrong_number, name="wrong_number"),
]
