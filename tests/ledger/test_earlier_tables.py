"""A ledger that an earlier version made: brought up to date when its owner opens it, and no entry changed."""

import pytest

from footprint.ledger import Ledger, LedgerUnavailable, earlier_tables
from footprint.ledger.store import bodies
from tests.ledger.test_entering import REFUSALS


@pytest.fixture
def earlier(ledger, place, event, monkeypatch):
    """The tables as they were before entries could be asked for by their action; more entries than are renewed at once."""
    monkeypatch.setattr(earlier_tables, "BATCH", 3)
    ledger.record_all([event(action=("search", "show")[number % 2], shown=("P1",)) for number in range(7)])
    place.drop_triggers()
    place.run("DROP INDEX ledger_entry_action", "ALTER TABLE ledger_entry DROP COLUMN action")
    return list(bodies(ledger._database))


def test_an_earlier_ledger_is_renewed_when_its_owner_opens_it(earlier, place, keys, clock, event):
    renewed = Ledger.open(place.connect(), keys, clock)
    assert [entry.leaf.sequence for entry in renewed.entries(action="show")] == [1, 3, 5]
    assert renewed.verify().sound
    assert renewed.record(event()).sequence == 7
    assert list(bodies(renewed._database))[:7] == earlier


def test_afterwards_it_refuses_changes_as_before(earlier, place, keys, clock):
    Ledger.open(place.connect(), keys, clock)
    for statement in ("UPDATE ledger_entry SET action = ''", "DELETE FROM ledger_entry"):
        with pytest.raises(REFUSALS, match="only grows"):
            place.run(statement)


def test_an_entry_that_cannot_be_read_stops_nothing_and_shows_in_the_check(earlier, place, keys, clock):
    place.run("UPDATE ledger_entry SET body = '{' WHERE sequence = 4")
    renewed = Ledger.open(place.connect(), keys, clock)
    assert [entry.leaf.sequence for entry in renewed.entries(action="show")] == [1, 3, 5]
    assert "Entry 4 cannot be read" in renewed.verify().text()


def test_who_does_not_own_the_tables_is_told_that_they_are_old(earlier, place, keys, event):
    over = Ledger.over(place.connect(), keys)
    with pytest.raises(LedgerUnavailable):
        over.record(event())
    with pytest.raises(LedgerUnavailable):
        over.entries(action="show")


def test_an_action_that_was_changed_in_the_search_columns_shows(ledger, place, event):
    ledger.record(event())
    place.drop_triggers()
    place.run("UPDATE ledger_entry SET action = 'publish'")
    assert "The search columns of entry 0 do not say what the entry says." in ledger.verify().text()
