"""The mail server of these tests, and a site that knows it."""

import pytest


@pytest.fixture
def mailing(site, mail):
    """A site that hands its e-mails to the mail server."""
    site.set(MAIL=mail.url, MAIL_FROM="footprint@council.test", SITE="https://footprint.council.test")
    return site
