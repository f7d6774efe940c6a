"""The ground that tests of the pages stand on, itself tested."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from footprint.web.accounts.models import User
from footprint.web.ledger.store import ledger
from tests.web.django_here import FOLDER


def ana(town):
    town.police.knows(
        "ANA",
        name="Ana/Novak",
        born="2015-03-02",
        sex="F",
        home="12 Mill Lane, WS1 2AA",
        seen=[("2026-10-01", "DOMESTIC", "VICTIM")],
    )
    town.morning("2026-11-20")


def test_a_site_stands_on_the_database_it_names_and_begins_empty(site):
    assert connection.vendor == site.kind
    assert User.objects.count() == 0
    assert ledger().size() == 0


def test_a_user_of_a_site_is_signed_in_and_what_they_do_is_entered(site):
    user = site.user("administrator")
    page = site.client(user).get("/account/")
    assert page.status_code == 200
    assert user.name in page.content.decode()


def test_nobody_is_sent_to_sign_in(site):
    assert site.client().get("/account/")["Location"] == "/account/sign-in/?next=%2Faccount%2F"


def test_without_a_site_there_is_no_database():
    with pytest.raises(OperationalError):
        User.objects.count()


def test_nothing_is_written_outside_the_test_run(site_on_sqlite, tmp_path):
    assert settings.DATA.is_relative_to(tmp_path)
    assert settings.STATIC_ROOT.is_relative_to(FOLDER)


def test_a_town_is_published_once_and_used_in_a_site(site, published):
    town = site.use(published(ana))
    assert published(ana) is published(ana)
    assert site.partnership.id == "town"
    assert town.person("police/person-id/ANA")


def test_a_borough_is_published_once_and_used_in_a_site(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    assert site_on_sqlite.partnership.id == "aldermarch"
    assert (site_on_sqlite.data / "snapshots").is_dir()


def test_a_browser_reaches_the_site_signed_in_and_out(served, browsers, page, check_page):
    page.goto("/account/sign-in/")
    check_page(page)
    browsers.sign_in(page, served.user("administrator"))
    page.goto("/account/")
    assert page.locator("h1").inner_text() == "Your account"
    check_page(page)


def test_what_is_wrong_with_a_page_is_noticed(served, desktop):
    from tests.web.browsing import problems

    desktop.goto("/account/sign-in/")
    desktop.evaluate("document.querySelector('label').remove()")
    assert "label" in {rule for rule, _, _ in problems(desktop)}
