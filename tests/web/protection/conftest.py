"""What tests of protection are given: the town in a site, and people at desks of their own with what they declared."""

import datetime as dt
import re
from html import unescape

import pytest
import time_machine

from footprint.web.accounts.models import DeclaredAddress, DeclaredRelative
from footprint.web.notices.models import Notice
from footprint.web.protection.models import Observation
from tests.web.cases.conftest import SCHOOL, Desk, agree
from tests.web.protection import town as story

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
BECAUSE = "She has fled from him and nobody may find her."
WHY = "The child was seen hurt tonight and nobody else is here to look."


def settle(site, published):
    """Put the town into a site, with an agreement of its partners; return the town as it is there."""
    here = site.use(published(story.told))
    site.partner(SCHOOL, name="Bloxwich Green Primary", sector="school")
    agree(site)
    return here


class Seat(Desk):
    """Somebody at a desk, who declared what they must and looks people up."""

    def __init__(self, site, user, town=None, **signed_in):
        super().__init__(site, user, town)
        self.client = site.client(user, **signed_in)

    def declares(self, *homes, relatives=()):
        """Declare homes in one line each, and relatives as (name, birthday)."""
        for home in homes:
            text, _, postcode = home.rpartition(", ")
            DeclaredAddress.objects.create(user=self.user, text=text, postcode=postcode)
        for name, born in relatives:
            DeclaredRelative.objects.create(user=self.user, name=name, born=born, relation="family")
        return self

    def signs_in_again(self):
        """A session lasts for one shift."""
        self.client = self.site.client(self.user)

    def withdraws_all(self, when=None):
        for model in (DeclaredAddress, DeclaredRelative):
            model.objects.filter(user=self.user).update(withdrawn=when)

    def finds(self, whom):
        """Search for somebody and return the URLs of the people whom the page leads to."""
        return people_in(self.asks(**whom))

    def url_of(self, whom):
        """The URL of the one person found."""
        (url,) = self.finds(whom)
        return url

    @property
    def observations(self):
        return list(Observation.objects.filter(user=self.user, span="look-up").order_by("pk"))

    @property
    def alerts(self):
        return list(Observation.objects.filter(user=self.user, is_alert=True).order_by("pk"))


def people_in(answer):
    """The URLs of people on a page, each once."""
    found = re.findall(r'href="(/cases/[^"/]+/people/[^"/]+/)"', answer.content.decode())
    return list(dict.fromkeys(found))


def text_of(answer):
    """The whole page's source, unescaped: nothing may hide in it."""
    return unescape(answer.content.decode())


@pytest.fixture
def town(site, published):
    """The town in a site on each database, on a Friday morning."""
    here = settle(site, published)
    with time_machine.travel(here.now, tick=True) as clock:
        here.clock = clock
        yield here


@pytest.fixture
def seat(site, town):
    """A function that seats somebody: `seat("frontline", "police", name=..., team=...)`; signed in as `site.client` does."""

    def make(role="social-work-decision-maker", partner="", *, recently=True, **named):
        return Seat(site, site.user(role, partner, **named), town, recently=recently)

    return make


@pytest.fixture
def dana(seat):
    """A social worker at the front door, who lives in the town, and whose sister fled to a refuge."""
    worker = seat(name="Dana Whitlock", team="Front door")
    return worker.declares(story.HOME, story.FORMER, relatives=[("Mara Quist", "12 2 1992")])


@pytest.fixture
def lead(seat, site):
    """Who governs for the partnership's own office."""
    return seat("information-governance", "partnership", name="Ingrid Vale")


@pytest.fixture
def guardians(seat):
    """Two guardians of different organisations."""
    return (
        seat("identity-guardian", "childrens-social-care", name="Grace Holt"),
        seat("identity-guardian", "police", name="Gideon Marsh"),
    )


@pytest.fixture
def worker(seat):
    """A social worker who declared nothing that concerns the town."""
    return seat(name="Ada Lane")


def verdict(desk, reference, *, yes=True, reason="I spoke to the worker, and it is so."):
    return desk.post(f"/protection/requests/{reference}/", verdict="yes" if yes else "no", reason=reason)


def told(desk):
    return [one.sentence for one in Notice.objects.filter(membership__user=desk.user)]
