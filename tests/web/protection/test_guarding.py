"""Scenario 8, as far as shields go: made at once and never shown, looked at again, and lifted by two guardians alone."""

import datetime as dt
import re

import pytest

from footprint.answer import words
from footprint.web.ledger.store import decisions
from footprint.web.protection.guarding.forms import tells_of
from footprint.web.protection.models import GuardianRequest
from tests.web.cases.conftest import said
from tests.web.protection.conftest import BECAUSE, DAY, text_of, told, verdict
from tests.web.protection.test_own_household import plain
from tests.web.protection.town import ELSEWHERE, MARA, UNKNOWN, ZOE

# ---- shields


@pytest.mark.parametrize("how", ["address", "person"])
def test_a_shield_applies_at_once_over_every_snapshot_and_is_entered(guardians, worker, site, town, how):
    grace, _ = guardians
    url = worker.url_of(ZOE)
    assert "Linden Row" in text_of(worker.get(url))
    typed = {"address": ELSEWHERE} if how == "address" else {"person": town.person("police/person-id/ZOE")}
    answer = grace.post("/protection/shields/new/", what=how, reason=BECAUSE, **typed)
    assert answer.status_code == 302, said(answer)
    after = worker.get(url)
    assert words.PROTECTED in said(after)
    assert "linden row" not in text_of(after).lower()
    (entry,) = site.entries(action="shield")
    (decision,) = decisions().all()
    assert (entry.leaf.kind, entry.leaf.facts["decision"], decision.by) == (
        "decision",
        decision.id,
        grace.user.username,
    )
    assert "linden" not in str(entry).lower()
    town.command("rollback")
    assert words.PROTECTED in said(worker.get(url))


def test_without_its_entry_there_is_no_shield_and_no_half_of_one(guardians, monkeypatch):
    from footprint.ledger import LedgerUnavailable
    from footprint.web.protection.guarding import rulings

    class Broken:
        def record(self, *_, **__):
            raise LedgerUnavailable("The disk is full")

    monkeypatch.setattr(rulings, "ledger", Broken)
    answer = guardians[0].post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    assert answer.status_code == 503
    assert decisions().all() == []


def test_an_address_is_typed_and_never_shown_again(guardians, site):
    grace, gideon = guardians
    grace.post(
        "/protection/shields/new/", what="address", address=ELSEWHERE, uprn="100012345678", reason=BECAUSE
    )
    (shield,) = decisions().all()
    for desk in (grace, gideon):
        for page in (
            "/protection/",
            f"/protection/shields/{shield.id}/",
            "/protection/shields/new/",
            "/notices/",
        ):
            told_there = text_of(desk.get(page)).lower()
            assert not any(word in told_there for word in ("linden", "ws7 4gh", "100012345678"))
    assert "An address" in said(grace.get("/protection/"))


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"what": "address", "address": "", "reason": BECAUSE}, "Write the address in one line"),
        ({"what": "address", "address": "Linden Row", "reason": BECAUSE}, "cannot be told from others"),
        ({"what": "person", "person": "", "reason": BECAUSE}, "Write the person’s reference"),
        ({"what": "person", "person": "nobody", "reason": BECAUSE}, "Nobody has this reference"),
        ({"what": "address", "address": ELSEWHERE, "reason": "urgent"}, "Error: Say it in a sentence of at least 30 letters"),
        ({"what": "address", "address": ELSEWHERE, "reason": "She lives in Linden Row, and he looks."}, "Leave the address out"),
        ({"what": "address", "address": ELSEWHERE, "uprn": "12x", "reason": BECAUSE}, "A UPRN has at most"),
        ({"reason": BECAUSE}, "Choose one"),
    ],
)  # fmt: skip
def test_what_cannot_be_shielded_is_said_at_its_field(guardians, typed, complaint):
    answer = guardians[0].post("/protection/shields/new/", **typed)
    assert answer.status_code == 200
    assert complaint in said(answer)
    assert "<title>Error: " in answer.content.decode()
    assert decisions().all() == []


@pytest.mark.parametrize(
    ("reason", "tells"),
    [
        ("She lives in Zephyrquill Lane now.", True),
        ("At Obsidianwick House she is safe.", True),
        ("The postcode is WS7 9QJ.", True),
        ("the postcode is ws79qj", True),
        ("She fled from him to another house, in a lane.", False),
        ("Flat 2 of 17 is hers.", False),
    ],
)
def test_a_reason_that_gives_the_address_away_is_seen(reason, tells):
    assert tells_of(reason, "Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ") is tells


def test_to_shield_an_address_says_the_same_whether_it_was_protected_before(guardians):
    grace, _ = guardians
    answers = []
    for home in ("Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ", UNKNOWN):
        grace.post("/protection/shields/new/", what="address", address=home, reason=BECAUSE)
        answers.append(re.sub(r"d-[0-9a-f]{10}", "d-ID", plain(grace.get("/protection/"), home)))
    assert len(decisions().all()) == 2
    assert answers[0].count("An address") + 1 == answers[1].count("An address")


def test_a_shield_is_looked_at_again_every_six_months(guardians, town):
    grace, _ = guardians
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    (shield,) = decisions().all()
    assert "To be looked at again on 20 May 2027" in said(grace.get("/protection/"))
    town.clock.move_to(town.now + 182 * DAY)
    grace.signs_in_again()
    assert "Look at it again due 20 May 2027" in said(grace.get("/protection/"))
    assert (
        grace.post(f"/protection/shields/{shield.id}/", note="She still hides from him.").status_code == 302
    )
    assert "To be looked at again on 21 November 2027" in said(grace.get("/protection/"))


# ---- lifting takes two


def test_one_guardian_lifts_nothing_and_two_do(guardians, worker, site, town):
    grace, gideon = guardians
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    (shield,) = decisions().all()
    grace.post(f"/protection/shields/{shield.id}/", reason="He is dead, and she asks for it herself.")
    asked = GuardianRequest.objects.get()
    assert verdict(grace, asked.reference).status_code == 200  # who asked is no second
    assert "You asked for this yourself" in said(verdict(grace, asked.reference))
    assert [one.kind for one in decisions().all()] == ["shield"]
    assert verdict(gideon, asked.reference).status_code == 302
    lift = decisions().all()[-1]
    assert (lift.kind, lift.by, lift.also_by) == ("lift", grace.user.username, gideon.user.username)
    assert "None." in said(gideon.get("/protection/")).partition("Shields")[2]
    assert "The shield is lifted" in told(grace)[-1]
    assert "Linden Row" in text_of(worker.get(worker.url_of(ZOE)))


def test_somebody_with_two_roles_is_one_person(guardians, site):
    grace, _ = guardians
    second = site.membership(grace.user, "identity-guardian", "acute-trust")
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    (shield,) = decisions().all()
    grace.post(f"/protection/shields/{shield.id}/", reason="He is dead, and she asks for it herself.")
    asked = GuardianRequest.objects.get()
    grace.client = site.client(grace.user, membership=second)
    assert "You asked for this yourself" in said(verdict(grace, asked.reference))


def test_a_second_guardian_may_say_no(guardians, worker):
    grace, gideon = guardians
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    (shield,) = decisions().all()
    grace.post(f"/protection/shields/{shield.id}/", reason="He is dead, and she asks for it herself.")
    verdict(gideon, GuardianRequest.objects.get().reference, yes=False)
    assert [one.kind for one in decisions().all()] == ["shield"]
    assert "The shield stays" in told(grace)[-1]


def test_what_a_partner_marked_stands_in_no_guardians_hand(guardians, worker, town):
    assert "None." in said(guardians[0].get("/protection/")).partition("Shields")[2]
    assert words.PROTECTED in said(worker.get(worker.url_of(MARA)))


def test_review_days_are_days_of_the_place(guardians, town):
    """A shield made late in the evening, when it is tomorrow already elsewhere, counts from today."""
    grace, _ = guardians
    town.clock.move_to(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC))  # 23:30 in summer time
    grace.signs_in_again()
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    assert "To be looked at again on 1 January 2027" in said(grace.get("/protection/"))
