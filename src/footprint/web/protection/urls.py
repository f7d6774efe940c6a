"""The URLs of protection. People go by their handle in a case, everything else by references that tell nothing."""

from __future__ import annotations

from django.urls import path

from footprint.web.protection.alerts import views as alerts
from footprint.web.protection.glass import views as glass
from footprint.web.protection.guarding import asking_views as asking
from footprint.web.protection.guarding import views as guarding
from footprint.web.protection.lists import views as lists

app_name = "protection"

_PERSON = "cases/<str:case_id>/people/<str:handle>"

urlpatterns = [
    path(f"{_PERSON}/break-glass/", glass.break_glass, name="break_glass"),
    path(f"{_PERSON}/question/", asking.question, name="question"),
    path(f"{_PERSON}/ask-shield/", asking.ask_shield, name="ask_shield"),
    path(f"{_PERSON}/override/", asking.override, name="override"),
    path(f"{_PERSON}/behind/", asking.behind, name="behind"),
    path("protection/", guarding.queue, name="queue"),
    path("protection/requests/<str:reference>/", guarding.request_page, name="request"),
    path("protection/shields/new/", guarding.new_shield, name="new_shield"),
    path("protection/shields/<str:decision>/", guarding.shield, name="shield"),
    path("protection/watched-over/", lists.listed, name="lists"),
    path("protection/watched-over/new/", lists.raise_entry, name="raise"),
    path("protection/watched-over/<str:reference>/end/", lists.end_entry, name="end"),
    path("protection/alerts/", alerts.alerts, name="alerts"),
    path("protection/alerts/<str:reference>/", alerts.alert, name="alert"),
    path("protection/break-glass/", glass.uses, name="glass_uses"),
    path("protection/break-glass/<str:reference>/", glass.review, name="glass_review"),
]
