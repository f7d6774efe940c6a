"""What each partner shares, open things first; and those that share nothing, in rule 4's words, many of a sector in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, InvolvementLine, PartnerAnswer
from footprint.records.codes import SECTORS
from footprint.records.published import FeedCondition
from footprint.web.cases.person.presenters.ring import Ring, rings
from footprint.web.cases.person.presenters.who import Mark

# A sector with more partners than this of which there is nothing to say is told in one line.
MOST_ONE_BY_ONE: Final = 3
# Nobody is helped by reading first that a child goes to school.
_EVERYDAY: Final = frozenset({"on-roll"})
_CONDITION: Final[dict[FeedCondition, Mark | None]] = {
    "fresh": None,
    "late": Mark("Late", "care"),
    "stale": Mark("Too old to rely on", "loud"),
    "unconnected": Mark("Not connected", "care"),
}


class Line(NamedTuple):
    """Involvements of one kind: how often and when, as what, which reference to quote, and whom to ask for."""

    label: str
    is_open: bool
    when: str
    role: str
    reference: str
    ask_for: str
    unreported: str


class Partner(NamedTuple):
    """One partner: its lines, the sentence where there is nothing (or something more) to tell, how fresh, and whom to ring."""

    id: str
    name: str
    freshness: str
    condition: Mark | None
    says: str
    unreported: str
    lines: tuple[Line, ...]
    rings: tuple[Ring, ...]


class Folded(NamedTuple):
    """Many partners of one sector, equally fresh, of which the same is to be said."""

    title: str
    condition: Mark | None
    partners: tuple[Partner, ...]


class Silent(NamedTuple):
    """Partners of which one sentence holds: each by itself, and sectors of many folded."""

    says: str
    partners: tuple[Partner, ...]
    folded: tuple[Folded, ...]


def sharing(answer: Footprint) -> tuple[Partner, ...]:
    """Return the partners that share something, those with something open before the others."""
    found = [one for one in answer.partners if one.involvements or one.existence]
    return tuple(map(_partner, sorted(found, key=_rank)))


def silent(answer: Footprint) -> tuple[Silent, ...]:
    """Return the partners that share nothing, by the sentence that says so; those that are connected first."""
    sentences: dict[str, list[PartnerAnswer]] = {}
    for one in answer.partners:
        if not (one.involvements or one.existence):
            sentences.setdefault(one.says, []).append(one)
    ordered = sorted(sentences.items(), key=lambda pair: pair[0] != words.NOTHING_SHARED)
    shared = {one.sector for one in answer.partners if one.involvements or one.existence}
    return tuple(_silent(says, partners, shared) for says, partners in ordered)


def freshness(answer: Footprint) -> tuple[tuple[Partner, ...], tuple[Folded, ...]]:
    """Return every partner for how fresh it is: one by one, but for the many of a sector that are equally fresh."""
    folded = _folded(answer.partners, frozenset())
    return _apart(answer.partners, folded), folded


def _rank(partner: PartnerAnswer) -> int:
    if any(line.open and line.code not in _EVERYDAY for line in partner.involvements):
        return 0
    return 1 if partner.involvements else 2


def _silent(says: str, partners: Sequence[PartnerAnswer], shared: Iterable[str]) -> Silent:
    folded = _folded(partners, frozenset(shared))
    return Silent(says, _apart(partners, folded), folded)


def _apart(partners: Iterable[PartnerAnswer], folded: Iterable[Folded]) -> tuple[Partner, ...]:
    """Those that are in no fold."""
    inside = {partner.id for group in folded for partner in group.partners}
    return tuple(_partner(one) for one in partners if one.partner not in inside)


def _folded(partners: Iterable[PartnerAnswer], shared: frozenset[str]) -> tuple[Folded, ...]:
    """Sectors with many of these partners. `shared` are the sectors of which another partner stands above."""
    sectors: dict[tuple[str, FeedCondition], list[PartnerAnswer]] = {}
    for one in partners:
        sectors.setdefault((one.sector, one.state), []).append(one)
    return tuple(
        Folded(
            f"{SECTORS.get(sector, sector)}: {len(many)}{' others' if sector in shared else ''}",
            _CONDITION[state],
            tuple(map(_partner, many)),
        )
        for (sector, state), many in sectors.items()
        if len(many) > MOST_ONE_BY_ONE
    )


def _partner(partner: PartnerAnswer) -> Partner:
    since = partner.not_reported_since
    contacts = [line.contact for line in partner.involvements]
    # Open episodes that were confirmed before those that were not.
    lines = sorted(
        partner.involvements, key=lambda line: (not line.open, line.open and line.not_reported_since != "")
    )
    return Partner(
        id=partner.partner,
        name=partner.name,
        freshness=partner.freshness,
        condition=_CONDITION[partner.state],
        says=partner.says,
        unreported=f"Not reported since {words.day(since)}. That is not an end." if since else "",
        lines=tuple(_line(line, is_only=len(set(contacts)) == 1) for line in lines),
        # Where a sentence says "ring to ask", or there is no line, it is the partner's own number that is meant.
        rings=rings([*contacts, partner.duty] if partner.says or not contacts else contacts),
    )


def _line(line: InvolvementLine, *, is_only: bool) -> Line:
    since = line.not_reported_since
    return Line(
        label=line.label,
        is_open=line.open,
        when=_when(line),
        role="" if line.role == words.SUBJECT else f"as {line.role}",
        reference=line.reference,
        ask_for="" if is_only else line.contact.worker or line.contact.team,
        unreported=f"Not reported since {words.day(since)}. That is not an end." if since else "",
    )


def _when(line: InvolvementLine) -> str:
    """How often and when; "open" only as far as it was confirmed."""
    if line.open and line.not_reported_since:
        return f"Since {words.day(line.first)}"
    if line.open:
        return f"Since {words.day(line.first)}, last confirmed open on {words.day(line.confirmed_on)}"
    latest = max(line.spans, key=lambda span: span.end, default=None)
    when = words.span(latest.start, latest.end) if latest else words.day(line.last)
    if line.count == 1:
        return when
    return f"{line.count} times, the last {when if latest else f'on {when}'}"
