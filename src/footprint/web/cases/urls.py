"""The URLs of cases and look-ups. None holds anything personal: cases and people go by handles that tell nothing."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from footprint.web.cases import ask_views, result_views, views
from footprint.web.cases.person import urls as person
from footprint.web.cases.person import views as person_views

_CASE = "cases/<str:case_id>/"

#: Everything in the namespace "cases". There is one include of it: a second would hide the first.
_CASES: list[URLPattern | URLResolver] = [
    path("cases/new/", views.new, name="new"),
    path("cases/from/<str:token>/", views.arrive, name="arrive"),
    path(_CASE, views.case, name="case"),
    path(f"{_CASE}reference/", views.reference, name="reference"),
    path(f"{_CASE}close/", views.close, name="close"),
    path(f"{_CASE}ask/person/", ask_views.person, name="ask_person"),
    path(f"{_CASE}ask/address/", ask_views.address, name="ask_address"),
    path(f"{_CASE}ask/family/", ask_views.family, name="ask_family"),
    path(f"{_CASE}look-ups/<str:look_up_id>/", result_views.results, name="results"),
    path(f"{_CASE}look-ups/<str:look_up_id>/summary/", person_views.family_summary, name="family_summary"),
    path(f"{_CASE}people/<str:handle>/", include(person.urlpatterns)),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("", include((_CASES, "cases"))),
]
