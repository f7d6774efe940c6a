"""The administrator's pages: people come, change, leave; nobody changes what they themselves may do; nobody sees a case."""

import datetime as dt
import io
import re
from unittest import mock

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.web.accounts.models import Membership, Partner, Partnership, User
from footprint.web.notices.models import Notice
from tests.web.accounts.signing import said, set_up_app, sign_in
from tests.web.sites import PASSWORD, signed_in_as

PEOPLE = "/account/people/"
FRESH = "seven sober herons walk"
NEW = {
    "name": "Bea Lind",
    "username": "bea.lind",
    "email": "bea@council.example",
    "partner": "police",
    "role": "frontline",
    "team": "Response",
    "starts": "",
    "ends": "",
}


@pytest.fixture
def admin(site):
    site.partner("police")
    return site.user("administrator", username="ada")


@pytest.fixture
def client(site, admin):
    return site.client(admin)


def link_on(client, response):
    """The link that the page after this answer shows."""
    page = client.get(response["Location"])
    return re.search(r"http://localhost:8000(/account/first/[^<]+)<", page.content.decode())[1]


def follow(client, link, password=FRESH):
    """Follow a link and set a password; the answer."""
    first = client.get(link)
    if first.status_code != 302:
        return first
    return client.post(first["Location"], {"password": password, "again": password})


def test_somebody_new_sets_a_password_by_the_link_and_comes_in(site, client):
    link = link_on(client, client.post(f"{PEOPLE}new/", NEW))
    bea = User.objects.get(username="bea.lind")
    assert not bea.has_usable_password()
    theirs = site.client()
    assert "bea.lind" in said(theirs.get(link, follow=True))
    assert follow(theirs, link)["Location"] == "/account/sign-in/"
    assert sign_in(theirs, "bea.lind", FRESH).status_code == 302
    assert signed_in_as(theirs) == bea
    held = bea.memberships.get()
    assert (held.partner.code, held.role, held.team, held.starts) == (
        "police",
        "frontline",
        "Response",
        timezone.localdate(),
    )
    actions = [entry.leaf.action for entry in site.entries(kind="change")]
    assert actions == ["user-created", "membership-added", "password-set", "sign-in"]


def test_a_link_works_once(site, client):
    link = link_on(client, client.post(f"{PEOPLE}new/", NEW))
    follow(site.client(), link)
    again = follow(site.client(), link, "another long password here")
    assert again.status_code == 410
    assert "This link is over" in said(again)
    assert User.objects.get(username="bea.lind").check_password(FRESH)


def test_a_link_works_for_a_day(site, client):
    link = link_on(client, client.post(f"{PEOPLE}new/", NEW))
    for hours, status in ((23, 302), (25, 410)):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours), tick=False):
            assert site.client().get(link).status_code == status


def test_a_link_is_over_once_a_newer_one_is_made_even_on_its_page(site, client):
    link = link_on(client, client.post(f"{PEOPLE}new/", NEW))
    bea = User.objects.get(username="bea.lind")
    theirs = site.client()
    form = theirs.get(link)["Location"]
    newer = link_on(client, client.post(f"{PEOPLE}{bea.pk}/link/"))
    assert theirs.post(form, {"password": FRESH, "again": FRESH}).status_code == 410
    assert follow(site.client(), newer)["Location"] == "/account/sign-in/"


@pytest.mark.parametrize(
    "bend", [lambda link: link.replace("/first/", "/first/x"), lambda link: link[:-3] + "xx/"]
)
def test_a_link_that_was_changed_is_none(site, client, bend):
    link = link_on(client, client.post(f"{PEOPLE}new/", NEW))
    assert site.client().get(bend(link)).status_code == 410


def test_a_link_is_shown_once_and_holds_no_name(client):
    response = client.post(f"{PEOPLE}new/", NEW)
    link = link_on(client, response)
    assert "bea" not in link.lower()
    assert client.get(response["Location"])["Location"] == PEOPLE


def test_a_new_link_ends_the_old_password_and_open_sessions_and_tells_who_governs(site, client):
    lead = site.user("information-governance", "police")
    bea = site.user("frontline", "police", username="bea", password=PASSWORD)
    theirs = site.client(bea)
    client.post(f"{PEOPLE}{bea.pk}/link/")
    assert signed_in_as(theirs) is None
    assert sign_in(site.client(), "bea").status_code == 200
    (notice,) = Notice.objects.all()
    assert notice.membership.user == lead
    assert "bea" in notice.sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter the name"),
        ({"username": "Bea Lind"}, "small letters"),
        ({"username": "ada"}, "Somebody has this username"),
        ({"partner": ""}, "Choose a partner"),
        ({"partner": "elsewhere"}, "Select a valid choice"),
        ({"role": "superuser"}, "Select a valid choice"),
        ({"starts": "soon"}, "Enter a whole day"),
        ({"starts": "3 9 2026", "ends": "2 9 2026"}, "The last day is before the first"),
        ({"email": "bea"}, "Write an address such as"),
    ],
)
def test_what_cannot_be_used_is_said_and_nobody_is_made(site, client, changes, sentence):
    page = client.post(f"{PEOPLE}new/", NEW | changes)
    assert sentence in said(page)
    assert not User.objects.filter(name="Bea Lind").exists()
    assert site.entries() == []


def test_a_username_of_other_capitals_is_taken(site, client):
    site.user("frontline", username="Bea.Lind")
    assert "Somebody has this username" in said(client.post(f"{PEOPLE}new/", NEW))


def test_a_role_is_added_and_ended_and_stays_on_the_page(site, client):
    bea = site.user("frontline", "police", username="bea")
    client.post(
        f"{PEOPLE}{bea.pk}/role/",
        {"partner": "police", "role": "police-supervisor", "starts": "", "ends": ""},
    )
    added = bea.memberships.get(role="police-supervisor")
    client.post(f"{PEOPLE}{bea.pk}/role/{added.pk}/", {"when": "day", "last_day": "30 9 2099"})
    added.refresh_from_db()
    assert added.ends == dt.date(2099, 9, 30)
    page = said(client.get(f"{PEOPLE}{bea.pk}/"))
    assert "Police supervisor" in page
    assert "to 30 September 2099" in page


def test_ended_at_once_is_over_in_open_sessions_and_kept(site, client):
    bea = site.user("data-steward", "police", username="bea")
    theirs = site.client(bea)
    assert theirs.get("/account/").status_code == 200
    held = bea.memberships.get()
    client.post(f"{PEOPLE}{bea.pk}/role/{held.pk}/", {"when": "now"})
    assert theirs.get("/account/").status_code == 403
    assert Membership.objects.filter(pk=held.pk, ended_at__isnull=False).exists()
    assert "Ended." in said(client.get(f"{PEOPLE}{bea.pk}/"))
    (entry,) = site.entries(action="membership-ended")
    assert (entry.leaf.facts["user"], entry.leaf.facts["ends"]) == ("bea", "at once")


def test_what_has_ended_is_not_ended_again(site, client):
    bea = site.user("frontline", "police")
    held = bea.memberships.get()
    for _ in range(2):
        last = client.post(f"{PEOPLE}{bea.pk}/role/{held.pk}/", {"when": "now"})
    assert last.status_code == 404


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("role/", {"partner": "police", "role": "frontline", "starts": "", "ends": ""}),
        ("role/{own}/", {"when": "now"}),
        ("link/", {}),
        ("second-factor/", {"reason": "I would like to"}),
    ],
)
def test_nobody_changes_what_they_themselves_may_do(site, admin, client, path, typed):
    own = admin.memberships.get()
    before = list(Membership.objects.values())
    page = client.post(f"{PEOPLE}{admin.pk}/{path.format(own=own.pk)}", typed)
    assert page.status_code == 403
    assert "Not your own role" in said(page)
    assert list(Membership.objects.values()) == before
    assert signed_in_as(client) == admin
    (entry,) = site.entries(kind="refusal")
    assert (entry.leaf.action, entry.leaf.actor) == ("change-own-role", "ada")


def test_a_lost_second_factor_is_taken_away_with_a_reason_and_both_hear_of_it(site, client):
    lead = site.user("information-governance", "police")
    bea = site.user("data-steward", "police", username="bea", password=PASSWORD)
    theirs = site.client()
    sign_in(theirs, "bea")
    set_up_app(theirs)
    assert "Enter" not in said(client.get(f"{PEOPLE}{bea.pk}/second-factor/"))
    assert "Say why" in said(client.post(f"{PEOPLE}{bea.pk}/second-factor/", {"reason": ""}))
    client.post(f"{PEOPLE}{bea.pk}/second-factor/", {"reason": "Lost the phone; I rang her back."})
    assert not Authenticator.objects.exists()
    assert signed_in_as(theirs) is None
    assert {notice.membership.user for notice in Notice.objects.all()} == {bea, lead}
    (entry,) = site.entries(action="second-factor-reset")
    assert entry.personal["reason"] == "Lost the phone; I rang her back."
    assert "phone" not in repr(entry.leaf)
    again = site.client()
    sign_in(again, "bea")
    assert again.get("/account/")["Location"] == "/account/second-factor/"


def test_what_cannot_be_entered_is_not_done(site, client):
    bea = site.user("frontline", "police", username="bea")
    held = bea.memberships.get()
    with mock.patch("footprint.ledger.ledger.Ledger.record", side_effect=LedgerUnavailable("down")):
        assert client.post(f"{PEOPLE}{bea.pk}/role/{held.pk}/", {"when": "now"}).status_code == 503
        assert client.post(f"{PEOPLE}new/", NEW).status_code == 503
    held.refresh_from_db()
    assert held.ended_at is None
    assert not User.objects.filter(username="bea.lind").exists()


def test_another_partnership_is_not_to_be_seen(site, client):
    other = Partnership.objects.create(id="other", name="Another area")
    police = Partner.objects.create(
        partnership=other, code="other-police", name="Other police", sector="police"
    )
    stranger = User.objects.create_user("zoe", None, name="Zoe Vale")
    held = Membership.objects.create(
        user=stranger, partner=police, role="frontline", starts=timezone.localdate()
    )
    assert "Zoe" not in said(client.get(PEOPLE))
    assert "Other police" not in said(client.get("/account/partners/"))
    for path in ("", "role/", f"role/{held.pk}/", "link/", "second-factor/", "details/"):
        assert client.get(f"{PEOPLE}{stranger.pk}/{path}").status_code == 404
        assert client.post(f"{PEOPLE}{stranger.pk}/{path}", {}).status_code in (404, 405)
    assert client.get("/account/partners/of/other-police/").status_code == 404
    assert "Select a valid choice" in said(client.post(f"{PEOPLE}new/", NEW | {"partner": "other-police"}))


def test_the_list_is_cut_by_partner_and_into_pages(site, client):
    for number in range(55):
        site.user("frontline", "police", name=f"Officer {number:02}")
    site.user("navigator", name="Nora Vaughan")
    first = client.get(PEOPLE)
    assert "57 people" in said(first)
    assert "Officer 40" in said(first)
    assert "Officer 54" not in said(first)
    assert "Officer 54" in said(client.get(f"{PEOPLE}?page=2"))
    police = client.get(f"{PEOPLE}?partner=police")
    assert "55 people" in said(police)
    assert "Nora" not in said(police)
    assert "?partner=police&amp;page=2" in police.content.decode()


def test_partners_and_the_partnership_are_named_anew(site, client):
    client.post(
        "/account/partners/new/", {"name": "Fire service", "code": "fire", "sector": "fire", "lead_email": ""}
    )
    client.post(
        "/account/partners/of/fire/",
        {"name": "Fire and rescue", "sector": "fire", "lead_email": "lead@fire.example"},
    )
    fire = Partner.objects.get(code="fire")
    assert (fire.name, fire.lead_email, fire.partnership_id) == (
        "Fire and rescue",
        "lead@fire.example",
        "borough",
    )
    assert "There is a partner of this code" in said(
        client.post(
            "/account/partners/new/", {"name": "X", "code": "fire", "sector": "fire", "lead_email": ""}
        )
    )
    client.post("/account/partners/partnership/", {"name": "Partnership of Aldermarch"})
    assert Partnership.objects.get().name == "Partnership of Aldermarch"
    assert [entry.leaf.action for entry in site.entries()] == [
        "partner-added",
        "partner-changed",
        "partnership-changed",
    ]


def test_name_and_mail_are_written_anew_and_the_username_stays(site, client):
    bea = site.user("frontline", "police", username="bea", name="Bea Lind")
    client.post(
        f"{PEOPLE}{bea.pk}/details/", {"name": "Bea Moss", "email": "bea@council.example", "username": "x"}
    )
    bea.refresh_from_db()
    assert (bea.username, bea.name, bea.email) == ("bea", "Bea Moss", "bea@council.example")
    (entry,) = site.entries(action="user-changed")
    assert entry.personal == {"name": entry.personal["name"], "before": "Bea Lind", "now": "Bea Moss"}


def test_the_sessions_of_somebody_whose_laptop_is_lost_are_ended(site, client, admin):
    bea = site.user("frontline", "police", username="bea")
    theirs = [site.client(bea), site.client(bea)]
    page = client.post(f"{PEOPLE}{bea.pk}/sessions/")
    assert [signed_in_as(one) for one in theirs] == [None, None]
    assert "2 sessions ended." in said(client.get(page["Location"]))
    assert signed_in_as(client) == admin
    assert [entry.leaf.facts["user"] for entry in site.entries(action="sessions-ended")] == ["bea"]


@pytest.mark.parametrize("whose", [("--username", "bea"), ("--everybody",)])
def test_at_the_machine_itself_one_or_all_are_signed_out(site, client, admin, whose):
    theirs = site.client(site.user("frontline", "police", username="bea"))
    call_command("end_sessions", *whose, stdout=io.StringIO())
    assert signed_in_as(theirs) is None
    assert (signed_in_as(client) is None) == (whose == ("--everybody",))
    assert [entry.leaf.actor for entry in site.entries(action="sessions-ended")] == ["command-line"]


@pytest.mark.parametrize(
    "path", ["new/", "{bea}/role/", "{bea}/link/", "{bea}/second-factor/", "{bea}/details/"]
)
def test_nothing_is_changed_from_a_screen_left_unlocked(site, admin, path):
    bea = site.user("frontline", "police")
    client = site.client(admin, recently=False)
    for method in (client.get, client.post):
        assert method(f"{PEOPLE}{path.format(bea=bea.pk)}")["Location"].startswith("/account/confirm/")
