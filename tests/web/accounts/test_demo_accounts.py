"""The demonstration's accounts: one a role, one button each, and never outside the demonstration."""

import io
import json
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from footprint.sharing.roles import ROLES
from footprint.web.accounts.demo.accounts import ACCOUNTS, PASSWORD
from footprint.web.accounts.demo.home import demo_home
from footprint.web.accounts.models import Membership, Partner, User
from footprint.web.accounts.queries import not_theirs_to_look_up
from tests.web.accounts.signing import said, sign_in
from tests.web.sites import signed_in_as


@pytest.fixture
def demo(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    site_on_sqlite.set(DEMO=True)
    return site_on_sqlite


def made(*options):
    out = io.StringIO()
    call_command("demo_accounts", *options, stdout=out)
    return out.getvalue()


def test_every_role_has_an_account_at_a_partner_of_its_kind(demo):
    rows = json.loads(made("--json"))
    assert {row["username"] for row in rows} == {one.username for one in ACCOUNTS}
    assert {held.role for held in Membership.objects.all()} == set(ROLES)
    for one in ACCOUNTS:
        held = Membership.objects.get(user__username=one.username)
        assert held.partner.sector == one.sector
    schools = Membership.objects.filter(role="school-lead")
    assert len({held.partner.code for held in schools}) == 2


def test_the_table_says_how_to_sign_in(demo):
    lines = made().splitlines()
    assert len(lines) == len(ACCOUNTS) + 1
    (worker,) = [line for line in lines if line.startswith("social-worker ")]
    assert re.split(r"  +", worker) == [
        "social-worker",
        PASSWORD,
        "social-work-decision-maker",
        "Children's social care",
        "Rukhsana Malik",
    ]


def test_a_second_run_makes_nothing_twice_and_mends_a_password(demo):
    made()
    admin = User.objects.get(username="admin")
    admin.set_password("changed by somebody who tried")
    admin.save()
    counted = User.objects.count(), Membership.objects.count(), Partner.objects.count()
    made()
    assert counted == (User.objects.count(), Membership.objects.count(), Partner.objects.count())
    assert sign_in(demo.client(), "admin", PASSWORD).status_code == 302


def test_it_is_refused_outside_the_demonstration(site):
    with pytest.raises(CommandError, match="FOOTPRINT_DEMO=1"):
        made()
    assert not User.objects.exists()


def test_one_button_signs_in_and_opens_the_first_page(demo):
    made()
    for account in ACCOUNTS:
        client = demo.client()
        page = client.get("/account/sign-in/")
        assert f'value="{account.username}"' in page.content.decode()
        client.post("/account/sign-in/as/", {"username": account.username})
        assert signed_in_as(client).username == account.username
        first = client.get("/")
        assert first.status_code == 200, account
        assert first.wsgi_request.actor.role == account.role


def test_one_button_after_another_changes_who_one_is(demo):
    made()
    client = demo.client()
    for username in ("officer", "governance"):
        client.post("/account/sign-in/as/", {"username": username})
        assert signed_in_as(client).username == username
    assert [entry.leaf.facts["strength"] for entry in demo.entries(action="sign-in")] == ["demo", "demo"]


def test_the_button_signs_in_nobody_but_the_invented(demo):
    made()
    demo.user("administrator", username="ana")
    client = demo.client()
    for username in ("ana", "", "nobody"):
        client.post("/account/sign-in/as/", {"username": username})
        assert signed_in_as(client) is None


def test_outside_the_demonstration_there_is_no_button(demo):
    made()
    demo.set(DEMO=False)
    client = demo.client()
    assert client.post("/account/sign-in/as/", {"username": "admin"}).status_code == 404
    assert signed_in_as(client) is None
    assert "social-worker" not in said(client.get("/account/sign-in/"))


def test_the_social_worker_lives_in_the_invented_borough(demo, borough):
    home = demo_home(borough, "Rukhsana Malik")
    assert home.text
    assert home.postcode.startswith("AM")
    assert [name for name, _ in home.relatives] == ["Hira Malik"]
    (demo.data / "borough" / "truth").symlink_to(borough / "borough" / "truth")
    made()
    declared = not_theirs_to_look_up(User.objects.get(username="social-worker").pk)
    assert [one.postcode for one in declared.addresses] == [home.postcode]
    assert [one.name for one in declared.relatives] == ["Hira Malik"]
