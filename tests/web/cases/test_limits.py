"""Limits that stop trawling and never a front door at work: a family counts once, a household counts once, the soft limit asks
why, the hard one refuses and tells the lead."""

import datetime as dt
import re

import pytest
import time_machine

from footprint.web.cases.limits import standing
from footprint.web.cases.models import LookUp
from footprint.web.notices.models import Notice
from tests.web.cases.conftest import agree, family_typed, said
from tests.web.cases.town import CLOVER, FLAT, TYPED

EMMA = {"given": "Emma", "family": "Arnold", "born": "5/12/1987"}
WHY = "You have looked up a lot in a short time. Why?"


def limits(site, **figures):
    """Let the agreement have these limits."""
    most = figures.get("hard_per_day", 200)
    given = {
        "soft_per_hour": min(40, most),
        "soft_per_day": min(120, most),
        "hard_per_day": most,
        "results": 20,
    }
    given |= figures
    agree(site, limits=", ".join(f"{name}: {figure}" for name, figure in given.items()))


def counted(desk, when=None):
    """How much the desk's user looked up, in the last hour and day."""
    from django.utils import timezone

    from footprint.sharing import Limits

    class Actor:
        user_id = desk.user.pk

    hour, day, _ = standing(Actor, Limits(), when or timezone.now())
    return hour, day


def opens_everybody(desk, answer):
    for url in dict.fromkeys(re.findall(r'href="(/cases/[^/"]+/people/[^/"]+/)"', answer.content.decode())):
        assert desk.get(url).status_code == 200


def test_a_submission_counts_one_and_reading_its_answer_again_counts_nothing(desk):
    url = desk.leads_to(**EMMA)
    for _ in range(5):
        desk.get(url)
    assert counted(desk) == (1, 1)


def test_a_form_that_comes_back_counts_nothing(desk):
    desk.asks(family="Arnold")
    desk.asks(**EMMA, nhs="123")
    assert counted(desk) == (0, 0)


def test_a_family_of_seven_counts_one_and_opening_all_of_it_one_more(desk):
    answer = desk.asks("family", **family_typed(TYPED, FLAT))
    assert counted(desk) == (1, 1)
    opens_everybody(desk, answer)
    assert counted(desk) == (2, 2)
    opens_everybody(desk, answer)
    assert counted(desk) == (2, 2)


def test_two_households_at_one_address_count_as_two_when_opened(desk):
    opens_everybody(desk, desk.asks("address", place=CLOVER))
    assert counted(desk) == (3, 3)


def test_relatives_opened_from_a_footprint_are_of_its_household(desk):
    answer = desk.asks(given="Bonnie", family="Wilton", born="26/2/2009", place=FLAT)
    (bonnie,) = re.findall(r'href="(/cases/[^/"]+/people/[^/"]+/)"', answer.content.decode())
    opens_everybody(desk, desk.get(bonnie))
    assert counted(desk) == (2, 2)


def test_strangers_opened_from_one_list_count_each(desk):
    answer = desk.asks(given="John", family="Smith", born="1960")
    opens_everybody(desk, answer)
    assert counted(desk) == (6, 6)


def test_what_was_counted_is_forgotten_after_an_hour_and_a_day(desk, town):
    desk.asks(**EMMA)
    assert counted(desk, town.now + dt.timedelta(minutes=59)) == (1, 1)
    assert counted(desk, town.now + dt.timedelta(minutes=62)) == (0, 1)
    assert counted(desk, town.now + dt.timedelta(hours=25)) == (0, 0)


def test_two_roles_of_one_person_are_counted_together(desk, site):
    desk.asks(**EMMA)
    second = site.membership(desk.user, "social-work-decision-maker", "childrens-social-care", team="Two")
    desk.client = site.client(desk.user, membership=second)
    desk.asks(**EMMA)
    assert counted(desk) == (2, 2)


def test_a_front_door_at_work_is_never_asked_why(desk, site):
    # Two for each family, however many people it has and how many are opened: the agreed 40 in an hour are 20 families.
    limits(site, soft_per_hour=7)
    for number in range(3):
        desk.opens(reference=f"MARF-{number + 1}")
        answer = desk.asks("family", **family_typed(TYPED, FLAT))
        assert WHY not in said(answer)
        opens_everybody(desk, answer)
    assert counted(desk) == (6, 6)
    assert WHY not in said(desk.get(f"{desk.case}ask/person/"))


@pytest.mark.parametrize("kind", ["person", "address", "family"])
def test_above_the_soft_limit_the_next_submission_asks_why_on_the_same_page(desk, site, kind):
    limits(site, soft_per_hour=2)
    desk.asks(**EMMA)
    desk.asks(**EMMA)
    typed = {"person": EMMA, "address": {"place": CLOVER}, "family": family_typed(TYPED, FLAT)}[kind]
    page = desk.asks(kind, **typed)
    assert WHY in said(page)
    assert LookUp.objects.count() == 2
    for value in ("Emma", CLOVER, "Isla-Rae"):
        assert (value in page.content.decode()) == (value in str(typed))
    unreasoned = desk.asks(kind, **typed, **{"why-reason": " "})
    assert "Say in a few words why there are so many look-ups." in said(unreasoned)
    assert "<title>Error: " in unreasoned.content.decode()
    answer = desk.asks(kind, **typed, **{"why-reason": "A strategy meeting on a gang"})
    assert "Receipt" in answer.content.decode()
    assert LookUp.objects.latest("at").reason == "A strategy meeting on a gang"


def test_a_reason_is_a_flag_in_the_entry_and_its_words_are_sealed(desk, site):
    limits(site, soft_per_day=1)
    desk.asks(**EMMA)
    desk.asks(**EMMA, **{"why-reason": "Thirty children at one party"})
    entries = site.entries(action="search")
    assert [entry.leaf.facts.get("above-soft-limit") for entry in entries] == [None, None, True, True]
    assert entries[2].personal["reason"] == "Thirty children at one party"
    assert not any("party" in str(entry.leaf) for entry in entries)


def test_a_reason_holds_in_its_case_for_an_hour_and_in_no_other(desk, site):
    limits(site, soft_per_hour=1)
    desk.asks(**EMMA)
    desk.asks(**EMMA, **{"why-reason": "Strategy meeting, thirty children"})
    assert "Receipt" in desk.asks(**EMMA).content.decode()
    desk.opens(reference="MARF-77")
    assert WHY in said(desk.asks(**EMMA))


def test_adding_a_fact_above_the_soft_limit_asks_why_and_keeps_the_fact(desk, site):
    limits(site, soft_per_hour=1)
    tied = desk.leads_to(given="Amandeep", family="Kaur", born="4 May 1991")
    page = desk.post(tied, place="27 Canning Road, WS2 6GW")
    assert WHY in said(page)
    assert 'value="27 Canning Road, WS2 6GW"' in page.content.decode()


def test_at_the_hard_limit_everything_is_refused_with_whom_to_ring(desk, site):
    limits(site, hard_per_day=2)
    answer = desk.asks(**EMMA)
    desk.asks(**EMMA)
    for refused in (
        desk.get(f"{desk.case}ask/person/"),
        desk.asks("address", place=CLOVER),
        desk.asks(**EMMA),
    ):
        assert refused.status_code == 403
        assert "You have reached today’s limit" in said(refused)
        assert "Safeguarding hub, 01922 496 0100" in said(refused)
        assert "This was not answered" not in said(refused)
        assert "That is not a clearance" in said(refused)
    (emma,) = set(re.findall(r'href="(/cases/[^/"]+/people/[^/"]+/)"', answer.content.decode()))
    assert desk.get(emma).status_code == 403
    assert LookUp.objects.count() == 2
    refusals = site.entries(kind="refusal", action="limit")
    assert len(refusals) == 4
    assert refusals[0].leaf.policy_rule == "hard-per-day"
    assert refusals[0].leaf.facts["day"] == 2


def test_at_the_hard_limit_what_was_opened_before_can_be_opened_again(desk, site):
    limits(site, hard_per_day=2)
    answer = desk.asks(given="Bonnie", family="Wilton", born="26/2/2009", place=FLAT)
    opens_everybody(desk, answer)
    opens_everybody(desk, answer)
    assert desk.get(answer.request["PATH_INFO"]).status_code == 200


def test_the_lead_is_told_once_a_day_who_was_stopped_and_nothing_of_whom_they_sought(desk, site, town):
    lead = site.user("information-governance", "childrens-social-care")
    site.user("information-governance", "police")
    limits(site, hard_per_day=1)
    desk.asks(**EMMA)
    for _ in range(3):
        desk.asks(**EMMA)
    (notice,) = Notice.objects.all()
    assert notice.membership.user == lead
    assert "Sam Alder made 1 look-ups within 24 hours and was stopped" in notice.sentence
    assert "Arnold" not in notice.sentence
    assert site.client(lead).get(notice.link).status_code == 200
    with time_machine.travel(town.now + dt.timedelta(hours=23), tick=True):
        desk.client = site.client(desk.user)
        assert desk.get(f"{desk.case}ask/person/").status_code == 403
    assert Notice.objects.count() == 2


def test_the_next_day_all_is_well_again(desk, site, town):
    limits(site, hard_per_day=1)
    desk.asks(**EMMA)
    with time_machine.travel(town.now + dt.timedelta(hours=25), tick=True):
        desk.client = site.client(desk.user)
        assert desk.asks(**EMMA).status_code == 200
