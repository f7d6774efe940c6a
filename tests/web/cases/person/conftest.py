"""What tests of a footprint are given: the street in a site, and a desk at which somebody opens people."""

import pytest
import time_machine

from tests.web.agreements import agree
from tests.web.cases.person import street


@pytest.fixture
def town(site, published):
    """The street in a site on each database, on its morning."""
    here = site.use(published(street.told))
    agree(site)
    with time_machine.travel(here.now, tick=True):
        yield here


@pytest.fixture
def town_on_sqlite(site_on_sqlite, published):
    """The same on SQLite alone."""
    here = site_on_sqlite.use(published(street.told))
    agree(site_on_sqlite)
    with time_machine.travel(here.now, tick=True):
        yield here


@pytest.fixture
def desk(site, town):
    """A social worker who decides at the front door, with a case."""
    return street.Desk(site, town, site.user("social-work-decision-maker", name="Sam Alder"))


@pytest.fixture
def desk_on_sqlite(site_on_sqlite, town_on_sqlite):
    """The same on SQLite alone."""
    user = site_on_sqlite.user("social-work-decision-maker", name="Sam Alder")
    return street.Desk(site_on_sqlite, town_on_sqlite, user)
