"""What tests of referrals are given: a site with nothing published in it, and people in their roles."""

import pytest
import time_machine

from tests.web.referrals.audited import NOVEMBER, Audit
from tests.web.referrals.systems import connect, destination, listening, secret_of
from tests.web.referrals.writers import Desk


@pytest.fixture
def desk(site_on_sqlite):
    """A function that seats somebody in a role: `desk("frontline", team="Response A")`."""
    return lambda role="frontline", partner="", **named: Desk(
        site_on_sqlite, site_on_sqlite.user(role, partner, **named)
    )


@pytest.fixture
def officer(desk):
    """An officer of Response A."""
    return desk(team="Response A")


@pytest.fixture
def sergeant(desk):
    """Whoever supervises Response A."""
    return desk("police-supervisor", team="Response A")


@pytest.fixture
def door(desk):
    """Somebody who decides at the front door."""
    return desk("social-work-decision-maker")


@pytest.fixture
def november():
    """It is the end of November, when October's referrals are audited."""
    with time_machine.travel(NOVEMBER, tick=True):
        yield


@pytest.fixture
def audit(desk):
    """Both parties of an audit, and who writes."""
    return Audit(desk)


@pytest.fixture
def records(desk, tmp_path):
    """A record system that is connected and listens, and an officer who refers."""
    officer = desk()
    data = officer.site.data
    connect(data, destination())
    with listening(tmp_path / "records", secret_of(data)) as server:
        connect(data, destination(address=server.address))
        server.officer = officer
        yield server
