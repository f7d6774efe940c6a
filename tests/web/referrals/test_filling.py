"""Filling a draft from a case and from an occurrence: by choice alone, with whose word it is, and never what may not be known."""

import msgspec
import pytest
import time_machine

from footprint.referrals.referral import decode
from footprint.web.referrals.models import Draft, Version
from footprint.web.referrals.writing import services
from tests.web.agreements import agree
from tests.web.identity.scene import Desk
from tests.web.referrals.writers import URGENT

ADA, MARY, HIDDEN = "police/person-id/ADA", "police/person-id/MARY", "police/person-id/HIDDEN"


def household(town):
    """A girl and her mother at an occurrence, a neighbour whose home is protected at it too; the trust knows the girl."""
    home, seen = "12 Mill Lane, WS1 2AA", "2026-10-01"
    town.police.knows(
        "ADA",
        name="Ada/Birch",
        born="2017-04-01",
        sex="F",
        home=home,
        nhs="9990000328",
        related=[("CHILD", "MARY")],
        seen=[(seen, "DOMESTIC", "CHILD")],
    )
    town.police.knows(
        "MARY", name="Mary/Birch", born="1988-02-03", sex="F", home=home, seen=[(seen, "DOMESTIC", "VICTIM")]
    )
    town.police.knows(
        "HIDDEN", name="Hanna/Reed", born="1990-03-04", home="5 Quiet Court, WS2 2BB", protected=True,
        seen=[(seen, "DOMESTIC", "WITNESS")],
    )  # fmt: skip
    town.acute.treated("ADA-T", name="Ada/Birch", born="2017-04-01", sex="F", home=home)
    town.morning("2026-11-20")


@pytest.fixture
def officer(site_on_sqlite, published):
    here = site_on_sqlite.use(published(household))
    agree(site_on_sqlite)
    with time_machine.travel(here.now, tick=True):
        desk = Desk(site_on_sqlite, here, site_on_sqlite.user("central-referral-unit", name="Olga Birch"))
        desk.opens(ADA)
        yield desk


def begun(officer, *, case=True):
    officer.client.post(
        f"/referrals/cases/{officer.case.pk}/new/" if case else "/referrals/new/",
        {"submission": "a", "then": "more"},
    )
    return Draft.objects.get()


def said_in(draft):
    draft.refresh_from_db()
    return decode(draft.content)


def test_case_and_footprint_lead_to_it_and_nothing_is_filled_in_by_itself(officer):
    start = f"/referrals/cases/{officer.case.pk}/new/"
    handle = officer.case.people.get(person_id=officer.town.person(ADA)).handle
    for page in (f"/cases/{officer.case.pk}/", f"/cases/{officer.case.pk}/people/{handle}/"):
        assert f'href="{start}"' in officer.client.get(page).content.decode()
    blank = officer.client.get(start).content.decode()
    assert "Choose from what the case has shown" in blank
    assert "Ada" not in blank
    chosen = officer.client.post(start, {"submission": "a", "then": "fill"})
    draft = Draft.objects.get()
    assert chosen.url == f"/referrals/drafts/{draft.pk}/fill/"
    assert said_in(draft).children == ()
    assert "Ada Birch: as a child" in officer.client.get(chosen.url).content.decode()


def test_lines_are_offered_with_whose_word_they_are_and_only_what_was_ticked_is_taken(officer):
    draft = begun(officer)
    url = f"/referrals/drafts/{draft.pk}/fill/"
    page = officer.client.get(url).content.decode()
    assert "Ada Birch: as a child" in page
    assert "Date of birth: 1 April 2017 (From Police, as of 20 November 2026)" in page
    assert " checked" not in page
    form = {
        "lines-0": [
            f"child.name@{ADA}",
            f"child.birthday@{ADA}",
            "child.birthday@acute-trust/patient-id/ADA-T",
        ]
    }
    officer.client.post(url, form)
    (ada,) = said_in(draft).children
    assert (ada.name.title(), ada.birthday, ada.address) == ("Ada Birch", "2017-04-01", "")
    assert ada.record, "it is found again by the record that was chosen"
    assert {one["field"] for one in draft.filled["origins"]} == {"name", "birthday"}
    sent = services.send(_actor(officer), draft).referral
    assert "(From Police, as of" in officer.client.get(f"/referrals/sent/{sent.pk}/").content.decode()
    assert Version.objects.get().filled == draft.filled
    assert officer.site.entries(action="prefill"), "each look is in the ledger"


def test_what_the_writer_wrote_is_never_overwritten_and_what_they_change_is_their_own_word(officer):
    draft = begun(officer)
    url = f"/referrals/drafts/{draft.pk}/fill/"
    officer.client.post(url, {"lines-0": [f"child.name@{ADA}"]})
    officer.client.post(f"/referrals/drafts/{draft.pk}/steps/child/c1/", {"child-name": "Ada Rose Birch"})
    officer.client.post(url, {"lines-0": [f"child.name@{ADA}"]})
    assert said_in(draft).children[0].name == "Ada Rose Birch"
    assert "(From Police" not in officer.client.get(f"/referrals/drafts/{draft.pk}/check/").content.decode()


def test_of_another_partner_s_record_no_more_is_offered_than_a_footprint_shows(officer):
    page = officer.client.get(f"/referrals/drafts/{begun(officer).pk}/fill/").content.decode()
    assert "999 000 0328" in page or "9990000328" in page, "the own force's record"
    assert "child.nhs_number@acute-trust" not in page


def test_an_occurrence_is_offered_by_its_reference_and_a_protected_home_is_not(officer):
    draft = begun(officer)
    url = f"/referrals/drafts/{draft.pk}/occurrence/"
    assert (
        "Nothing this occurrence shares"
        in officer.client.post(url, {"reference": "20/1999"}).content.decode()
    )
    assert "Try another reference" in officer.client.post(url, {"reference": "20/1999"}).content.decode()
    page = officer.client.post(url, {"reference": "20/2026-10-01"}).content.decode()
    assert "The occurrence itself" in page
    assert "Mary BIRCH: as an adult" in page
    assert "Quiet Court" not in page
    ticked = {
        "reference": "20/2026-10-01",
        "chosen": "1",
        "lines-0": ["links.incident@", "links.domestic_abuse@"],
    }
    officer.client.post(url, ticked)
    said = said_in(draft)
    assert (said.links.incident, said.links.domestic_abuse) == ("20/2026-10-01", "yes")


def test_without_a_case_it_asks_in_which_one_and_nobody_is_looked_up(officer):
    draft = begun(officer, case=False)
    url = f"/referrals/drafts/{draft.pk}/fill/"
    page = officer.client.get(url).content.decode()
    assert "In which case?" in page
    assert "The Kaur family" in page
    assert not officer.site.entries(action="prefill")
    officer.client.post(url, {"case": officer.case.pk})
    assert "Ada Birch: as a child" in officer.client.get(url).content.decode()


def test_nobody_fills_in_from_a_case_of_somebody_else(officer):
    draft = begun(officer, case=False)
    other = Desk(officer.site, officer.town, officer.site.user("central-referral-unit"))
    assert (
        officer.client.post(f"/referrals/drafts/{draft.pk}/fill/", {"case": other.case.pk}).status_code == 404
    )


def test_a_protected_place_in_free_text_is_masked_for_everybody_but_its_author(officer):
    officer.town.decide("shield", "--address", "12 Mill Lane, WS1 2AA")
    said = msgspec.structs.replace(URGENT, place="12 Mill Lane, WS1 2AA")
    from footprint.web.referrals.services import receive

    sent = receive(_actor(officer), said, form="x")
    assert "12 Mill Lane" in officer.client.get(f"/referrals/sent/{sent.pk}/").content.decode()
    worker = officer.site.client(officer.site.user())
    read = worker.get(f"/referrals/sent/{sent.pk}/").content.decode()
    assert "Mill Lane" not in read
    assert "held back while a guardian" in read


def _actor(officer):
    from footprint.web.accounts.queries import actor_for

    return actor_for(officer.user, officer.client.session)
