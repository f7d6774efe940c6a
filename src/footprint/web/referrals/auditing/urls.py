"""The addresses of auditing."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from footprint.web.referrals.auditing import views
from footprint.web.referrals.auditing.framework import views as framework
from footprint.web.referrals.auditing.learning import views as learning
from footprint.web.referrals.auditing.measuring import views as measuring
from footprint.web.referrals.auditing.sample import views as sample

_SAMPLE: Final = "audit/samples/<int:sample_id>/"
_DRAWN: Final = "audit/drawn/<int:drawn_id>/"

urlpatterns: list[URLPattern] = [
    path("audit/", views.audit, name="audit"),
    path("audit/print/", views.sheet, name="audit_print"),
    path("audit/pdf/", views.pdf, name="audit_pdf"),
    path("audit/csv/", views.spreadsheet, name="audit_csv"),
    path("audit/framework/", framework.framework, name="audit_framework"),
    path("audit/framework/new/", framework.propose, name="audit_propose"),
    path("audit/framework/<int:framework_id>/", framework.version, name="audit_version"),
    path("audit/samples/new/", sample.draw, name="audit_draw"),
    path(_SAMPLE, sample.sample, name="audit_sample"),
    path(f"{_SAMPLE}list/", sample.pool, name="audit_pool"),
    path("audit/mine/", sample.mine, name="audit_mine"),
    path(_DRAWN, sample.mark, name="audit_mark"),
    path(f"{_DRAWN}take/", sample.take, name="audit_take"),
    path(f"{_DRAWN}agree/", sample.moderate, name="audit_moderate"),
    path("audit/agreement/", learning.agreement, name="audit_agreement"),
    path("audit/themes/", learning.themes, name="audit_themes"),
    path("audit/briefings/new/", learning.brief, name="audit_brief"),
    path("briefings/", learning.briefings, name="briefings"),
    path("briefings/<int:briefing_id>/had/", learning.had, name="briefing_had"),
    path("measures/", measuring.measures, name="measures"),
    path("measures/csv/", measuring.spreadsheet, name="measures_csv"),
]
