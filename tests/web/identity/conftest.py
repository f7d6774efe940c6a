"""What tests of who is who are given: two women joined by mistake, desks at which they were opened, and a steward."""

import pytest
import time_machine

from tests.web.agreements import agree
from tests.web.identity import scene


@pytest.fixture
def town(site, published):
    """The town with the wrong link published, in a site on each database, on its morning."""
    yield from begun(site, published, scene.joined)


@pytest.fixture
def town_on_sqlite(site_on_sqlite, published):
    """The same on SQLite alone."""
    yield from begun(site_on_sqlite, published, scene.joined)


@pytest.fixture
def town_served(served, published):
    """The same, at a real address."""
    yield from begun(served, published, scene.joined)


def begun(site, published, tell):
    """Put a town's story into a site, with two desks, a steward and a lead."""
    here = site.use(published(tell))
    here.site = site
    agree(site)
    with time_machine.travel(here.now, tick=True):
        here.worker = scene.Desk(site, here, site.user(name="Wendy Alder", email="wendy@council.test"))
        here.officer = scene.Desk(
            site,
            here,
            site.user("central-referral-unit", name="Omar Birch", email="omar@police.test"),
            "CRU-77",
        )
        here.steward = site.client(site.user("data-steward", name="Stella Cedar"))
        here.lead = site.client(site.user("information-governance", name="Ivo Dale"))
        yield here
