"""Feeds and receipts as finished words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.freshness import feed_names
from footprint.feeds.freshness import FeedStatus
from footprint.feeds.holding import Waiting
from footprint.feeds.receipt import Receipt, as_text
from footprint.web.design.words import moment, number
from footprint.web.feeds.models import WrongNumber

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
    """One delivery: when it came, what became of it and why, and of one that waits what is in it and what stands now."""

    feed: str
    name: str
    arrival: int
    received: str
    as_of: str
    outcome: str
    colour: str
    sentence: str
    findings: Sequence[str]
    effects: Sequence[str]
    text: str


class Marked(NamedTuple):
    """A number that is said to be wrong: whose, and since when."""

    pk: int
    partner: str
    number: str
    said: str


def marked(found: Sequence[WrongNumber], names: Mapping[str, str]) -> list[Marked]:
    """Return the numbers that are said to be wrong, by the names of those whose they are, or their codes."""
    return [
        Marked(one.pk, names.get(one.partner, one.partner), one.number, moment(one.said_at)) for one in found
    ]


def feeds(found: Sequence[FeedStatus]) -> list[Feed]:
    """Return every feed, those first that need somebody; two of one partner have two names."""
    names = feed_names(found)
    listed = [_feed(one, names[one.feed]) for one in found]
    return sorted(listed, key=lambda one: (not one.worrying, one.name))


def _feed(one: FeedStatus, name: str) -> Feed:
    state, colour = _STATES[one.state]
    return Feed(
        feed=one.feed,
        name=name,
        state=f"{state}: alarm" if one.alarm else state,
        colour=colour,
        as_of=words.day(one.as_of.isoformat()) if one.as_of else "nothing yet",
        due=moment(one.due) if one.due else "not agreed",
        records=number(one.records),
        waiting=number(one.waiting) if one.waiting else "none",
        worrying=bool(one.waiting) or one.alarm or one.state == "stale",
    )


def held(found: Sequence[Waiting], names: Mapping[str, str]) -> list[Delivery]:
    """Return the deliveries that wait."""
    return [delivery(one.receipt, names, one.feed, one.arrival) for one in found]


def delivery(
    receipt: Receipt,
    names: Mapping[str, str],
    feed: str = "",
    arrival: int = 0,
    standing: FeedStatus | None = None,
) -> Delivery:
    """Return one delivery, by the names of feeds; beside what stands of its feed now, where that is given."""
    outcome, colour = _OUTCOMES[receipt.outcome]
    of = feed or receipt.feed
    return Delivery(
        feed=of,
        name=names.get(of, of),
        arrival=arrival or receipt.arrival,
        received=moment(receipt.received_at),
        as_of=words.day(receipt.as_of.isoformat()) if receipt.as_of else "no day said",
        outcome=outcome,
        colour=colour,
        sentence=receipt.sentence,
        findings=[f"{one.gate}: {one.sentence}" for one in receipt.gates],
        effects=_effects(receipt, standing),
        text=as_text(receipt),
    )


def _effects(receipt: Receipt, standing: FeedStatus | None) -> list[str]:
    """What is in a delivery, and of how many people and involvements it says nothing that stand now."""
    said = [f"{words.counted(receipt.rows_in, 'row')} came, {number(receipt.kept)} of them can be used."]
    for what, new, now in (
        ("record", receipt.records, standing.records if standing else 0),
        ("involvement", receipt.involvements, standing.involvements if standing else 0),
    ):
        missing = f"At least {number(now - new)} of these are not in it." if now > new else ""
        is_in, stands = ("is" if new == 1 else "are"), ("stands" if now == 1 else "stand")
        said.append(
            f"{words.counted(new, what)} {is_in} in it; {number(now)} {stands} now. {missing}".rstrip()
        )
    return said
