"""The site and its database killed at random moments: no answer without its entry, and no entry lost that was acknowledged.

Twenty kills by default, half of the site's processes and half of the database; FOOTPRINT_KILLS asks for more. What a failure
prints brings its moments back.
"""

import os
import random
import time

import pytest
from django.db import connections

from footprint.web.accounts.demo.services import make_demo
from footprint.web.cases.models import Viewing
from footprint.web.ledger.store import ledger
from tests.private_postgresql import postgresql_server
from tests.system_components import postgresql_programs
from tests.web.cases.conftest import agree
from tests.web.cases.town import TYPED, told
from tests.web.databases import prepare_postgresql
from tests.web.killing import NO_RECORD, RECEIPT, Kills, Server, Visitor

KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
SEED = int(os.environ.get("FOOTPRINT_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
VISITORS = 2
LONGEST = 0.8  # seconds from the site's being up to a kill: some visits to and fro
# Without any that buys speed: a server that may lose what it acknowledged would lose it.
DURABLE = ("listen_addresses=", "shared_buffers=32MB")
PEOPLE = (
    *(one for one in TYPED if all(one)),
    ("Amandeep", "Kaur", "4/5/1991"),
    ("Dean", "Oakes", "1/1/1985"),
)
PLENTY = "soft_per_hour: 1000000, soft_per_day: 1000000, hard_per_day: 1000000, results: 20"


@pytest.fixture
def durable_postgresql():
    """A PostgreSQL of this test's own, which may be killed."""
    with postgresql_server(*postgresql_programs(), DURABLE) as server:
        yield server


@pytest.fixture
def site_on_durable_postgresql(durable_postgresql, _site, migrated_database, tmp_path):
    (tmp_path / "template").mkdir()
    prepare_postgresql(migrated_database, durable_postgresql.url, tmp_path / "template")
    return _site("postgresql", durable_postgresql.url)


@pytest.fixture
def open_doors(published):
    """A function that fills a site, starts it, and sends visitors: `server, kills, visitors = open_doors(site)`."""
    servers, sent = [], []

    def open_site(site):
        site.use(published(told))
        agree(site, limits=PLENTY)
        make_demo(site.data)
        servers.append(Server(site))
        servers[0].start()
        kills = Kills()
        sent.extend(Visitor(servers[0].address, number, PEOPLE, kills) for number in range(VISITORS + 1))
        kills.is_over()
        for visitor in sent[:VISITORS]:
            visitor.start()
        return servers[0], kills, sent

    yield open_site
    for server in servers:
        server.kill()
    for visitor in sent[:VISITORS]:
        visitor.goes()


def everybody_goes_on(visitors):
    """Whether each gets through a whole look-up now; an own fault of one ends the wait."""
    before = [visitor.rounds for visitor in visitors]
    deadline = time.monotonic() + 60
    while any(one.is_alive() and one.rounds == was for one, was in zip(visitors, before, strict=True)):
        assert time.monotonic() < deadline, "nobody gets through"
        time.sleep(0.02)


def entries():
    """Every entry of the ledger, oldest first."""
    found = []
    while more := ledger().entries(first=len(found), limit=5000):
        found += more
    return found


def settled(visitors, kills, record_property):
    """Hold what visitors were told against the ledger, which stands alone now."""
    moments = f"FOOTPRINT_SEED={SEED} brings these moments back"
    assert [fault for visitor in visitors for fault in visitor.faults] == [], moments
    connections.close_all()
    report = ledger().verify()
    assert report.sound, f"{report.text()}\n{moments}"
    all_entries = entries()
    assert len(all_entries) == report.entries

    outcomes = {one.receipt_number: one.leaf for one in all_entries if one.leaf.kind == "outcome"}
    receipts = set().union(*(visitor.receipts for visitor in visitors))
    assert receipts <= set(outcomes), f"{sorted(receipts - set(outcomes))} are not in the ledger: {moments}"
    assert receipts, "nobody was answered: the test tests nothing"

    opened = [one.leaf.case for one in all_entries if one.leaf.action == "case-open"]
    assert set().union(*(visitor.cases for visitor in visitors)) <= set(opened), moments
    assert len(opened) == len(set(opened)), moments

    intents = {one.leaf.sequence for one in all_entries if one.leaf.kind == "intent"}
    answered = [leaf.intent for leaf in outcomes.values()]
    assert set(answered) <= intents, moments
    assert len(answered) == len(set(answered)), moments

    remembered = set(Viewing.objects.values_list("receipt", "person_id"))
    entered = {(number, person) for number, leaf in outcomes.items() for person in leaf.shown}
    assert remembered == entered, moments

    record_property("kills", kills.number)
    record_property("landed", len(kills.met))
    # A request that has all it needs of the database, or had asked for nothing yet, may come through a kill unharmed.
    assert len(kills.met) >= kills.number // 2, f"{len(kills.met)} of {kills.number} kills met a request"


def test_a_killed_site_answered_nothing_that_is_not_in_the_ledger(
    site_on_sqlite, open_doors, record_property
):
    server, kills, visitors = open_doors(site_on_sqlite)
    dice = random.Random(SEED)
    for _ in range(KILLS - KILLS // 2):
        time.sleep(dice.uniform(0, LONGEST))
        kills.comes()
        server.kill()
        server.start()
        kills.is_over()
    everybody_goes_on(visitors[:VISITORS])
    for visitor in visitors[:VISITORS]:
        visitor.goes()
    server.kill()
    settled(visitors, kills, record_property)


def test_with_its_database_killed_the_site_shows_nothing_and_goes_on_by_itself_when_it_is_back(
    site_on_durable_postgresql, durable_postgresql, open_doors, record_property
):
    server, kills, visitors = open_doors(site_on_durable_postgresql)
    dice = random.Random(SEED)
    *_, onlooker = visitors  # visits in this thread
    onlooker.visit()
    paths = [*onlooker.visit(), "/", "/health"]
    for _ in range(KILLS // 2):
        time.sleep(dice.uniform(0, LONGEST))
        kills.comes()
        durable_postgresql.kill()
        for path in paths:
            page = onlooker.receive("GET", path)
            assert page.whole
            assert page.status == 503, f"{path}: {page.status} {page.url}"
            assert NO_RECORD in page.text
            assert not RECEIPT.search(page.text)
            assert not any(family in page.text for _, family, _ in PEOPLE), path
        durable_postgresql.start()
        kills.is_over()
        onlooker.visit()
        if onlooker.has_left:  # nobody in particular is led to sign in, which needs no database
            onlooker.visit()
    everybody_goes_on(visitors[:VISITORS])
    for visitor in visitors[:VISITORS]:
        visitor.goes()
    server.kill()
    settled(visitors, kills, record_property)
