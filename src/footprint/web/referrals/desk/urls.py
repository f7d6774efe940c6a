"""The addresses of desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from footprint.web.referrals.desk import views

_ONE = "desk/<str:referral_id>/"

urlpatterns: list[URLPattern] = [
    path("queue/", views.queue.queue, name="queue"),
    path("find/", views.finding.find, name="find"),
    path(f"{_ONE}footprint/", views.queue.show_footprint, name="footprint"),
    path(f"{_ONE}steps/<str:verb>/", views.queue.move, name="move"),
    path("team/", views.team.team, name="team"),
    path("team/seen/", views.team.seen, name="seen"),
    path("team/no-referral/", views.no_referral.no_referral, name="no_referral"),
    path("team/no-referral/<int:ruling_id>/undo/", views.no_referral.undo, name="no_referral_undo"),
    path("team/unanswered/", views.unanswered.unanswered, name="unanswered"),
    path("team/trends/", views.team.trends, name="trends"),
    path("grading/", views.grading.grading, name="grading"),
    path(f"{_ONE}grade/", views.grading.grade, name="grade"),
    path(f"{_ONE}example/", views.examples.offer, name="example_offer"),
    path("examples/", views.examples.examples, name="examples"),
    path("examples/<int:example_id>/withdraw/", views.examples.withdraw, name="example_withdraw"),
    path("held/", views.holding.held, name="held"),
    path("held/<int:sentence_id>/", views.holding.held_one, name="held_one"),
]
