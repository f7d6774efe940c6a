"""What was sent before the queue asked for it is read again by its migration: danger, and by what somebody may be close to it."""

from importlib import import_module

import msgspec
from django.apps import apps
from django.utils import timezone

from footprint.referrals.referral import Links, Referrer, Safety, Said
from footprint.referrals.referral import Referral as Blank
from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Attempt, Marking, Mention, Outgoing, Referral, Step
from footprint.web.referrals.standing import stands
from tests.web.referrals.supervised import graded
from tests.web.referrals.writers import ADA, URGENT

read_again = import_module("footprint.web.referrals.migrations.0008_read_again").read_again
fold_incidents = import_module("footprint.web.referrals.migrations.0018_incidents_folded").fold_incidents
bind_attempts = import_module("footprint.web.referrals.migrations.0023_attempts_bound").bind_attempts
graded_before = import_module("footprint.web.referrals.migrations.0026_graded_before").tell
not_passed = import_module("footprint.web.referrals.migrations.0012_passed_by_nobody").not_passed
NOT_KNOWN = msgspec.structs.replace(URGENT, children=(ADA,), safety=Safety(danger_now=Said.NOT_KNOWN))
EMPTY = Blank(referrer=Referrer(name="Olga Birch"))


def test_each_gets_the_rank_of_its_latest_version_and_the_mentions_of_all(desk):
    officer = desk()
    ranks = {}
    for form, said in (("danger", URGENT), ("not known", NOT_KNOWN), ("empty", EMPTY)):
        ranks[sending.receive(officer.actor, said, form=form).pk] = form
    calmed = Referral.objects.get(pk=next(pk for pk, form in ranks.items() if form == "not known"))
    sending.add(
        officer.actor, calmed, msgspec.structs.replace(URGENT, safety=Safety(danger_now=Said.NO)), form="more"
    )
    before = {
        "rank": dict(Referral.objects.values_list("pk", "danger")),
        "mentions": set(Mention.objects.values_list("referral", "text")),
    }
    assert sorted(before["rank"].values()) == [0, 1, 3]
    assert before["mentions"]
    Referral.objects.update(danger=1)
    Mention.objects.all().delete()
    for _ in range(2):
        read_again(apps)
        assert dict(Referral.objects.values_list("pk", "danger")) == before["rank"]
        assert set(Mention.objects.values_list("referral", "text")) == before["mentions"]


def test_each_is_found_by_its_incident_however_that_was_typed(desk):
    told = msgspec.structs.replace(URGENT, links=Links(incident="20/123456-A/26"))
    sent = sending.receive(desk().actor, told, form="one")
    Referral.objects.update(incident_key="")
    for _ in range(2):
        fold_incidents(apps)
        assert Referral.objects.get(incident_key="20123456a26") == sent


def test_what_was_graded_before_waits_for_no_grade(desk):
    officer, unit = desk(), desk("central-referral-unit")
    once, never = (sending.receive(officer.actor, URGENT, form=form) for form in ("once", "never"))
    for _ in range(2):
        graded(unit, once)
    first = Marking.objects.order_by("pk")[0].at
    assert Referral.objects.get(pk=once.pk).graded_at == first
    Referral.objects.update(graded_at=None)
    for _ in range(2):
        graded_before(apps)
        assert dict(Referral.objects.values_list("pk", "graded_at")) == {once.pk: first, never.pk: None}


def test_what_was_said_to_be_passed_when_it_came_is_received_and_what_somebody_passed_on_stays_so(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    held = [sending.receive(officer.actor, URGENT, form=form) for form in ("said", "passed")]
    for one in held:
        at = Step.objects.get(referral=one).at
        Step.objects.create(referral=one, verb="route", part="author", by_name="", at=at, words="No")
    Step.objects.create(
        referral=held[1],
        verb="route",
        part="front-door",
        by_name=door.user.name,
        at=timezone.now(),
        words="Sam",
    )
    Referral.objects.update(state="routed")
    for _ in range(2):
        not_passed(apps)
        assert [Referral.objects.get(pk=one.pk).state for one in held] == ["received", "routed"]
        assert [stands(one).state for one in held] == ["received", "routed"]


def test_what_was_done_by_hand_is_whose_name_nobody_else_has(desk):
    sent = sending.receive(desk().actor, URGENT, form="one")
    alone, *_two = desk("data-steward", name="Ann Oak"), *(desk("data-steward", name="Ann") for _ in range(2))
    copy = Outgoing.objects.create(referral=sent, number=1, key="k", created=timezone.now(), body=b"")
    for name in ("Ann Oak", "Ann", "Whoever left", ""):
        Attempt.objects.create(outgoing=copy, at=timezone.now(), outcome="again", by_name=name)
    for _ in range(2):
        bind_attempts(apps)
        assert [one.by_id for one in copy.attempts.all()] == [alone.actor.membership_id, None, None, None]
