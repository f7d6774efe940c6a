"""Scenario 8, as far as guardians go: shields at once and never shown, looks behind and lifts by two, contact brokered."""

import datetime as dt
import re

import pytest

from footprint.answer import words
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from footprint.web.protection.guarding.forms import tells_of
from footprint.web.protection.models import GuardianRequest, Observation
from tests.web.cases.conftest import said
from tests.web.protection.conftest import DAY, text_of
from tests.web.protection.test_own_household import plain
from tests.web.protection.town import ELSEWHERE, JUNE, LEE, MARA, UNKNOWN, ZOE

WHY = "The court asks today whether the child is known to anybody."
BECAUSE = "She has fled from him and nobody may find her."
PLACES = (
    "zephyrquill",
    "obsidianwick",
    "ws79qj",
    "ws7 9qj",
    "10099887766",
    "07700900801",
    "linden row",
    "ws7 4gh",
)


def verdict(desk, reference, *, yes=True, reason="I spoke to the worker, and it is so."):
    return desk.post(f"/protection/requests/{reference}/", verdict="yes" if yes else "no", reason=reason)


def told(desk):
    return [one.sentence for one in Notice.objects.filter(membership__user=desk.user)]


@pytest.fixture
def worker(seat):
    return seat(name="Ada Lane")


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
        ({"what": "address", "address": ELSEWHERE, "reason": "urgent"}, "at least 30 letters"),
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
    assert answers[0].replace("One", "") in answers[1] or len(decisions().all()) == 2
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


# ---- looking behind a shield


def asks_to_look(desk, whom=JUNE):
    url = desk.url_of(whom)
    assert desk.post(f"{url}override/", reason=WHY).status_code == 302
    return url, GuardianRequest.objects.order_by("pk").last()


def test_two_guardians_let_a_worker_look_once(guardians, worker, site, town):
    grace, gideon = guardians
    url, asked = asks_to_look(worker)
    assert worker.get(f"{url}behind/").status_code == 404
    assert verdict(grace, asked.reference).status_code == 302
    assert worker.get(f"{url}behind/").status_code == 404
    assert "look behind the shield, once" not in said(worker.get(url))
    assert verdict(gideon, asked.reference).status_code == 302
    assert "let you look behind a shield, once" in told(worker)[-1]
    assert "Look behind the shield, once" in said(worker.get(url))
    assert "Child in need plan" not in said(worker.get(f"{url}behind/"))
    seen = worker.post(f"{url}behind/")
    page = said(seen)
    assert "Domestic abuse incident Police, 1 October 2026" in page
    assert "Child in need plan Children's social care, open since 3 October 2026" in page
    assert "On roll School, open since" in page
    assert "A&E attendance Acute hospital trust, 20 October 2026" in page
    main = re.search(r"<main.*</main>", text_of(seen), re.DOTALL).group().lower()
    for word in (*PLACES, "bloxwich", "9284001", "rosa", "family help", "01632", "01922", "ref.", "cinjune"):
        assert word not in main, word
    for again in (worker.post(f"{url}behind/"), worker.get(f"{url}behind/")):
        assert again.status_code == 404
    outcome = site.entries(kind="outcome", action="behind-shield")
    assert len(outcome) == 1
    assert outcome[0].leaf.facts["request"] == asked.reference


def test_it_is_looked_into_afterwards_by_itself(guardians, worker, lead):
    url, asked = asks_to_look(worker)
    for guardian in guardians:
        verdict(guardian, asked.reference)
    worker.post(f"{url}behind/")
    alert = Observation.objects.filter(action="behind-shield").get()
    assert alert.is_alert
    assert ["behind-a-shield", 10.0] in alert.signs
    page = said(lead.get(f"/protection/alerts/{alert.reference}/"))
    assert "A shield was looked behind, after two guardians approved" in page
    assert not re.search("June|Quist", page)


@pytest.mark.parametrize("who", ["one guardian twice", "the asker", "a refusal after a yes"])
def test_fewer_than_two_others_let_nobody_look(guardians, worker, site, who):
    grace, gideon = guardians
    url, asked = asks_to_look(worker)
    verdict(grace, asked.reference)
    if who == "one guardian twice":
        assert "You answered this request" in said(verdict(grace, asked.reference))
    elif who == "the asker":
        held = site.membership(worker.user, "identity-guardian", "acute-trust")
        worker_as_guardian = site.client(worker.user, membership=held)
        answer = worker_as_guardian.post(
            f"/protection/requests/{asked.reference}/", {"verdict": "yes", "reason": "I need it."}
        )
        assert "You asked for this yourself" in said(answer)
    else:
        verdict(gideon, asked.reference, yes=False)
        assert GuardianRequest.objects.get().state == "refused"
        assert "do not let you look" in told(worker)[-1]
    assert worker.post(f"{url}behind/").status_code == 404


def test_leave_to_look_is_for_who_asked_and_for_this_person_in_this_case(guardians, worker, seat):
    _, asked = asks_to_look(worker)
    for guardian in guardians:
        verdict(guardian, asked.reference)
    other = seat(name="Otto Reed")
    assert other.post(f"{other.url_of(JUNE)}behind/").status_code == 404
    assert worker.post(f"{worker.url_of(MARA)}behind/").status_code == 404
    worker.case = ""
    assert worker.post(f"{worker.url_of(JUNE)}behind/").status_code == 404


def test_a_view_that_could_not_be_entered_is_not_lost(guardians, worker, monkeypatch):
    from footprint.ledger import LedgerUnavailable
    from footprint.web.cases import looking_up

    url, asked = asks_to_look(worker)
    for guardian in guardians:
        verdict(guardian, asked.reference)

    class Broken:
        def record(self, *_, **__):
            raise LedgerUnavailable("The disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(looking_up, "ledger", Broken)
        assert worker.post(f"{url}behind/").status_code == 503
    assert worker.post(f"{url}behind/").status_code == 200


def test_behind_a_shield_is_no_more_than_the_agreement_lets_be_known(guardians, seat):
    officer = seat("frontline", "police", name="Otis Reed")
    url, asked = asks_to_look(officer)
    for guardian in guardians:
        verdict(guardian, asked.reference)
    page = said(officer.post(f"{url}behind/"))
    assert "Domestic abuse incident" in page
    assert "A&E attendance" not in page


def test_who_is_not_protected_has_nothing_to_look_behind(worker):
    url = worker.url_of(ZOE)
    for page in ("override/", "behind/", "question/"):
        assert worker.get(url + page).status_code == 404


def test_a_school_asks_for_no_look_behind_a_shield(seat):
    school = seat("school-lead", "school-9284001", name="Joan Okoro")
    school.opens(purpose="pupil")
    url = school.url_of(JUNE)
    assert "Ask to look behind the shield" not in said(school.get(url))
    assert "Have a question passed on" in said(school.get(url))
    assert school.get(f"{url}override/").status_code == 403


# ---- brokered contact


def test_a_question_is_passed_on_by_the_guardians(guardians, worker, site):
    grace, _ = guardians
    url = worker.url_of(MARA)
    assert (
        worker.post(
            f"{url}question/", question="Is the child safe tonight?", reach="01632 960777"
        ).status_code
        == 302
    )
    asked = GuardianRequest.objects.get()
    assert f"Request {asked.reference} waits" in told(grace)[-1]
    page = said(grace.get(f"/protection/requests/{asked.reference}/"))
    assert "Mara Quist, born 12 February 1992" in page
    assert "Is the child safe tonight? Ring back: 01632 960777" in page
    assert not any(word in page.lower() for word in PLACES)
    read = site.entries(kind="disclosure", action="guardian-request")[-1]
    assert read.leaf.facts["request"] == asked.reference
    verdict(grace, asked.reference, reason="Her worker rings back at ten.")
    assert "Your question was passed on" in told(worker)[-1]


def test_a_worker_asks_for_somebody_to_be_shielded_and_a_guardian_does_it(guardians, worker, site):
    grace, _ = guardians
    url = worker.url_of(LEE)
    assert worker.post(f"{url}ask-shield/", reason=BECAUSE).status_code == 302
    asked = GuardianRequest.objects.get()
    verdict(grace, asked.reference)
    assert words.PROTECTED in said(worker.get(url))
    assert "The person is shielded" in told(worker)[-1]
    (shield,) = decisions().all()
    assert {one.sort for one in shield.subjects} == {"person", "record"}


def test_a_settled_request_takes_no_further_answer(guardians, worker):
    grace, gideon = guardians
    worker.post(f"{worker.url_of(LEE)}ask-shield/", reason=BECAUSE)
    asked = GuardianRequest.objects.get()
    verdict(grace, asked.reference)
    assert verdict(gideon, asked.reference).status_code == 200
    assert len(decisions().all()) == 1


def test_another_partnerships_guardians_see_none_of_it(guardians, worker, site):
    from footprint.web.accounts.models import Membership, Partner, Partnership

    worker.post(f"{worker.url_of(LEE)}ask-shield/", reason=BECAUSE)
    asked = GuardianRequest.objects.get()
    other = Partner.objects.create(
        partnership=Partnership.objects.create(id="dudley", name="Dudley"),
        code="police",
        name="Police",
        sector="police",
    )
    stranger = site.user("identity-guardian", "police", name="Stan Far")
    stranger.memberships.update(partner=other)
    assert Membership.objects.filter(partner=other).count() == 1
    client = site.client(stranger)
    assert asked.reference not in text_of(client.get("/protection/"))
    assert client.get(f"/protection/requests/{asked.reference}/").status_code == 404


def test_a_guardian_looks_nobody_up(guardians, worker):
    grace, _ = guardians
    url = worker.url_of(ZOE)
    for page in (url, worker.case, f"{url}override/"):
        assert grace.get(page).status_code in (403, 404)


def test_review_days_are_days_of_the_place(guardians, town):
    """A shield made late in the evening, when it is tomorrow already elsewhere, counts from today."""
    grace, _ = guardians
    town.clock.move_to(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC))  # 23:30 in summer time
    grace.signs_in_again()
    grace.post("/protection/shields/new/", what="address", address=ELSEWHERE, reason=BECAUSE)
    assert "To be looked at again on 1 January 2027" in said(grace.get("/protection/"))
