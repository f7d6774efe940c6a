"""Whoever said "this is not them" takes it back: one step, told to everybody who was told, and no more once a steward acted."""

import datetime as dt

import pytest
from django.utils import timezone

from footprint.web.identity import deciding
from footprint.web.identity.models import Dispute
from footprint.web.identity.queries import state_of
from footprint.web.identity.states import State
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from tests.web.identity.scene import SUSPECT, VICTIM, said

WHY = "I looked at the wrong file."


def url_of(dispute):
    return f"/who-is-who/said/{dispute.pk}/"


def withdraw(town, reason=WHY, client=None):
    return (client or town.worker.client).post(url_of(Dispute.objects.get()), {"reason": reason})


def last_sentence(user):
    return Notice.objects.filter(membership__user=user).latest("pk").sentence


def test_taken_back_they_stand_together_again_and_everybody_who_was_told_is_told(town):
    town.officer.opens(SUSPECT)
    town.worker.says_not_them(VICTIM, SUSPECT)
    dispute = Dispute.objects.get()
    assert town.between(VICTIM, SUSPECT) == "possible"
    page = town.worker.client.get(town.worker.url(VICTIM, "not-them/"))
    assert f'href="{url_of(dispute)}"' in page.content.decode()
    assert Notice.objects.get(membership__user=town.worker.user).link == url_of(dispute)
    assert withdraw(town)["Location"] == url_of(dispute)
    assert town.between(VICTIM, SUSPECT) == "joined"
    assert [(made.kind, made.stands, made.undone_by) for made in decisions().all("town")] == [
        ("disputed", False, town.worker.user.username)
    ]
    assert state_of(dispute) is State.WITHDRAWN
    for desk in (town.worker, town.officer):
        assert "taken back by whoever had said so" in last_sentence(desk.user)
        assert "if you doubt it yourself, say so" in last_sentence(desk.user)
        assert not any(name in last_sentence(desk.user) for name in ("Wendy", "Amandeep", "wrong file"))
    steward = Notice.objects.filter(kind="who-is-who", membership__role="data-steward").latest("pk")
    assert steward.sentence == f"{dispute.reference} waits no more: whoever had said so took it back."
    queue = said(town.steward.get("/who-is-who/"))
    assert queue.startswith("Who is who Nothing waits. Settled lately")
    assert f"{dispute.reference} Taken back" in queue
    page = said(town.steward.get(f"/who-is-who/{dispute.pk}/"))
    assert f"Taken back : {WHY} Wendy Alder" in page
    assert "Settle it" not in page
    assert "Take it back" not in said(town.worker.client.get(url_of(dispute)))


def test_it_is_entered_with_its_reason_under_seal_and_with_whom_it_concerns(town_on_sqlite):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    parts = {town.person(VICTIM), town.person(SUSPECT)}
    withdraw(town)
    entry = town.site.entries(kind="decision")[-1]
    dispute = Dispute.objects.get()
    assert (entry.leaf.action, entry.leaf.actor, entry.leaf.case) == (
        "withdraw",
        town.worker.user.username,
        "CR-2026-0001",
    )
    assert set(entry.leaf.subjects) == parts
    assert entry.leaf.facts["took-back"] == dispute.steps.first().made == dispute.steps.last().took_back
    assert entry.personal["reason"] == WHY


@pytest.mark.parametrize("rulings", [["unclear"], ["different"], ["same"], ["different", "back"]])
def test_once_a_steward_did_anything_it_is_theirs(town_on_sqlite, rulings):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    dispute = Dispute.objects.get()
    for after in rulings:
        page = "take-back" if after == "back" else "settle"
        sent = town.steward.post(
            f"/who-is-who/{dispute.pk}/{page}/", {"after": after, "reason": "Asked both."}
        )
        assert sent.status_code == 302
    before = state_of(dispute)
    page = said(town.worker.client.get(url_of(dispute)))
    assert "Take it back" not in page
    assert "Stella" not in page
    assert "somebody else" in said(withdraw(town)).lower()
    assert state_of(dispute) is before
    assert "Take that back" not in said(town.worker.client.get(town.worker.url(VICTIM, "not-them/")))


def test_nobody_else_takes_it_back_and_it_takes_a_reason(town_on_sqlite):
    town = town_on_sqlite
    town.worker.says_not_them(VICTIM, SUSPECT)
    dispute = Dispute.objects.get()
    assert town.officer.client.get(url_of(dispute)).status_code == 404
    assert withdraw(town, client=town.officer.client).status_code == 404
    assert withdraw(town, client=town.steward).status_code == 403
    assert "Take that back" not in said(town.officer.client.get(town.officer.url(VICTIM, "not-them/")))
    answer = withdraw(town, reason=" ")
    assert "Say why, in a sentence." in said(answer)
    assert "<title>Error: " in answer.content.decode()
    assert state_of(dispute) is State.OPEN


def test_the_leads_of_somebody_who_left_are_told_again(town_on_sqlite):
    town = town_on_sqlite
    town.officer.opens(SUSPECT)
    lead = town.site.user("information-governance", "police")
    town.officer.user.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
    town.worker.says_not_them(VICTIM, SUSPECT)
    withdraw(town)
    first, second = Notice.objects.filter(membership__user=lead).order_by("pk")
    assert "somebody who has since left was shown" in first.sentence
    assert "CRU-77" in second.sentence
    assert "took it back" in second.sentence


def test_a_failing_step_takes_nothing_back(town, monkeypatch):
    from footprint.ledger import LedgerUnavailable

    def unavailable(event):
        raise LedgerUnavailable("The disk is full.")

    town.worker.says_not_them(VICTIM, SUSPECT)
    monkeypatch.setattr(deciding, "entered", unavailable)
    assert withdraw(town).status_code == 503
    assert state_of(Dispute.objects.get()) is State.OPEN
    assert town.between(VICTIM, SUSPECT) == "possible"
