"""Scenario 8, as far as asking guardians goes: two let somebody look behind a shield once, and contact is brokered."""

import re

import pytest

from footprint.answer import words
from footprint.web.ledger.store import decisions
from footprint.web.protection.guarding.forms import QuestionForm
from footprint.web.protection.models import GuardianRequest, Observation
from tests.web.cases.conftest import said
from tests.web.protection.conftest import BECAUSE, text_of, told, verdict
from tests.web.protection.town import JUNE, LEE, MARA, ZOE

WHY = "The court asks today whether the child is known to anybody."
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


@pytest.mark.parametrize(
    ("reach", "is_one"),
    [
        ("01632 960777", True),
        ("+44 (0)7700 900123", True),
        ("01632 960777 ext 45", True),
        ("my desk", False),
        ("960777", False),
        ("123", False),
        ("01632 960777 or 07700 900123", False),
        ("dana@council.test", False),
    ],
)
def test_where_the_asker_is_rung_back_is_one_number(reach, is_one):
    form = QuestionForm({"question": "Is the child safe tonight?", "reach": reach})
    assert form.is_valid() == is_one
    if not is_one:
        assert "such as 01632 960123" in form.errors["reach"][0]


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
