"""Break-glass: a reason, a second factor now, one person for fifteen minutes; others told at once; a review, or no more of it."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail

from footprint.answer import words
from footprint.web.cases.models import KnownPerson
from footprint.web.notices.models import Notice
from footprint.web.protection.glass import queries, services
from footprint.web.protection.models import BreakGlass
from tests.web.cases.conftest import said
from tests.web.protection.conftest import DAY, MINUTE, WHY, people_in, text_of
from tests.web.protection.town import HOME, IRIS, LEE, MARA, NOOR, ZOE


def breaks(desk, url, reason=WHY):
    return desk.post(f"{url}break-glass/", reason=reason)


@pytest.fixture
def leads(site):
    """A lead at every partner, by the partner's code."""
    codes = ("childrens-social-care", "police", "acute-trust", "partnership")
    return {code: site.user("information-governance", code, name=f"Lead of {code}") for code in codes}


def told(user):
    return [one.sentence for one in Notice.objects.filter(membership__user=user, kind="break-glass")]


# ---- own household


def test_a_person_of_the_own_household_opens_for_a_reason_and_closes_after_fifteen_minutes(dana, town):
    url = dana.url_of(LEE)
    refused = dana.get(url)
    assert f"{url}break-glass/" in text_of(refused)
    assert breaks(dana, url)["Location"] == url
    opened = dana.get(url)
    assert (opened.status_code, "Lee Whitlock" in said(opened)) == (200, True)
    assert "Break-glass is open" in said(opened)
    assert re.search(r"open for this one person until 08:4\d", said(opened))
    assert "Child in need plan" in said(opened)
    town.clock.shift(14 * MINUTE)
    assert dana.get(url).status_code == 200
    town.clock.shift(2 * MINUTE)
    assert dana.get(url).status_code == 403
    assert "Lee" not in text_of(dana.get(url)).replace("Dana Whitlock", "")


def test_it_opens_this_one_person_and_nobody_else_of_the_home(dana):
    lee, noor = dana.url_of(LEE), dana.url_of(NOOR)
    breaks(dana, lee)
    opened = dana.get(lee)
    assert "Noor" not in text_of(opened)
    assert words.DECLARED in said(opened)
    assert dana.get(noor).status_code == 403
    assert dana.asks("address", place=HOME).status_code == 403
    assert words.DECLARED in said(dana.asks(**LEE))


RECORDS = "police/person-id/LEE", "childrens-social-care/la-child-id/LEE"


def divided(town, kind="disputed"):
    """Let somebody doubt, or rule, that the two records of Lee are two people's."""
    town.decide(kind, "--one", RECORDS[0], "--other", RECORDS[1])


def page_of(desk, record):
    """The page, in the desk's case, of whoever has a record now."""
    case = desk.case.strip("/").rpartition("/")[2]
    known, _ = KnownPerson.objects.get_or_create(case_id=case, person_id=desk.town.person(record))
    return f"{desk.case}people/{known.handle}/"


@pytest.mark.parametrize("first", ["the glass", "the doubt"])
def test_it_opens_every_part_of_whom_somebody_doubts_that_they_are_one(dana, town, leads, first):
    dana.opens()
    if first == "the doubt":
        divided(town)
    breaks(dana, page_of(dana, RECORDS[0]))
    if first == "the glass":
        divided(town)
    assert town.person(RECORDS[0]) != town.person(RECORDS[1])
    noor = page_of(dana, "police/person-id/NOOR")
    for record in RECORDS:
        opened = dana.get(page_of(dana, record))
        assert opened.status_code == 200
        assert "Lee Whitlock" in said(opened)
        assert "open for this one person, in every part that is perhaps theirs, until" in said(opened)
        assert "Noor" not in text_of(opened)
    assert dana.get(noor).status_code == 403
    for code in ("childrens-social-care", "police"):
        assert len(told(leads[code])) == 1
    assert told(leads["acute-trust"]) == []
    town.clock.shift(16 * MINUTE)
    for record in RECORDS:
        assert dana.get(page_of(dana, record)).status_code == 403


def test_a_part_that_is_ruled_another_human_being_is_closed_at_once(dana, town, site):
    dana.opens()
    divided(town)
    breaks(dana, page_of(dana, RECORDS[0]))
    (entry,) = site.entries(action="break-glass")
    assert set(entry.leaf.subjects) == {town.person(one) for one in RECORDS}
    divided(town, "different")
    assert dana.get(page_of(dana, RECORDS[0])).status_code == 200
    assert dana.get(page_of(dana, RECORDS[1])).status_code == 403


def test_it_holds_in_this_case_and_for_this_user_alone(dana, seat):
    url = dana.url_of(LEE)
    breaks(dana, url)
    dana.case = ""
    assert dana.get(dana.url_of(LEE)).status_code == 403
    brother = seat(name="Dean Whitlock").declares(HOME)
    assert brother.get(brother.url_of(LEE)).status_code == 403


@pytest.mark.parametrize("reason", ["", "urgent", "x" * 40, "please please please please please"[:29]])
def test_a_reason_that_is_none_opens_nothing(dana, reason):
    url = dana.url_of(LEE)
    answer = breaks(dana, url, reason)
    assert answer.status_code == 200
    assert "Error: Say in a sentence of at least 30 letters" in said(answer)
    assert BreakGlass.objects.count() == 0
    assert dana.get(url).status_code == 403


def test_whoever_finds_a_screen_unlocked_is_asked_for_the_second_factor(seat):
    worker = seat(name="Dana Whitlock", recently=False).declares(HOME)
    url = worker.url_of(LEE)
    for answer in (worker.get(f"{url}break-glass/"), breaks(worker, url)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/")
        assert "next=" in answer["Location"]
    assert BreakGlass.objects.count() == 0


def test_a_role_without_the_right_is_offered_nothing(seat):
    worker = seat("navigator", "acute-trust", name="Noah Elm").declares(HOME)
    url = worker.url_of(LEE)
    assert "break-glass" not in text_of(worker.get(url))
    assert worker.get(f"{url}break-glass/").status_code == 403
    assert breaks(worker, url).status_code == 403


def test_the_entry_says_who_why_and_what_and_the_reason_is_sealed(dana, site, town):
    url = dana.url_of(LEE)
    breaks(dana, url)
    use = BreakGlass.objects.get()
    (entry,) = site.entries(action="break-glass")
    assert (entry.leaf.kind, entry.leaf.actor, entry.leaf.case) == (
        "disclosure",
        dana.user.username,
        use.case_reference,
    )
    assert entry.leaf.subjects == (town.person("police/person-id/LEE"),)
    assert entry.leaf.facts["break-glass"] == use.reference
    assert entry.personal["reason"] == WHY
    assert entry.receipt_number == use.receipt
    dana.get(url)
    shown = site.entries(action="show", kind="outcome")[-1]
    assert shown.leaf.facts["break-glass"] == use.reference


def test_paper_and_text_leave_under_it_too_and_are_entered_with_it(dana, site):
    url = dana.url_of(LEE)
    breaks(dana, url)
    for page in ("print/", "summary/"):
        assert "Lee Whitlock" in text_of(dana.get(url + page))
    assert {one.leaf.facts.get("break-glass") for one in site.entries(kind="disclosure")} == {
        BreakGlass.objects.get().reference
    }


# ---- who is told, and who reviews


def test_both_partners_leads_are_told_at_once_and_nobody_else(dana, site, leads):
    site.partner("police", lead_email="lead@police.test")
    url = dana.url_of(LEE)
    breaks(dana, url)
    use = BreakGlass.objects.get()
    for code in ("childrens-social-care", "police"):
        (sentence,) = told(leads[code])
        assert use.reference in sentence
        assert "23 November 2026" in sentence
        assert not re.search("Lee|Whitlock|Alder|MARF", sentence)
    assert told(leads["acute-trust"]) == []
    assert not any(re.search("Lee|Whitlock", one.body + one.subject) for one in mail.outbox)


def test_a_lead_of_elsewhere_reviews_it_with_reason_and_outcome(dana, lead, site):
    url = dana.url_of(LEE)
    breaks(dana, url)
    use = BreakGlass.objects.get()
    assert use.review_due == dt.date(2026, 11, 23)  # a Friday: the next working day is Monday
    page = lead.get(f"/protection/break-glass/{use.reference}/")
    assert WHY in said(page)
    assert "their own household" in said(page)
    assert not re.search("Lee|Alder Road|Child protection", text_of(page))
    assert (
        lead.post(f"/protection/break-glass/{use.reference}/", outcome="needed", finding="").status_code
        == 200
    )
    answer = lead.post(
        f"/protection/break-glass/{use.reference}/", outcome="needed", finding="Her manager confirms it."
    )
    assert answer.status_code == 302
    use.refresh_from_db()
    assert (use.outcome, use.reviewed_by.user.name) == ("needed", "Ingrid Vale")
    assert site.entries(action="review-break-glass")[-1].leaf.facts["outcome"] == "needed"
    again = lead.post(
        f"/protection/break-glass/{use.reference}/", outcome="misuse", finding="No, it was not so."
    )
    assert again.status_code == 403
    assert "Her manager confirms it." in said(lead.get(f"/protection/break-glass/{use.reference}/"))


@pytest.mark.parametrize(("team", "may"), [("Governance", True), ("Front door", False), ("", False)])
def test_nobody_reviews_their_own_team(dana, seat, team, may):
    breaks(dana, dana.url_of(LEE))
    use = BreakGlass.objects.get()
    reviewer = seat("information-governance", "childrens-social-care", name="Tess Hale", team=team)
    answer = reviewer.post(
        f"/protection/break-glass/{use.reference}/", outcome="needed", finding="I was there myself."
    )
    assert answer.status_code == (302 if may else 403)
    assert (BreakGlass.objects.get().reviewed_at is not None) is may


def test_who_broke_it_sees_no_review_page_even_as_a_lead(dana, site):
    held = site.membership(dana.user, "information-governance", "partnership")
    breaks(dana, dana.url_of(LEE))
    use = BreakGlass.objects.get()
    as_lead = site.client(dana.user, membership=held)
    assert as_lead.get(f"/protection/break-glass/{use.reference}/").status_code == 404
    assert use.reference not in text_of(as_lead.get("/protection/break-glass/"))


def test_unreviewed_after_three_working_days_it_is_suspended_until_somebody_reviewed_it(dana, lead, town):
    url = dana.url_of(LEE)
    breaks(dana, url)
    use = BreakGlass.objects.get()
    town.clock.move_to(town.now + 5 * DAY)  # Wednesday: the third working day
    dana.signs_in_again()
    url = dana.url_of(LEE)
    assert breaks(dana, url).status_code == 302
    town.clock.move_to(town.now + 6 * DAY)
    dana.signs_in_again()
    lead.signs_in_again()
    assert "suspended" in said(dana.get(f"{url}break-glass/"))
    assert breaks(dana, url).status_code == 403
    assert BreakGlass.objects.count() == 2
    lead.post(
        f"/protection/break-glass/{use.reference}/", outcome="needed", finding="Her manager confirms it."
    )
    assert breaks(dana, url).status_code == 302


def test_governance_sees_the_share_of_look_ups(dana, lead):
    assert "Nobody looked anybody up" in said(lead.get("/protection/break-glass/"))
    breaks(dana, dana.url_of(LEE))
    page = said(lead.get("/protection/break-glass/"))
    assert "1 of 1 look-ups in the last 30 days (100.0%)" in page
    assert "more than 2%" in page


# ---- where the agreement withholds


HOSPITAL = "A&E attendance"


@pytest.fixture
def officer(seat):
    """An officer: sees of other partners less than the front door does."""
    return seat("frontline", "police", name="Otis Reed", team="East")


def test_an_officer_sees_in_an_emergency_what_the_front_door_sees(officer, seat):
    url = officer.url_of(ZOE)
    before = officer.get(url)
    assert HOSPITAL not in said(before)
    assert "Break the glass" in said(before)
    assert breaks(officer, url).status_code == 302
    opened = officer.get(url)
    assert HOSPITAL in said(opened)
    assert "Break-glass is open" in said(opened)
    assert "Break the glass" not in said(opened)
    front_door = seat(name="Ada Lane")
    assert HOSPITAL in said(front_door.get(front_door.url_of(ZOE)))


def test_whoever_sees_everything_is_not_offered_it(seat):
    worker = seat(name="Ada Lane")
    assert "Break the glass" not in said(worker.get(worker.url_of(ZOE)))


def test_the_way_to_it_is_the_same_whatever_is_held(officer):
    """Were it offered only where something is withheld, it would tell that something is."""
    for whom in (ZOE, IRIS):
        assert "Break the glass" in said(officer.get(officer.url_of(whom)))


def test_it_tells_no_more_of_anybody_beside_them(officer):
    url = officer.url_of(ZOE)
    before = set(people_in(officer.get(url)))
    breaks(officer, url)
    assert set(people_in(officer.get(url))) == before


def test_it_opens_no_shield(officer, seat):
    worker = seat(name="Ada Lane")
    for desk in (officer, worker):
        url = desk.url_of(MARA)
        assert "Break the glass" not in said(desk.get(url))
        answer = breaks(desk, url)
        assert answer.status_code == 403
        assert "opens no shield" in said(answer)
    assert BreakGlass.objects.count() == 0


def test_who_is_shielded_while_the_glass_is_open_is_closed_at_once(officer, town):
    url = officer.url_of(ZOE)
    breaks(officer, url)
    assert HOSPITAL in said(officer.get(url))
    town.decide("shield", town.person("police/person-id/ZOE"))
    after = officer.get(url)
    assert HOSPITAL not in said(after)
    assert words.PROTECTED in said(after)


def test_without_its_entry_nothing_opens(dana, monkeypatch):
    from footprint.ledger import LedgerUnavailable

    url = dana.url_of(LEE)

    class Broken:
        def record(self, *_, **__):
            raise LedgerUnavailable("The disk is full")

    monkeypatch.setattr(services, "ledger", Broken)
    assert breaks(dana, url).status_code == 503
    assert BreakGlass.objects.count() == 0
    assert Notice.objects.count() == 0
    assert dana.get(url).status_code == 403


def test_a_handle_of_another_case_breaks_nothing(dana, seat):
    url = dana.url_of(LEE)
    other = seat(name="Otto Reed")
    assert other.get(f"{url}break-glass/").status_code == 404
    assert breaks(other, url).status_code == 404
    assert queries.uses(_actor_of(dana)) == []


def _actor_of(desk):
    from footprint.web.accounts.queries import actor_for

    return actor_for(desk.user, desk.client.session)


def test_an_open_glass_is_not_told_a_second_time_as_an_alert(dana):
    url = dana.url_of(LEE)
    breaks(dana, url)
    count = len(dana.alerts)
    dana.get(url)
    assert len(dana.alerts) == count


def test_time_is_the_servers_own(dana, town):
    """The quarter of an hour ends when it ends, whatever is sent."""
    url = dana.url_of(LEE)
    breaks(dana, url)
    with time_machine.travel(town.now + 20 * MINUTE):
        assert dana.get(url).status_code == 403
