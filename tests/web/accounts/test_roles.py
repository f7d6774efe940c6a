"""Who works in several roles says in which: they have the rights of that one alone, and the ledger names it."""

import pytest

from tests.web.accounts.signing import said

ROLE = "/account/role/"


@pytest.fixture
def ana(site):
    return site.user("administrator", username="ana")


@pytest.fixture
def steward(site, ana):
    return site.membership(ana, "data-steward", "childrens-social-care")


def test_another_role_gives_its_own_rights_and_takes_the_others(site, ana, steward):
    client = site.client(ana)
    assert client.get("/account/people/").status_code == 200
    assert client.post(ROLE, {"role": str(steward.pk)})["Location"] == "/"
    assert client.get("/account/people/").status_code == 403
    page = client.get("/account/")
    assert page.wsgi_request.actor.role == "data-steward"
    assert "Data steward, Children’s social care" in said(page)
    (entry,) = site.entries(action="membership-chosen")
    assert (entry.leaf.actor, entry.leaf.role, entry.leaf.organisation) == (
        "ana",
        "data-steward",
        "childrens-social-care",
    )


def test_nobody_takes_a_role_of_somebody_else(site, ana, steward):
    theirs = site.user("information-governance").memberships.get()
    client = site.client(ana)
    page = client.post(ROLE, {"role": str(theirs.pk)})
    assert page.status_code == 200
    assert client.get("/account/").wsgi_request.actor.role == "administrator"
    assert site.entries(action="membership-chosen") == []


def test_a_role_that_is_over_is_not_offered_and_not_taken(site, ana, steward):
    steward.ends = steward.starts
    steward.save()
    client = site.client(ana)
    assert "Data steward" not in said(client.get(ROLE))
    client.post(ROLE, {"role": str(steward.pk)})
    assert client.get("/account/").wsgi_request.actor.role == "administrator"


def test_a_chosen_role_that_ends_falls_back_to_one_that_holds(site, ana, steward):
    client = site.client(ana, membership=steward)
    steward.ends = steward.starts
    steward.save()
    assert client.get("/account/").wsgi_request.actor.role == "administrator"


def test_who_has_several_is_asked_before_anything_else(site, ana, steward):
    client = site.client(ana)
    session = client.session
    del session["membership"]
    session.save()
    assert client.get("/")["Location"] == ROLE
    assert client.get(ROLE).status_code == 200
    client.post(ROLE, {"role": str(steward.pk)})
    assert client.get("/").status_code == 200


def test_only_who_has_several_is_asked(site, ana):
    assert ROLE not in site.client(ana).get("/account/").content.decode()
