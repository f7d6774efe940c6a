"""Use of the system as an overseer and an auditor see it: suppressed figures, and single entries by receipts handed over."""

import datetime as dt

import pytest

from footprint.calendars import LONDON
from footprint.web.cases.models import Case, LookUp
from footprint.web.ledger.suppressing import shown
from footprint.web.ledger.use import use
from tests.web.ledger.test_ledger_pages import acting, looked_up, text

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("count", "people", "figure"),
    [
        (0, 0, "0"),
        (1, 1, "few"),
        (7, 7, "few"),
        (8, 3, "10"),
        (8, 2, "few"),
        (12, 3, "10"),
        (13, 3, "15"),
        (1234, 9, "1,235"),
        (900, 1, "few"),
    ],
)
def test_what_is_small_or_of_few_people_is_not_shown_and_the_rest_is_rounded(count, people, figure):
    assert shown(count, people) == figure


def asked(user, count, at):
    membership = user.memberships.get()
    case, _ = Case.objects.get_or_create(
        partnership=membership.partner.partnership, opened_by=membership, purpose="front-door", reference="C"
    )
    for made in LookUp.objects.bulk_create(
        LookUp(case=case, membership=membership, kind="person", terms={"given": "Zephyr"})
        for _ in range(count)
    ):
        LookUp.objects.filter(pk=made.pk).update(at=at)


@pytest.fixture
def used(site):
    """Three officers, one nurse and two schools asked in October; somebody in the month that runs, and long ago."""
    october = dt.datetime(2026, 10, 31, 23, 30, tzinfo=LONDON)  # in UTC still October, and by an hour
    officers = [site.user("frontline", "police", name=f"Officer {number}") for number in range(3)]
    for officer, count in zip(officers, (4, 4, 5), strict=True):
        asked(officer, count, october)
    asked(site.user("navigator", "acute-trust"), 40, october)
    for code in ("school-1", "school-2", "school-3"):
        site.partner(code, name=f"The {code}", sector="school")
        asked(site.user("school-lead", code), 3, october)
    asked(officers[0], 50, NOW)
    asked(officers[0], 50, NOW - dt.timedelta(days=300))
    site.overseer = site.user("overseer")
    return site


def test_an_overseer_sees_suppressed_figures_by_partner_and_month_and_that_it_was_read_is_entered(used):
    found = use(acting(used.overseer), NOW)
    assert found.months[0] == "October 2026"
    assert len(found.months) == 6
    figures = {row.name: row.figures for row in found.rows}
    assert figures["Police"] == ("15", *["0"] * 5)
    assert figures["Acute trust"][0] == "few"
    assert figures["Schools, all together"][0] == "10"
    assert not any("school-" in name for name in figures)
    assert used.entries(action="use")[-1].leaf.kind == "reading"


def test_the_page_names_nobody_and_an_overseer_reaches_no_other_of_the_record(used):
    client = used.client(used.overseer)
    page = text(client.get("/ledger/use/"))
    assert "Schools, all together" in page
    assert not any(word in page for word in ("Officer 1", "Zephyr", ">3<", "The school-1"))
    receipt = looked_up(used.overseer, "p1")
    for path in ("oversight/", f"entries/{receipt}/", "heads/", "pairs/", "people/p1/"):
        assert client.get(f"/ledger/{path}").status_code == 403


def test_an_auditor_reads_one_entry_by_its_receipt_and_looks_through_nobodys(site):
    worker = site.user(name="Ola Brandt")
    receipt = looked_up(worker, "p1", terms={"family": "Zephyrquill"})
    client = site.client(site.user("independent-auditor"))
    page = text(client.post("/ledger/oversight/", {"receipt": receipt}, follow=True))
    assert receipt in page
    assert "Zephyrquill" not in page
    assert "/ledger/people/" not in page
    assert "/ledger/users/" not in page
    by_user = client.post("/ledger/oversight/", {"user-user": str(worker.pk)})
    assert by_user.status_code == 200
    assert "Ola Brandt" not in text(by_user)
    for path in (f"users/{worker.pk}/", "people/p1/", "pairs/"):
        assert client.get(f"/ledger/{path}").status_code == 403
    assert "unchanged and in order" in text(client.post("/ledger/heads/"))
