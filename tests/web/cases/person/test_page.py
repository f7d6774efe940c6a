"""A footprint's page, clause by clause, on both databases.

| clause                                                            | where                                              |
| ----------------------------------------------------------------- | -------------------------------------------------- |
| already open to a worker at the very top, with the duty number    | test_whom_to_ring_*                                |
| last confirmed open, hours, fallback                              | test_whom_to_ring_*                                |
| what to look at twice: the same? conflicts? the baby?             | test_what_to_look_at_twice_*, test_an_expected_*   |
| what changed since I last looked                                  | test_what_changed_*, test_the_first_look_*         |
| per partner, counts, dates; rule 4's sentence                     | test_each_partner_*                                |
| twelve months as a picture and as a table that says the same      | test_twelve_months_*                               |
| names and birthdays as each partner holds them                    | test_who_says_what_*                               |
| household and family, children first, with their own footprints   | test_the_family_*                                  |
| why these records are one person; others beside                   | test_why_*, test_others_*                          |
| freshness, window, snapshot's day, receipt                        | test_how_fresh_*, test_the_receipt_*               |
| no ledger, no answer; not there and not yours are one             | test_without_the_ledger_*, test_not_there_*        |
"""

import datetime as dt
import re
from unittest import mock

import pytest
import time_machine

from footprint.answer import words
from footprint.ledger import LedgerUnavailable
from footprint.web.cases.models import KnownPerson, ShownRecord, Viewing
from tests.web.cases.person.street import (
    BABY,
    ELLIE,
    LAYLA,
    NAMESAKE,
    QUIET,
    SANA,
    Desk,
    links,
    moved_on,
    said,
    section,
)


def test_whom_to_ring_stands_at_the_very_top(desk):
    page = said(desk.opens(LAYLA))
    assert page.startswith(
        "Layla Hussain Born 27 March 2015, aged 11 Child Already open to a worker: ring here first Rosa Bright"
    )
    top, _, _ = page.partition("What partners share")
    assert "Child in need plan, since 1 May 2026." in top
    assert "Last confirmed open on 20 November 2026." in top


def test_whom_to_ring_can_be_tapped(desk):
    numbers = [(text, url) for text, url in links(desk.opens(LAYLA)) if url.startswith("tel:")]
    assert numbers
    assert all(url == "tel:" + re.sub(r"[^\d+]", "", text) for text, url in numbers)


def test_what_to_look_at_twice_is_said_with_the_way_there(desk):
    answer = desk.opens(LAYLA)
    top, _, _ = said(answer).partition("What partners share")
    assert "One other person may be the same: Layla HUSSAIN, born 27 March 2015." in top
    assert "Partners disagree about the birthday." in top
    assert {("See them side by side", "#others"), ("See who says what", "#stated")} <= set(links(answer))


def test_an_expected_child_has_no_age_and_no_birth(desk):
    page = said(desk.opens(BABY))
    assert page.startswith("Unborn Hussain Expected 25 January 2027 Unborn child")
    assert "Born" not in section(desk.opens(BABY), "Who says what")


# ---------------------------------------------------------------- what changed


def test_the_first_look_has_nothing_to_compare_with(desk):
    assert "last looked" not in said(desk.opens(LAYLA))


def test_what_changed_is_told_with_its_day_most_important_first(desk):
    desk.opens(LAYLA)
    moved_on(desk.town)
    with time_machine.travel(desk.town.now, tick=True):
        desk.client = desk.site.client(desk.user)
        news = section(desk.opens(LAYLA), "Since you last looked")
        assert "child protection plan, open since 26 November 2026" in news
        assert "domestic abuse incident" in news.lower()
        assert "25 November 2026" in news
        assert news.index("child protection plan") < news.index("25 November 2026")
        assert "You last looked on 20 November 2026 at 08:30." in news
        # Loaded again in the same sitting, it is still news.
        assert "child protection plan" in section(desk.opens(LAYLA), "Since you last looked")


def test_nothing_new_is_said_too_and_a_colleagues_look_is_not_mine(desk, site, town):
    desk.opens(LAYLA)
    colleague = Desk(site, town, site.user("social-work-decision-maker"), reference="CR-2")
    assert "last looked" not in said(colleague.opens(LAYLA))
    with time_machine.travel(town.now + dt.timedelta(hours=3), tick=True):
        desk.client = site.client(desk.user)
        assert "Nothing new since you last looked, on 20 November 2026 at 08:30." in said(desk.opens(LAYLA))


def test_another_case_of_mine_knows_when_i_last_looked(desk, site, town):
    desk.opens(LAYLA)
    again = Desk(site, town, desk.user, reference="CR-2")
    with time_machine.travel(town.now + dt.timedelta(hours=3), tick=True):
        again.client = site.client(desk.user)
        assert "since you last looked" in said(again.opens(LAYLA))


# ---------------------------------------------------------------- what partners share


def test_each_partner_says_how_often_and_how_lately_with_whom_to_ring(desk):
    page = section(desk.opens(LAYLA), "What partners share")
    assert "A&E attendance 2 times, the last on 24 October 2026" in page
    assert "Domestic abuse incident 1 October 2026, as child present" in page
    assert "Child in need plan Open Since 1 May 2026, last confirmed open on 20 November 2026" in page
    for partner in ("Acute", "social care", "Police", "Primary"):
        assert partner in page
    assert page.count("Ring ") >= 4


def test_each_partner_that_shares_nothing_says_so_in_the_rules_words(desk):
    page = section(desk.opens(QUIET), "What partners share")
    assert words.NOTHING_SHARED in page
    assert page.count(words.NOTHING_SHARED) == 1
    assert "As of 20 November 2026." in page


def test_each_partner_that_shares_no_more_than_that_it_is_involved_says_no_more(desk, site, town):
    officer = Desk(site, town, site.user("frontline"), reference="CR-3")
    page = section(officer.opens(LAYLA), "What partners share")
    assert words.EXISTS in page
    assert "A&E" not in page
    assert "24 October" not in said(officer.opens(LAYLA))


def test_twelve_months_are_a_picture_and_a_table_that_says_the_same(desk):
    html = desk.opens(LAYLA).content.decode()
    (picture,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert 'role="img"' in picture
    assert "<title" in picture
    assert "style=" not in picture
    drawn = re.findall(r"<g>\s*<title>(.*?)</title>", picture, re.DOTALL)
    table = re.search(
        r'<table class="govuk-table fp-stack fp-timeline__table">.*?</table>', html, re.DOTALL
    ).group()
    rows = re.findall(r'data-label="When">(.*?)</td>', table)
    assert sorted(drawn) == sorted(rows)
    assert len(rows) >= 5


def test_who_says_what_chooses_nothing_and_marks_what_cannot_all_be_right(desk):
    page = section(desk.opens(LAYLA), "Who says what")
    assert "Leyla HUSSAIN" in page
    assert "Layla Hussain" in page
    assert "Partners disagree: 2 different values" in page
    assert "28 March 2015 Police" in page


# ---------------------------------------------------------------- family and identity


def test_the_family_stands_children_first_each_with_their_own_footprint(desk):
    answer = desk.opens(LAYLA)
    page = section(answer, "Household and family")
    assert page.index("Imran Hussain") < page.index("Sana Hussain")
    assert "Mother, says" in page
    url = next(url for text, url in links(answer) if text == "Sana Hussain")
    assert said(desk.client.get(url)).startswith("Sana Hussain")


def test_a_protected_sister_is_a_line_of_her_own_that_leads_to_brokered_contact(desk):
    answer = desk.opens(LAYLA)
    assert "Ellie FOSTER, born 17 October 2018, aged 8 Protected Child" in section(
        answer, "Household and family"
    )
    url = next(url for text, url in links(answer) if text == "Ellie FOSTER")
    assert words.PROTECTED in said(desk.client.get(url))


def test_why_these_records_are_one_person_is_said_in_words_and_weights_only_on_demand(desk):
    html = desk.opens(LAYLA).content.decode()
    page = section(desk.opens(LAYLA), "Why these records are one person")
    assert "4 records: " in page
    assert "same number, checked" in page
    assert "E1: the same checked number, an agreeing name and birthday." in page
    before, _, _ = html.partition("Rules, weights and further links")
    assert " bits" not in before


def test_others_stand_beside_and_lead_to_where_one_says_that_they_are_the_same(desk):
    answer = desk.opens(LAYLA)
    page = section(answer, "May be the same person")
    assert "Nothing is joined." in page
    assert page.count("HUSSAIN") >= 1
    same = next(url for text, url in links(answer) if text.startswith("These are the same"))
    assert same == f"/cases/{desk.case.pk}/people/{desk.handle(LAYLA)}/same/?other={desk.handle(NAMESAKE)}"
    assert ("This is not them", desk.url(LAYLA, "not-them/")) in links(answer)
    assert desk.client.get(same).status_code == 200


def test_what_one_can_do_leads_somewhere(desk):
    found = dict(links(desk.opens(LAYLA)))
    for words_of_link in (
        "Tell me if anything new happens to this child",
        "Summary to paste",
        "Print",
        "PDF",
        "This is not them",
    ):
        assert desk.client.get(found[words_of_link]).status_code == 200, words_of_link


def test_how_fresh_each_partner_is_stands_on_every_page(desk):
    page = section(desk.opens(QUIET), "How fresh this is")
    assert "Published for 20 November 2026. Shown: since 20 November 2025, and everything open." in page
    assert page.count("As of 20 November 2026") == 4


# ---------------------------------------------------------------- the ledger


def test_the_receipt_is_the_outcomes_and_whoever_was_shown_is_remembered(desk, site):
    html = desk.opens(LAYLA).content.decode()
    receipt = re.search(r"Receipt (\d+)-[A-Z2-7]+\. Shown to Sam Alder on .*? for Screening", html)
    intent, outcome = site.entries(action="show")
    assert (intent.leaf.kind, outcome.leaf.kind) == ("intent", "outcome")
    assert int(receipt.group(1)) == outcome.leaf.sequence
    person = desk.town.person(LAYLA)
    assert person in outcome.leaf.shown
    viewing = Viewing.objects.get(how="opened")
    assert (viewing.person_id, viewing.seen["person_id"]) == (person, person)
    assert LAYLA in set(ShownRecord.objects.filter(viewing=viewing).values_list("record", flat=True))
    assert set(Viewing.objects.exclude(pk=viewing.pk).values_list("how", flat=True)) == {
        "household",
        "listed",
    }


def test_what_is_kept_to_compare_holds_no_name_and_no_address(desk):
    desk.opens(LAYLA)
    kept = str(Viewing.objects.get(how="opened").seen)
    assert not [one for one in ("Layla", "Hussain", "Bath", "Rosa", "01922") if one in kept]


def test_without_the_ledger_there_is_no_answer(desk):
    with mock.patch("footprint.web.cases.looking_up.ledger", side_effect=LedgerUnavailable("away")):
        answer = desk.opens(LAYLA)
    assert answer.status_code == 503
    assert "Layla" not in answer.content.decode()
    assert Viewing.objects.count() == 0


@pytest.mark.parametrize("page", ["", "print/", "pdf/", "summary/"])
def test_not_there_and_not_yours_are_one(desk, site, town, page):
    other = Desk(site, town, site.user("social-work-decision-maker"), reference="CR-2")
    handle, foreign = desk.handle(LAYLA), other.handle(LAYLA)
    answers = [
        desk.client.get(f"/cases/{case}/people/{person}/{page}")
        for case, person in (
            (desk.case.pk, "nobody"),
            (desk.case.pk, foreign),
            (other.case.pk, foreign),
            ("no-case", handle),
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    tokens = re.compile(rb'csrfmiddlewaretoken" value="[^"]+')
    assert len({tokens.sub(b"", answer.content) for answer in answers}) == 1


def test_whoever_is_gone_since_is_not_there(desk):
    KnownPerson.objects.create(case=desk.case, person_id="p0000000000000000", handle="gone")
    assert desk.client.get(f"/cases/{desk.case.pk}/people/gone/").status_code == 404


def test_the_title_names_nobody(desk):
    for page in ("", "print/", "summary/"):
        title = re.search(r"<title>(.*?)</title>", desk.opens(LAYLA, page).content.decode()).group(1)
        assert "Layla" not in title
        assert "Hussain" not in title


def test_nothing_personal_stands_in_any_address_of_the_page(desk):
    for _, url in links(desk.opens(LAYLA)):
        assert not [
            one for one in ("Layla", "layla", "hussain", "LAYLA", desk.town.person(LAYLA)) if one in url
        ]


@pytest.mark.parametrize("record", [LAYLA, SANA, QUIET, ELLIE, NAMESAKE, BABY])
def test_everybody_can_be_opened(desk, record):
    assert desk.opens(record).status_code == 200
