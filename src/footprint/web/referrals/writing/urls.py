"""The addresses of writing."""

from __future__ import annotations

from django.urls import URLPattern, path

from footprint.web.referrals.writing import filling_views, ringing_views, sent_views, views

_DRAFT = "drafts/<str:draft_id>/"
_SENT = "sent/<str:referral_id>/"

urlpatterns: list[URLPattern] = [
    path("", sent_views.mine, name="mine"),
    path("new/", views.start, name="start"),
    path("cases/<str:case_id>/new/", views.start, name="from_case"),
    path(_DRAFT, views.draft, name="draft"),
    path(f"{_DRAFT}check/", views.check, name="check"),
    path(f"{_DRAFT}send/", views.send, name="send"),
    path(f"{_DRAFT}discard/", views.discard, name="discard"),
    path(f"{_DRAFT}fill/", filling_views.footprint, name="fill"),
    path(f"{_DRAFT}occurrence/", filling_views.occurrence, name="occurrence"),
    path(f"{_DRAFT}steps/<str:name>/", views.step, name="step"),
    path(f"{_DRAFT}steps/<str:name>/<str:key>/", views.step, name="part"),
    path(f"{_DRAFT}steps/<str:name>/<str:key>/remove/", views.remove, name="remove"),
    path("front-door/wrong-number/", ringing_views.wrong_number, name="wrong_number"),
    path("kept/<str:name>/", sent_views.kept, name="kept"),
    path(_SENT, sent_views.referral, name="referral"),
    path(f"{_SENT}receipt/", sent_views.receipt, name="receipt"),
    path(f"{_SENT}print/", sent_views.paper, name="print"),
    path(f"{_SENT}add/", sent_views.add, name="add"),
    path(f"{_SENT}answers/<int:feedback_id>/", sent_views.acknowledge, name="acknowledge"),
]
