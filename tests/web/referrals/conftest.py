"""What tests of referrals are given: a site with nothing published in it, and people in their roles."""

import pytest

from tests.web.referrals.writers import Desk


@pytest.fixture
def desk(site_on_sqlite):
    """A function that seats somebody in a role: `desk("frontline", team="Response A")`."""
    return lambda role="frontline", partner="", **named: Desk(
        site_on_sqlite, site_on_sqlite.user(role, partner, **named)
    )
