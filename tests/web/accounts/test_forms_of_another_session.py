"""A form counts only for the session that it was shown in."""

from django.test import Client

from tests.web.accounts.signing import said
from tests.web.sites import PASSWORD, signed_in_as


def test_a_form_that_another_site_sends_does_nothing_and_says_how_to_go_on(site):
    site.user("administrator", username="ana", password=PASSWORD)
    client = Client(enforce_csrf_checks=True)
    page = client.post("/account/sign-in/", {"login": "ana", "password": PASSWORD})
    assert page.status_code == 403
    assert "Go back, reload the page and try again" in said(page)
    assert signed_in_as(client) is None
