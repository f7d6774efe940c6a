"""The ledger's pages: a user's own look-ups, and for information governance who opened whom, without case content."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from footprint.ledger import outcome_of
from footprint.web.accounts.queries import acting_in
from footprint.web.cases.models import Case
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.services import notify


def acting(user):
    return acting_in(user.memberships.get(), user, session="s", strength="password")


def looked_up(user, *people, case="CR-2026-0117", terms=None):
    """Enter a look-up as the pages do, and return the receipt of its outcome."""
    intent = event(acting(user), "intent", "search", case=case, purpose="front-door", terms=terms or {})
    entered = ledger().record(intent)
    return ledger().record(outcome_of(intent, entered.sequence, shown=people, facts=intent.facts)).number


def case_of(user, concerns, reference):
    membership = user.memberships.get()
    return Case.objects.create(
        partnership=membership.partner.partnership,
        opened_by=membership,
        purpose="front-door",
        reference=reference,
        reference_due=None if reference else timezone.now(),
        concerns=concerns,
    )


def text(response):
    return response.content.decode()


@pytest.fixture
def town(site):
    """Two workers who looked, and the information-governance lead."""
    site.one, site.two = site.user(name="Ola Brandt"), site.user("frontline", name="Pia Lund")
    site.first = looked_up(site.one, "p1", "p2", terms={"family": "Zephyrquill"})
    site.second = looked_up(site.two, "p2", case="OCC-77")
    site.governance = site.client(site.user("information-governance"))
    return site


def test_everybody_sees_their_own_look_ups_and_nobody_elses(town):
    page = text(town.client(town.one).get("/ledger/mine/"))
    assert town.first in page
    assert town.second not in page
    assert "shown <strong>2</strong> people" in page


def test_beside_my_own_look_up_stands_which_case_it_was_for_and_of_nobody_elses_case_its_name(site_on_sqlite):
    site, user = site_on_sqlite, site_on_sqlite.user()
    mine = case_of(user, "The family at 7", "CR-7")
    late = case_of(user, "A boy in the park", "")
    case_of(site.user(), "A family of a colleague", "CR-8")
    for reference in (mine.reference, late.entry_reference, "CR-8"):
        looked_up(user, "p1", case=reference)
    late.reference = "CR-9"
    late.save()
    page = text(site.client(user).get("/ledger/mine/"))
    assert f'href="/cases/{mine.pk}/">The family at 7</a>, CR-7' in page
    assert "A boy in the park</a>, CR-9" in page
    assert "colleague" not in page
    assert "CR-8" in page
    others = text(site.client(site.user("information-governance")).get(f"/ledger/users/{user.pk}/"))
    assert "CR-7" in others
    assert "The family at 7" not in others


def test_what_was_typed_is_not_on_the_page(town):
    for path in ("/ledger/mine/",):
        assert "Zephyrquill" not in text(town.client(town.one).get(path))
    assert "Zephyrquill" not in text(town.governance.get(f"/ledger/entries/{town.first}/"))


def test_a_receipt_leads_to_the_entry_and_from_there_to_everybody_who_opened_the_same_person(town):
    found = town.governance.post("/ledger/oversight/", {"receipt": town.first.lower()}, follow=True)
    page = text(found)
    assert "Ola Brandt" in page
    assert "CR-2026-0117" in page
    assert "/ledger/people/p2/" in page
    opened = text(town.governance.get("/ledger/people/p2/"))
    assert "Ola Brandt" in opened
    assert "Pia Lund" in opened
    assert "Pia Lund" not in text(town.governance.get("/ledger/people/p1/"))


@pytest.mark.parametrize("number", ["1-AAAAAAAA", "nonsense", "99999-MFRGGZDF", " "])
def test_a_receipt_that_is_none_says_what_to_do(town, number):
    page = text(town.governance.post("/ledger/oversight/", {"receipt": number}))
    assert "There is a problem" in page


def test_what_one_user_opened_is_listed(town):
    found = town.governance.post("/ledger/oversight/", {"user-user": str(town.two.pk)}, follow=True)
    assert town.second in text(found)
    assert town.first not in text(found)


def test_pairs_show_who_was_shown_the_same_person_again(town):
    looked_up(town.two, "p2")
    page = text(town.governance.get("/ledger/pairs/"))
    assert "Pia Lund" in page
    assert "2 times" in page
    assert "Ola Brandt" not in page


def test_every_reading_of_another_is_itself_entered(town):
    before = len(town.entries(kind="reading"))
    for path in (
        f"/ledger/entries/{town.first}/",
        "/ledger/people/p2/",
        f"/ledger/users/{town.two.pk}/",
        "/ledger/pairs/",
    ):
        assert town.governance.get(path).status_code == 200
    read = town.entries(kind="reading")[before:]
    assert [entry.leaf.action for entry in read] == ["entry", "who-opened", "opened-by", "pairs"]
    assert read[1].leaf.subjects == ("p2",)


def test_an_entry_of_another_partnership_is_not_there(town):
    town.partner().partnership.__class__.objects.create(id="elsewhere", name="Elsewhere")
    foreign = event(acting(town.one)._replace(partnership="elsewhere"), "reading", "entries")
    receipt = ledger().record(foreign).number
    assert town.governance.get(f"/ledger/entries/{receipt}/").status_code == 404


def test_the_whole_record_is_checked_on_demand_and_a_forged_entry_is_told(town):
    assert "unchanged and in order" in text(town.governance.post("/ledger/heads/"))
    with connection.cursor() as cursor:
        if town.kind == "sqlite":
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
        else:
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_entry SET actor = 'nobody' WHERE sequence = 0")
    assert "The log is not what was signed" in text(town.governance.post("/ledger/heads/"))


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET actor = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_itself_refuses_to_change_or_remove_an_entry(town, statement):
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_pages_are_good_to_read(served, browsers, page, check_page):
    user = served.user(name="Ola Brandt")
    receipt = looked_up(user, "p1", "p2")
    looked_up(user, "p1")
    browsers.sign_in(page, served.user("information-governance"))
    paths = ["/ledger/mine/", "/ledger/oversight/", f"/ledger/entries/{receipt}/", "/ledger/people/p1/"]
    for path in [*paths, f"/ledger/users/{user.pk}/", "/ledger/pairs/", "/ledger/heads/"]:
        page.goto(path)
        check_page(page)
    page.get_by_role("button", name="Check the whole record now").click()
    check_page(page)
    page.goto("/ledger/oversight/")
    page.get_by_role("button", name="Find the entry").click()
    check_page(page)
    page.context.clear_cookies()
    auditor = served.user("independent-auditor")
    with transaction.atomic():
        due = timezone.now() - dt.timedelta(hours=1)
        notify(auditor.memberships.all(), "breach-due", "B-1: the time ended.", "/ledger/use/", due=due)
    browsers.sign_in(page, auditor)
    for path in ("/", "/notices/", "/ledger/use/"):
        page.goto(path)
        check_page(page)
