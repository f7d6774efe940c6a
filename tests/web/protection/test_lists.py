"""High profile and incidents: raised within minutes, seen on the list by nobody, never blocked, an alert in the request."""

import sqlite3

import pytest

from footprint.web.protection.models import ListDigest, ListEntry, Observation
from tests.web.cases.conftest import said
from tests.web.protection.conftest import DAY, text_of
from tests.web.protection.town import ELSEWHERE, IDA, IRIS, LEE, NOOR, ZOE


def watches(desk, sort, **typed):
    return desk.post("/protection/watched-over/new/", sort=sort, why="Incident 4711", days="30", **typed)


@pytest.fixture
def worker(seat):
    return seat(name="Ada Lane")


BY = {
    "an id": ("person", lambda town, url: {"person": town.person("police/person-id/ZOE")}),
    "a handle": ("person", lambda town, url: {"person": url.split("/")[-2]}),
    "name and birthday": ("named", lambda town, url: {"name": "FINCH Zoe", "born": "3/3/2016"}),
    "a name": ("name", lambda town, url: {"name": "Zoe Finch"}),
    "an address": ("address", lambda town, url: {"address": ELSEWHERE}),
    "a building": ("address", lambda town, url: {"address": "9 Linden Row WS7 4GH"}),
}


@pytest.mark.parametrize("by", BY)
def test_whoever_opens_somebody_who_is_watched_over_raises_an_alert_within_the_request(
    worker, lead, town, by
):
    url = worker.url_of(ZOE)
    worker.get(url)
    assert worker.alerts == []
    sort, typed = BY[by]
    assert watches(lead, sort, **typed(town, url)).status_code == 302
    answer = worker.get(url)
    assert (answer.status_code, "Zoe Finch" in said(answer)) == (200, True)
    (alert,) = worker.alerts
    assert ["listed", 6.0] in alert.signs
    assert alert.reference in said(lead.get("/protection/alerts/"))


def test_searching_for_them_is_an_alert_as_well(worker, lead):
    watches(lead, "named", name="Zoe Finch", born="3 3 2016")
    worker.asks(**ZOE)
    assert len(worker.alerts) == 1
    worker.asks("address", place=ELSEWHERE)
    assert len(worker.alerts) == 2


def test_everybody_at_an_address_is_known_by_asking_for_it_even_if_nobody_lives_there(worker, lead):
    watches(lead, "address", address="77 Nobody Road, WS7 5XX")
    worker.asks("address", place="77 Nobody Road, WS7 5XX")
    assert len(worker.alerts) == 1


@pytest.mark.parametrize("whom", [LEE, NOOR, IDA, IRIS])
def test_nobody_else_is_watched_over(worker, lead, whom):
    watches(lead, "named", name="Zoe Finch", born="3 3 2016")
    watches(lead, "person", person="p-nobody")
    watches(lead, "address", address="1 Linden Row, WS7 4GH")
    worker.get(worker.url_of(whom))
    assert worker.alerts == []


def test_who_opens_somebody_sees_no_trace_of_it(worker, lead, site):
    """Neither on the page, nor among the user's own entries, nor in the numbers of receipts, nor by a notice."""
    from tests.web.protection.test_own_household import plain

    url = worker.url_of(ZOE)
    worker.get(url)
    before, entries = worker.get(url), len(site.entries())
    watches(lead, "person", person=url.split("/")[-2])
    raised = len(site.entries())
    after = worker.get(url)
    assert plain(after) == plain(before)
    assert len(site.entries()) - raised == 2  # an intent and an outcome, as ever
    assert raised - entries == 1  # and the list's own
    assert "alert" not in text_of(worker.get("/ledger/mine/")).lower()
    assert "alert" not in text_of(worker.get("/notices/")).lower()
    assert worker.get("/protection/alerts/").status_code == 403


def test_the_list_does_not_show_who_stands_on_it(lead, guardians, site):
    watches(lead, "named", name="Zoe Finch", born="3 3 2016")
    watches(lead, "address", address=ELSEWHERE)
    for desk in (lead, guardians[0]):
        page = text_of(desk.get("/protection/watched-over/"))
        assert "Incident 4711" in page
        assert not any(word in page for word in ("Zoe", "Finch", "2016", "Linden", "WS7"))
    if site.kind == "sqlite":
        with sqlite3.connect(site.data / "footprint.sqlite3") as database:
            rows = str(
                [
                    database.execute(f"SELECT * FROM protection_{table}").fetchall()
                    for table in ("listentry", "listdigest")
                ]
            )
        assert not any(word in rows.lower() for word in ("zoe", "finch", "linden", "ws74gh"))


def test_without_the_key_a_digest_is_recognised_by_nobody(lead, site):
    import hashlib

    from footprint.web.protection.digests import digest

    watches(lead, "name", name="Zoe Finch")
    held = set(ListDigest.objects.values_list("digest", flat=True))
    assert digest("name", "zoe finch") in held
    assert hashlib.sha256(b"name\nzoe finch").hexdigest()[:32] not in held
    assert (site.data / "keys" / "watching.key").stat().st_mode & 0o077 == 0


def test_raising_is_entered_with_what_was_typed_under_seal(lead, site):
    watches(lead, "named", name="Zoe Finch", born="3 3 2016")
    (entry,) = site.entries(action="watch-over")
    assert entry.personal["whom"] == "Zoe Finch 3 3 2016"
    assert "Zoe" not in str(entry.leaf.facts)


def test_it_ends_by_itself_or_by_somebody(worker, lead, town, site):
    watches(lead, "name", name="Zoe Finch")
    watches(lead, "name", name="Ida Marsh")
    first, second = ListEntry.objects.order_by("pk")
    assert lead.post(f"/protection/watched-over/{second.reference}/end/").status_code == 302
    worker.asks(**IDA)
    assert worker.alerts == []
    town.clock.move_to(town.now + 31 * DAY)
    worker.signs_in_again()
    worker.case = ""
    worker.asks(**ZOE)
    assert worker.alerts == []
    lead.signs_in_again()
    assert "Nobody is watched over" in said(lead.get("/protection/watched-over/"))
    assert len(site.entries(action="watch-over-end")) == 1
    assert first.ended_at is None


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"sort": "person"}, "Write the person’s reference"),
        ({"sort": "named", "name": "Zoe Finch"}, "Write the whole birthday"),
        ({"sort": "named", "name": "Zoe Finch", "born": "2016"}, "Write the whole birthday, for example"),
        ({"sort": "name", "name": "Zoe"}, "first name and a family name"),
        ({"sort": "address", "address": "Linden Row"}, "cannot be told from others"),
        ({}, "Choose whom you watch over"),
    ],
)
def test_what_recognises_nobody_is_said(lead, typed, complaint):
    answer = lead.post("/protection/watched-over/new/", why="Incident 4711", days="30", **typed)
    assert answer.status_code == 200
    assert complaint in said(answer)
    assert ListEntry.objects.count() == 0


def test_another_partnerships_list_watches_over_nobody_here(worker, lead, site):
    from footprint.web.accounts.models import Partnership

    watches(lead, "name", name="Zoe Finch")
    ListEntry.objects.update(partnership=Partnership.objects.create(id="dudley", name="Dudley"))
    worker.asks(**ZOE)
    assert worker.alerts == []


# ---- members of staff, by what they declared about themselves


@pytest.mark.parametrize(
    ("partner", "code", "points"), [("childrens-social-care", "colleague", 6.0), ("police", "staff", 3.0)]
)
def test_a_member_of_staff_is_known_by_their_own_declared_home(worker, seat, partner, code, points):
    from tests.web.protection.town import COLLEAGUE

    worker.get(worker.url_of(IDA))
    assert worker.alerts == []
    role = "frontline" if partner == "police" else "social-work-decision-maker"
    seat(role, partner, name="Cole Marsh").declares(COLLEAGUE)
    worker.get(worker.url_of(IDA))
    opened = Observation.objects.filter(user=worker.user).order_by("pk").last()
    assert [code, points] in opened.signs
    assert opened.is_alert is (points >= 6)


def test_who_left_is_no_member_of_staff_any_more(worker, seat, town):
    from tests.web.protection.town import COLLEAGUE

    former = seat(name="Cole Marsh").declares(COLLEAGUE)
    former.user.memberships.update(ends=town.now.date() - DAY)
    worker.get(worker.url_of(IDA))
    assert worker.alerts == []
