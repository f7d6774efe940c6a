"""What may not be known leaves no trace on a footprint: the same page, byte for byte, whether it is withheld or not there."""

import datetime as dt
import io

import pytest
import time_machine
from pypdf import PdfReader

from footprint.answer import words
from footprint.web.cases.models import KnownPerson
from footprint.web.cases.person import pdf
from tests.scenarios.world import nhs, upn
from tests.web.agreements import agree
from tests.web.cases.person.street import (
    CANARIES,
    ELLIE,
    LAYLA,
    SANA,
    Desk,
    alike,
    said,
    section,
)

NORA = "childrens-social-care/la-child-id/NORA"
_NORA = {"name": "Nora/Marsh", "born": "2016-03-03", "sex": "F", "home": "8 Elm Road, WS3 4BB"}
#: The police's domestic abuse incidents are withheld from frontline workers of other partners.
WITHHELD = (
    "kinds: [incident, domestic-abuse-incident, missing-person, neighbourhood-engagement, schools-officer-engagement]",
    "kinds: [incident, missing-person, neighbourhood-engagement, schools-officer-engagement]",
)
PAGES = ("", "print/", "summary/", "pdf/")


def _nora(town, seen):
    town.social_care.knows("NORA", **_NORA, nhs=nhs(500), plan=("2026-05-01", ""))
    town.police.knows("NORA", **_NORA, nhs=nhs(500), seen=seen)
    # Somebody whom nobody asks for has what may not be told: the partner delivers it in both worlds.
    town.police.knows(
        "ELSE",
        "Olga/Other",
        "1980-01-01",
        home="9 Far Row, WS9 9ZZ",
        seen=[("2026-09-01", "DOMESTIC", "VICTIM")],
    )
    town.morning("2026-11-20")


def with_an_incident(town):
    _nora(town, [("2026-10-01", "OTHER", "WITNESS"), ("2026-10-02", "DOMESTIC", "CHILD PRESENT")])


def without_one(town):
    _nora(town, [("2026-10-01", "OTHER", "WITNESS")])


def with_nothing_but_that(town):
    _nora(town, [("2026-10-02", "DOMESTIC", "CHILD PRESENT")])


def with_nothing_at_all(town):
    town.social_care.knows("NORA", **_NORA, nhs=nhs(500), plan=("2026-05-01", ""))
    town.police.knows("NORA", **_NORA, nhs=nhs(500), seen=[("2025-06-01", "OTHER", "WITNESS")])
    town.police.knows(
        "ELSE",
        "Olga/Other",
        "1980-01-01",
        home="9 Far Row, WS9 9ZZ",
        seen=[("2026-09-01", "DOMESTIC", "VICTIM")],
    )
    town.morning("2026-11-20")


def told_in(site, published, world, minutes):
    """Every page about Nora, as a social worker at the front line sees it in a world."""
    town = site.use(published(world))
    agree(site, WITHHELD)
    user = site.user("frontline", "childrens-social-care", name="Sam Alder")
    # A ledger goes back in time for nobody, so the second world is asked a little later.
    with time_machine.travel(town.now + dt.timedelta(minutes=minutes), tick=True):
        desk = Desk(site, town, user)
        pages = [desk.opens(NORA, page) for page in PAGES if page != "pdf/" or pdf.can_make()]
        assert {page.status_code for page in pages} == {200}
        return [readable(page) for page in pages]


def readable(answer):
    if answer["Content-Type"] != "application/pdf":
        return alike(answer.content)
    return alike("\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages))


@pytest.mark.parametrize(
    ("one", "other"),
    [(with_an_incident, without_one), (with_nothing_but_that, with_nothing_at_all)],
)
def test_what_is_withheld_and_what_is_not_there_are_one_page(site_on_sqlite, published, one, other):
    hidden, absent = (
        told_in(site_on_sqlite, published, world, minutes) for minutes, world in ((0, one), (5, other))
    )
    assert hidden == absent
    assert "Nora" in hidden[0]
    assert "omestic" not in hidden[0]


def test_the_comparison_would_see_what_is_not_withheld(site_on_sqlite, published):
    def page(world, minutes):
        town = site_on_sqlite.use(published(world))
        agree(site_on_sqlite)
        with time_machine.travel(town.now + dt.timedelta(minutes=minutes), tick=True):
            user = site_on_sqlite.user("frontline", "childrens-social-care", name="Sam Alder")
            answer = Desk(site_on_sqlite, town, user).opens(NORA)
            assert answer.status_code == 200
            return alike(answer.content)

    one, other = page(with_an_incident, 0), page(without_one, 5)
    assert "Domestic abuse incident" in one
    assert "Domestic abuse incident" not in other


def test_a_partner_that_withholds_all_says_the_rules_words(site_on_sqlite, published):
    town = site_on_sqlite.use(published(with_nothing_but_that))
    agree(site_on_sqlite, WITHHELD)
    with time_machine.travel(town.now, tick=True):
        desk = Desk(site_on_sqlite, town, site_on_sqlite.user("frontline", "childrens-social-care"))
        assert words.NOTHING_SHARED in said(desk.opens(NORA))


# ---------------------------------------------------------------- protected people


def much_is_hidden(town):
    hidden = {
        "name": "Ellie/Foster",
        "born": "2018-10-17",
        "sex": "F",
        "home": "Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ",
    }
    town.police.knows(
        "ELLIE",
        **hidden,
        protected=True,
        mobile="07700 900801",
        seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")],
    )
    town.social_care.knows(
        "ELLIE", **hidden, restricted=True, nhs=nhs(404), upn=upn(404), plan=("2026-10-03", "")
    )
    town.social_care.knows(
        "TWIN", "Elsie/Foster", "2018-10-17", sex="F", home=hidden["home"], restricted=True, nhs=nhs(408)
    )
    town.school.enrols("ELLIE", **hidden, upn=upn(404), mother="Mara/Quillfeather", mobile="07700 900801")
    town.acute.treated("ELLIE", **hidden, nhs=nhs(404), phone="07700 900801")
    _others(town)


def little_is_hidden(town):
    town.social_care.knows(
        "ELLIE",
        "Ellie/Foster",
        "2018-10-17",
        sex="F",
        home="1 Nowhere, WS8 8AA",
        restricted=True,
        contacts=("2026-10-03",),
    )
    _others(town)


def _others(town):
    town.police.knows(
        "ELSE",
        "Olga/Other",
        "1980-01-01",
        home="9 Far Row, WS9 9ZZ",
        seen=[("2026-09-01", "OTHER", "WITNESS")],
    )
    town.school.enrols("ELSE", "Otto/Other", "2016-01-01", home="9 Far Row, WS9 9ZZ")
    town.acute.treated("ELSE", "Olga/Other", "1980-01-01", home="9 Far Row, WS9 9ZZ")
    town.morning("2026-11-20")


def test_a_protected_page_is_the_same_whatever_it_hides(site, published):
    pages = []
    for minutes, world in ((0, much_is_hidden), (5, little_is_hidden)):
        town = site.use(published(world))
        agree(site)
        with time_machine.travel(town.now + dt.timedelta(minutes=minutes), tick=True):
            desk = Desk(site, town, site.user("social-work-decision-maker", name="Sam Alder"))
            person = town.person(ELLIE)
            handle = KnownPerson.objects.create(case=desk.case, person_id=person).handle
            urls = [f"/cases/{desk.case.pk}/people/{handle}/{page}" for page in ("", "print/", "summary/")]
            pages.append([readable(desk.client.get(url)) for url in urls])
    assert pages[0] == pages[1]
    assert words.PROTECTED in pages[0][0]


@pytest.mark.parametrize(
    "role", ["social-work-decision-maker", "central-referral-unit", "frontline", "navigator"]
)
@pytest.mark.parametrize("record", [ELLIE, LAYLA])
def test_no_page_for_any_role_shows_what_is_protected(site_on_sqlite, town_on_sqlite, role, record):
    desk = Desk(site_on_sqlite, town_on_sqlite, site_on_sqlite.user(role))
    for page in ("", "print/", "summary/"):
        answer = desk.opens(record, page)
        assert answer.status_code == 200
        html = answer.content.decode().lower()
        assert not [one for one in CANARIES if one.lower() in html], (role, page)


# ---------------------------------------------------------------- whom the user declared to be close to them


@pytest.fixture
def cousin(site, town):
    """A social worker who declared the mother as a relative."""
    user = site.user("social-work-decision-maker", name="Sam Alder")
    user.declared_relatives.create(name="Sana Hussain", born="1990-06-01", relation="cousin")
    return Desk(site, town, user)


def test_somebody_close_to_the_user_is_a_line_that_says_nothing(cousin):
    page = section(cousin.opens(LAYLA), "Household and family")
    assert words.DECLARED in page
    assert "Sana" not in page
    assert "1 June 1990" not in page


def test_a_sheet_shows_nothing_of_somebody_close_to_the_user_either(cousin, site, town):
    page = said(cousin.opens(LAYLA, "print/"))
    assert words.DECLARED in page
    assert "Sana" not in page
    subjects = site.entries(kind="disclosure")[0].leaf.subjects
    assert town.person(SANA) not in subjects
    assert all(subjects)


@pytest.mark.parametrize("page", ["", "print/", "summary/", "pdf/"])
def test_somebody_close_to_the_user_is_opened_in_no_form(cousin, site, page):
    answer = cousin.opens(SANA, page)
    assert answer.status_code == 403
    assert words.DECLARED in said(answer)
    assert not [one for one in ("Sana", "Hussain", "1990", "Bath") if one in said(answer)]
    assert site.entries(kind="disclosure") == []
