"""What was typed to ask ends some days after its case is closed; the ledger keeps it, sealed, and the case says so."""

import datetime as dt

from django.core.management import call_command
from django.utils import timezone

from footprint.web.cases.ending import end_terms
from footprint.web.cases.models import Case, LookUp
from tests.web.cases.conftest import said

DAY = dt.timedelta(days=1)
TYPED = {"given": "Zephyr", "family": "Quill", "born": "2019-04-01"}


def case_of(user, closed=None, kind="person", terms=TYPED):
    membership = user.memberships.get()
    made = Case.objects.create(
        partnership=membership.partner.partnership,
        opened_by=membership,
        purpose="front-door",
        reference="CR-7",
        concerns="The family",
        closed_at=closed,
    )
    LookUp.objects.create(case=made, membership=membership, kind=kind, terms=terms)
    return made


def kept():
    return set(LookUp.objects.exclude(terms={}).values_list("case_id", flat=True))


def test_what_was_typed_ends_thirty_days_after_the_case_is_closed_and_not_before(site):
    user, now = site.user(), timezone.now()
    still_open, fresh = case_of(user), case_of(user, now - 29 * DAY)
    case_of(user, now - 31 * DAY)
    assert (end_terms(now), end_terms(now)) == (1, 0)
    assert kept() == {still_open.pk, fresh.pk}
    (entry,) = site.entries(action="terms-ended")
    assert (entry.leaf.case, entry.leaf.facts, entry.leaf.actor) == ("CR-7", {"look-ups": 1}, "none")
    assert end_terms(now + DAY) == 1
    assert kept() == {still_open.pk}


def test_the_figure_is_the_one_of_the_day_on_which_the_case_was_closed(site_on_sqlite):
    user, now = site_on_sqlite.user(), dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
    site_on_sqlite.set(TERMS_DAYS="2026-01-01:60,2027-02-01:7")
    before = case_of(user, now - 40 * DAY)
    case_of(user, now - 8 * DAY)
    assert end_terms(now) == 1
    assert kept() == {before.pk}


def test_the_case_then_says_that_it_is_no_longer_kept(site_on_sqlite):
    user, long_ago = site_on_sqlite.user(), timezone.now() - 31 * DAY
    people = {"people": [TYPED]}
    cases = [
        case_of(user, long_ago, "family", people),
        case_of(user, long_ago, "address", {"place": "Zephyr Row"}),
    ]
    call_command("end_terms")
    for one in cases:
        page = said(site_on_sqlite.client(user).get(f"/cases/{one.pk}/"))
        assert "No longer kept here" in page
        assert "Zephyr" not in page
