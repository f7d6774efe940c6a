"""A new installation: one command, one link, and from there everything on the page."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from footprint.web.accounts.models import Membership, Partner, User
from tests.web.accounts.signing import set_up_app, sign_in

FRESH = "seven sober herons walk"


def run(*options):
    out = io.StringIO()
    call_command("first_administrator", "--name", "Ada Moor", *options, stdout=out)
    return out.getvalue().strip()


def follow(client, link):
    return client.post(
        client.get(link.removeprefix("http://localhost:8000"))["Location"],
        {"password": FRESH, "again": FRESH},
    )


def test_the_link_leads_to_a_password_a_second_factor_and_the_pages(site):
    assert follow(site.client(), run()).status_code == 302
    client = site.client()
    sign_in(client, "administrator", FRESH)
    set_up_app(client)
    assert client.get("/account/people/").status_code == 200
    assert [entry.leaf.actor for entry in site.entries(action="first-administrator")] == ["command-line"]


def test_partners_come_from_the_contracts(site):
    run()
    assert {"police", "childrens-social-care", "acute-trust"} <= {one.code for one in Partner.objects.all()}


def test_there_is_one_first_administrator(site):
    run()
    with pytest.raises(CommandError, match="There is an administrator"):
        run("--username", "another")
    assert User.objects.count() == Membership.objects.count() == 1


def test_a_link_that_is_over_is_made_anew_until_the_password_is_set(site):
    first = run()
    second = run("--again")
    path = first.removeprefix("http://localhost:8000")
    assert site.client().get(path).status_code == 410
    assert follow(site.client(), second).status_code == 302
    with pytest.raises(CommandError):
        run("--again")
