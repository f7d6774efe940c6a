"""What each partner shares, open things first; and those that share nothing, in rule 4's words, many of a sector in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, InvolvementLine, PartnerAnswer
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.records.codes import SECTORS
from footprint.records.published import FeedCondition
from footprint.web.cases.person.presenters.ring import Ring, rings
from footprint.web.cases.person.presenters.who import Mark

# A sector with more partners than this of which there is nothing to say is told in one line.
MOST_ONE_BY_ONE: Final = 3
# Nobody is helped by reading first that a child goes to school.
_EVERYDAY: Final = frozenset({"on-roll"})
#: What many partners of a sector are called.
_KINDS: Final = {
    "school": "schools",
    "police": "police forces",
    "acute-trust": "hospital trusts",
    "childrens-social-care": "children’s social care departments",
}
#: Silent partners by what is said of them, that to be read first first.
_ORDER: Final = {words.HELD_APART: 0, words.NOTHING_SHARED: 1}
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
    only_by: str


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
    """Many partners of one sector, equally fresh, of which the same is to be said.

    On paper nothing can be unfolded: there `names` are in one line, with `numbers` to ring for each, and `freshness` of all.
    """

    title: str
    condition: Mark | None
    partners: tuple[Partner, ...]
    names: str
    numbers: str
    freshness: str


class Silent(NamedTuple):
    """Partners of which one sentence holds: each by itself, and sectors of many folded."""

    says: str
    partners: tuple[Partner, ...]
    folded: tuple[Folded, ...]


def sharing(answer: Footprint, wrong: Wrong = NONE_WRONG) -> tuple[Partner, ...]:
    """Return the partners that share something, those with something open before the others."""
    found = [one for one in answer.partners if one.involvements or one.existence]
    return tuple(_partner(one, wrong) for one in sorted(found, key=_rank))


def silent(answer: Footprint, wrong: Wrong = NONE_WRONG) -> tuple[Silent, ...]:
    """Return the partners that share nothing, by the sentence that says so; those that are connected first.

    Of whom everything stands in another part that this reader may open, it is said that it does.
    """
    sentences: dict[str, list[PartnerAnswer]] = {}
    elsewhere = _held_apart(answer)
    for one in answer.partners:
        if not (one.involvements or one.existence):
            sentences.setdefault(words.HELD_APART if one in elsewhere else one.says, []).append(one)
    ordered = sorted(sentences.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER)))
    shared = {one.sector for one in answer.partners if one.involvements or one.existence}
    return tuple(_silent(says, partners, shared, wrong) for says, partners in ordered)


def freshness(answer: Footprint) -> tuple[tuple[Partner, ...], tuple[Folded, ...]]:
    """Return every partner for how fresh it is: one by one, but for the many of a sector that are equally fresh."""
    folded = _folded(answer.partners, frozenset(), NONE_WRONG)
    return _apart(answer.partners, folded, NONE_WRONG), folded


def _held_apart(answer: Footprint) -> list[PartnerAnswer]:
    """The partners whose records are in the other parts alone, as far as these may be seen: `apart` has no other."""
    there = {key.partition("/")[0] for part in answer.apart for key in part.records}
    return [one for one in answer.partners if one.partner in there and not one.records]


def _rank(partner: PartnerAnswer) -> int:
    if any(line.open and line.code not in _EVERYDAY for line in partner.involvements):
        return 0
    return 1 if partner.involvements else 2


def _silent(says: str, partners: Sequence[PartnerAnswer], shared: Iterable[str], wrong: Wrong) -> Silent:
    folded = _folded(partners, frozenset(shared), wrong)
    return Silent(says, _apart(partners, folded, wrong), folded)


def _apart(partners: Iterable[PartnerAnswer], folded: Iterable[Folded], wrong: Wrong) -> tuple[Partner, ...]:
    """Those that are in no fold."""
    inside = {partner.id for group in folded for partner in group.partners}
    return tuple(_partner(one, wrong) for one in partners if one.partner not in inside)


def _folded(partners: Iterable[PartnerAnswer], shared: frozenset[str], wrong: Wrong) -> tuple[Folded, ...]:
    """Sectors with many of these partners. `shared` are the sectors of which another partner stands above."""
    sectors: dict[tuple[str, FeedCondition], list[PartnerAnswer]] = {}
    for one in partners:
        sectors.setdefault((one.sector, one.state), []).append(one)
    return tuple(
        _fold(sector, many, wrong, is_all=sector not in shared)
        for (sector, _), many in sectors.items()
        if len(many) > MOST_ONE_BY_ONE
    )


def _fold(sector: str, many: Sequence[PartnerAnswer], wrong: Wrong, *, is_all: bool) -> Folded:
    partners = tuple(_partner(one, wrong) for one in many)
    kind = _KINDS.get(sector, f"partners ({SECTORS.get(sector, sector)})")
    fresh = list(dict.fromkeys(one.freshness for one in partners))
    return Folded(
        title=f"{len(many)} {kind}" if is_all else f"{len(many)} other {kind}",
        condition=_CONDITION[many[0].state],
        partners=partners,
        names=f"{words.listed(one.name for one in partners)}.",
        numbers=f"{'; '.join(_with_numbers(partners))}.",
        freshness=fresh[0]
        if len(fresh) == 1
        else "; ".join(f"{one.name} {one.freshness}" for one in partners),
    )


def _with_numbers(partners: Iterable[Partner]) -> Iterator[str]:
    """The partners with the number to ring, those of one number together."""
    names: dict[str, list[str]] = {}
    for one in partners:
        ways = [
            f"{way.phone}{f' ({words.inside(way.wrong)})' if way.wrong else ''}"
            for way in one.rings
            if way.phone
        ]
        names.setdefault(" or ".join(ways) or "no number", []).append(one.name)
    return (f"{words.listed(called)}: {numbers}" for numbers, called in names.items())


def _partner(partner: PartnerAnswer, wrong: Wrong) -> Partner:
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
        rings=rings(
            [*contacts, partner.duty] if partner.says or not contacts else contacts, partner.partner, wrong
        ),
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
        only_by=f"Told only by {line.only_by}" if line.only_by else "",
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
