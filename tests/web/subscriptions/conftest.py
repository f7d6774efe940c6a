"""Two mornings of a small town, of which the site has the first; `town.next_morning()` brings the second."""

import datetime as dt

import pytest
import time_machine

from footprint.publishing.task import root
from footprint.snapshot.publication import roll_forward, rollback
from tests.scenarios.world import nhs
from tests.web.agreements import agree
from tests.web.identity.scene import Desk

COUNCIL, POLICE = "childrens-social-care/la-child-id/", "police/person-id/"
ADULT = POLICE + "SANA"


def two_mornings(town):
    """What two mornings bring, child by child."""
    council, police = town.social_care.knows, town.police.knows
    home = dict.fromkeys(("NEWS", "QUIET", "DIED", "LOST", "GROWN", "HELPED", "KNOWN"), "")
    for number, name in enumerate(home, 1):
        home[name] = f"{number} Mill Lane, WS1 2A{'ABDEFGH'[number - 1]}"
    council("NEWS", "Nadia/News", "2015-03-02", sex="F", home=home["NEWS"])
    council("QUIET", "Quentin/Quiet", "2016-04-05", sex="M", home=home["QUIET"], plan=("2026-09-01", ""))
    council("DIED", "Daisy/Died", "2017-05-06", sex="F", home=home["DIED"], nhs=nhs(602))
    council("LOST", "Unborn Baby/Lost", due="2027-01-10", home=home["LOST"], plan=("2026-09-01", ""))
    council("GROWN", "Greta/Grown", "2008-11-22", sex="F", home=home["GROWN"])
    council("HELPED", "Hari/Helped", "2014-06-07", sex="M", home=home["HELPED"], nhs=nhs(603))
    seen = [("2026-09-01", "DOMESTIC", "VICTIM")]
    police("HELPED", "Hari/Helped", "2014-06-07", sex="M", home=home["HELPED"], nhs=nhs(603), seen=seen)
    known = {"born": "2013-07-08", "sex": "F", "home": home["KNOWN"], "plan": ("2026-09-01", "")}
    council("KNOWN", "Kira/Known", **known)
    police("SANA", "Sana/Khan", "1996-08-30", sex="F", home="9 Oak Walk, WS3 1AA", seen=seen)
    town.morning("2026-11-20")
    council("NEWS", "Nadia/News", "2015-03-02", sex="F", home=home["NEWS"], plan=("2026-11-21", ""))
    council("DIED", "Daisy/Died", "2017-05-06", died="2026-11-21", sex="F", home=home["DIED"], nhs=nhs(602))
    council(
        "LOST", "Unborn Baby/Lost", due="2027-01-10", died="2026-11-21", home=home["LOST"],
        plan=("2026-09-01", "2026-11-21"),
    )  # fmt: skip
    police(
        "HELPED", "Hari/Helped", "2014-06-07", sex="M", home=home["HELPED"], nhs=nhs(603),
        seen=[*seen, ("2026-11-21", "DOMESTIC", "CHILD PRESENT")],
    )  # fmt: skip
    council("KNOWN", "Kira/Known", **known, contacts=["2026-11-21"])
    town.morning("2026-11-23")


class Town:
    """The town in a site: its first morning, and desks at which people ask."""

    def __init__(self, site, world, clock):
        self.site, self.world, self._clock = site, world, clock

    def __getattr__(self, name):
        return getattr(self.world, name)

    def desk(self, reference, user=None, **purpose):
        return Desk(self.site, self.world, user or self.worker, reference, **purpose)

    def next_morning(self):
        """Let the second morning be published, and it be that morning."""
        roll_forward(root(self.site.data))
        self.later(dt.timedelta(days=3))

    def later(self, time):
        """Let time pass; whoever was signed in is so no more."""
        self._clock.shift(time)


@pytest.fixture
def town(site, published):
    """The first morning, on each database."""
    yield from begun(site, published)


@pytest.fixture
def town_on_sqlite(site_on_sqlite, published):
    """The first morning, on SQLite."""
    yield from begun(site_on_sqlite, published)


def begun(site, published):
    """Put the town into a site, on its first morning."""
    world = site.use(published(two_mornings))
    agree(site)
    rollback(root(site.data))
    first = world.now - dt.timedelta(days=3)
    with time_machine.travel(first, tick=False) as clock:
        here = Town(site, world, clock)
        here.worker = site.user(name="Wendy Alder", email="wendy@council.test")
        yield here
