"""Feeds and receipts as finished words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.feeds.freshness import FeedStatus
from footprint.feeds.holding import Waiting
from footprint.feeds.receipt import Receipt, as_text
from footprint.web.design.words import moment, number

_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "fresh": ("Fresh", "govuk-tag--green"),
    "late": ("Late", "govuk-tag--yellow"),
    "stale": ("Too old to rely on", "govuk-tag--red"),
    "unconnected": ("Not connected", "govuk-tag--grey"),
}
_OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    "accepted": ("Accepted", "govuk-tag--green"),
    "held": ("Held", "govuk-tag--red"),
    "parked": ("Waits for the one before", "govuk-tag--yellow"),
    "refused": ("Refused", "govuk-tag--red"),
}


class Feed(NamedTuple):
    """One feed: its partner, how fresh it is in words and in a colour, and how many deliveries wait."""

    feed: str
    name: str
    state: str
    colour: str
    as_of: str
    due: str
    records: str
    waiting: str
    worrying: bool


class Delivery(NamedTuple):
    """One delivery: when it came, what became of it and why, and what it would change."""

    feed: str
    arrival: int
    received: str
    as_of: str
    outcome: str
    colour: str
    sentence: str
    findings: Sequence[str]
    effects: Sequence[str]
    text: str


def feeds(found: Sequence[FeedStatus]) -> list[Feed]:
    """Return every feed, those first that need somebody."""
    listed = [_feed(one) for one in found]
    return sorted(listed, key=lambda one: (not one.worrying, one.name))


def _feed(one: FeedStatus) -> Feed:
    state, colour = _STATES[one.state]
    return Feed(
        feed=one.feed,
        name=one.name,
        state=f"{state}: alarm" if one.alarm else state,
        colour=colour,
        as_of=words.day(one.as_of.isoformat()) if one.as_of else "nothing yet",
        due=moment(one.due) if one.due else "not agreed",
        records=number(one.records),
        waiting=number(one.waiting) if one.waiting else "none",
        worrying=bool(one.waiting) or one.alarm or one.state == "stale",
    )


def held(found: Sequence[Waiting]) -> list[Delivery]:
    """Return the deliveries that wait."""
    return [delivery(one.receipt, one.feed, one.arrival) for one in found]


def delivery(receipt: Receipt, feed: str = "", arrival: int = 0) -> Delivery:
    """Return one delivery."""
    outcome, colour = _OUTCOMES[receipt.outcome]
    return Delivery(
        feed=feed or receipt.feed,
        arrival=arrival or receipt.arrival,
        received=moment(receipt.received_at),
        as_of=words.day(receipt.as_of.isoformat()) if receipt.as_of else "no day said",
        outcome=outcome,
        colour=colour,
        sentence=receipt.sentence,
        findings=[f"{one.gate}: {one.sentence}" for one in receipt.gates],
        effects=_effects(receipt),
        text=as_text(receipt),
    )


def _effects(receipt: Receipt) -> list[str]:
    """What the delivery holds and what releasing it would take away, as far as its receipt tells."""
    changes = receipt.changes
    said = [
        (receipt.rows_in, "rows came"),
        (receipt.kept, "rows can be used"),
        (receipt.quarantined, "rows cannot be used"),
        (changes.records_added, "records are new"),
        (changes.records_changed, "records would change"),
        (changes.records_not_reported, "records that stand now are not in it"),
        (changes.involvements_not_reported, "involvements that stand now are not in it"),
    ]
    return [f"{number(count)} {what}" for count, what in said if count or what == "rows came"]
