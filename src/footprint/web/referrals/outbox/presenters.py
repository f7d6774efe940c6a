"""The outbox, and what came of one referral in other systems, as finished words. What a message says is not among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.answer.words import counted
from footprint.referrals.codes import DECISIONS
from footprint.referrals.delivering import Outcome, Standing
from footprint.referrals.destinations import Destination
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment, number
from footprint.web.referrals.models import Attempt, Outgoing, Referral
from footprint.web.referrals.outbox import queries
from footprint.web.referrals.outbox.queries import Standings
from footprint.web.referrals.protecting import words_read_by

KINDS: Final[Mapping[str, str]] = {
    "referral": "Referral",
    "addition": "Addition",
    "decision": "Decision",
    "feedback": "Answer to the author",
}
WAYS: Final[Mapping[str, str]] = {
    "https": "by HTTPS",
    "folder": "by a watched folder",
    "email": "by e-mail, a reference alone",
}
_STANDINGS: Final[Mapping[str, tuple[str, str]]] = {
    Standing.WAITING: ("Waits", "govuk-tag--blue"),
    Standing.STUCK: ("Stuck", "govuk-tag--red"),
    Standing.REFUSED: ("Refused", "govuk-tag--red"),
    Standing.DELIVERED: ("Arrived", "govuk-tag--green"),
    Standing.SET_ASIDE: ("Set aside", "govuk-tag--grey"),
}
_OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.ACCEPTED: "Taken",
    Outcome.REFUSED: "Refused",
    Outcome.WAIT: "Asked to wait for an earlier message",
    Outcome.UNREACHED: "No receipt",
    Outcome.SET_ASIDE: "Set aside",
    Outcome.AGAIN: "Sent again",
}
#: What a referral's page says of its copies in one system, by the first of these where one of them stands.
_ON_THE_PAGE: Final[Mapping[str, str]] = {
    Standing.STUCK: "A copy does not get through. Those who can mend it were told, and it is sent again by itself.",
    Standing.REFUSED: "A copy was refused there. Those who can mend it were told.",
    Standing.WAITING: "A copy is on its way.",
    Standing.DELIVERED: "It has arrived.",
    Standing.SET_ASIDE: "It was not sent on.",
}
_NONE: Final = Standings(0, 0, 0, None)


class System(NamedTuple):
    """One destination: how it is reached, how its messages stand in words, and whether somebody must see to it."""

    name: str
    way: str
    state: str
    colour: str
    says: str
    since: str
    arrived: str
    alarming: bool


class Line(NamedTuple):
    """One message that has not arrived: of which referral by reference, what it is, where it stands and what was last said."""

    url: str
    title: str
    to: str
    state: str
    colour: str
    since: str
    tried: str
    last: str


class Try(NamedTuple):
    """One attempt, or what a person did."""

    at: str
    outcome: str
    says: str


class Panel(NamedTuple):
    """A part of the referral's page: its title, its rows by name, and sentences that somebody must see."""

    title: str
    rows: Sequence[tuple[str, str]]
    warnings: Sequence[str]


def systems(
    whereto: Sequence[Destination], counts: Mapping[str, Standings], arrived: Mapping[str, dt.datetime]
) -> list[System]:
    """Return every destination, and those that are gone while messages wait for them; who needs somebody first."""
    named = {one.id: one for one in whereto}
    found = [
        _system(one.label, WAYS[one.kind], counts.get(one.id, _NONE), arrived.get(one.id)) for one in whereto
    ]
    for gone in sorted(counts.keys() - named.keys()):
        name = gone or "No destination yet"
        way = "no longer in destinations.yaml" if gone else "destinations.yaml could not be read"
        found.append(_system(name, way, counts[gone], None, alarming=True))
    return sorted(found, key=lambda one: (not one.alarming, one.name))


def lines(
    actor: Actor,
    rows: Sequence[Outgoing],
    tried: Mapping[int, Sequence[Attempt]],
    whereto: Sequence[Destination],
    *,
    releases: bool,
) -> list[Line]:
    """Return messages that have not arrived. Those who may see to one are led to it."""
    labels = {one.id: one.label for one in whereto}
    return [_line(actor, row, tried[row.pk], labels, releases=releases) for row in rows]


def line(actor: Actor, row: Outgoing, tried: Sequence[Attempt], whereto: Sequence[Destination]) -> Line:
    """Return one message."""
    return _line(actor, row, tried, {one.id: one.label for one in whereto}, releases=True)


def tries(actor: Actor, tried: Sequence[Attempt]) -> list[Try]:
    """Return what was tried, the latest first."""
    return [
        Try(
            moment(one.at),
            _OUTCOMES[one.outcome],
            f"{one.by_name}: {_sentence(actor, one)}" if one.by_name else _sentence(actor, one),
        )
        for one in reversed(tried)
    ]


def panels_of(actor: Actor, referral: Referral) -> list[Panel]:
    """Return what the referral's page says of other systems: where copies are, by which reference, where decisions differ."""
    labels = {one.id: one.label for one in queries.whereto().destinations}
    references = queries.references_of(referral)
    by_place: dict[str, list[str]] = {}
    for row in queries.copies_of(referral):
        by_place.setdefault(row.destination, []).append(row.standing)
    warnings = [
        f"{labels.get(source, source)} decided differently: {DECISIONS[one.decision].label}, by {one.by},"
        f" {moment(one.at)}. {one.reason}"
        for source, one in queries.differing_of(referral)
    ]
    warnings += [
        f"{labels.get(source, source)} has closed it, by {one.by}, {moment(one.at)}, and here it was not closed so."
        f" {one.words}"
        for source, one in queries.unclosed_of(referral)
    ]
    rows = []
    for place, standings in by_place.items():
        said = next(words for standing, words in _ON_THE_PAGE.items() if standing in standings)
        under = f"Reference {references[place]}. " if place in references else ""
        rows.append((labels.get(place, place), under + said))
    return [Panel("In other systems", rows, warnings)] if rows or warnings else []


def _system(
    name: str, way: str, stand: Standings, arrived: dt.datetime | None, *, alarming: bool = False
) -> System:
    hanging = stand.stuck + stand.refused
    state, colour = (
        _STANDINGS[Standing.STUCK if stand.stuck else Standing.REFUSED]
        if hanging
        else ("Waits", "govuk-tag--blue")
        if stand.waiting
        else ("Nothing waits", "govuk-tag--green")
    )
    parts = [
        f"{number(count)} {words}"
        for count, words in (
            (stand.waiting, "waiting"),
            (stand.stuck, "stuck"),
            (stand.refused, "refused"),
        )
        if count
    ]
    return System(
        name=name,
        way=way,
        state=state,
        colour=colour,
        says=", ".join(parts) or "none",
        since=moment(stand.oldest) if stand.oldest else "nothing waits",
        arrived=moment(arrived) if arrived else "nothing yet",
        alarming=alarming or bool(hanging),
    )


def _line(
    actor: Actor, row: Outgoing, tried: Sequence[Attempt], labels: Mapping[str, str], *, releases: bool
) -> Line:
    state, colour = _STANDINGS[row.standing]
    last = tried[-1] if tried else None
    return Line(
        url=reverse("referrals:outbox_message", args=[row.pk]) if releases else "",
        title=f"{KINDS.get(row.kind, row.kind)} {row.referral.reference}, number {row.number}",
        to=labels.get(row.destination, row.destination or "no destination yet"),
        state=state,
        colour=colour,
        since=moment(row.created),
        tried=_tried(tried, row.due_at),
        last=f"{_OUTCOMES[last.outcome]}. {_sentence(actor, last)}".strip() if last else "",
    )


def _sentence(actor: Actor, one: Attempt) -> str:
    """What the other system said, or whoever sent it again or set it aside."""
    return words_read_by(actor.user_id, one.by, one.sentence)


def _tried(tried: Sequence[Attempt], due: dt.datetime | None) -> str:
    said = f"{counted(len(tried), 'attempt')}" if tried else "not tried yet"
    return f"{said}, next on {moment(due)}" if due and tried else said
