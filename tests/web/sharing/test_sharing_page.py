"""What the agreement lets each role know, in words: the same rulings by which answers are made."""

import pytest

from footprint.sharing.roles import ROLES, may_ask


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_page_shares_something_exactly_with_those_who_ask(site_on_sqlite, borough, role):
    site = site_on_sqlite
    site.use(borough)
    page = text(site.client(site.user(role)).get("/sharing/"))
    assert ("Kind, dates, count and whom to ring" in page) == (may_ask(role) or role == "data-steward")


def test_a_schools_lead_reads_that_only_own_pupils_are_reached(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    page = text(site_on_sqlite.client(site_on_sqlite.user("school-lead")).get("/sharing/"))
    assert "Only pupils on your own school’s roll." in page
    assert "Purposes that are not yours" in page


def test_a_change_of_the_agreement_is_in_force_with_the_next_question(site_on_sqlite, borough):
    site = site_on_sqlite
    site.use(borough)
    client = site.client(site.user("social-work-decision-maker"))
    assert "Section 47" in text(client.get("/sharing/"))
    from footprint.sharing.reading import PACKAGED

    said = PACKAGED.read_text(encoding="utf-8")
    (site.data / "agreement.yaml").write_text(said.replace("Section 47 enquiry", "Enquiry of another name"))
    page = text(client.get("/sharing/"))
    assert "Enquiry of another name" in page
    assert "Section 47 enquiry<" not in page


def test_the_page_is_good_to_read(served, borough, browsers, page, check_page):
    served.use(borough)
    browsers.sign_in(page, served.user("frontline"))
    page.goto("/sharing/")
    check_page(page)
