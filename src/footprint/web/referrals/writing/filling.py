"""What a case has shown, and what an occurrence holds, as lines that may be filled in: through the scope, no more than it shows.

Of another partner's record those lines are offered that a footprint's page shows of somebody; of the own organisation's all.
Of whoever is protected remain name and birthday. Each look is entered in the ledger as every look-up is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from footprint.answer.content import Content
from footprint.answer.footprint import footprint
from footprint.answer.statements import called
from footprint.referrals.prefilling import (
    Filled,
    Line,
    Part,
    Source,
    begin,
    fill,
    occurrence_lines,
    offers,
    worker_line,
)
from footprint.referrals.referral import Referral
from footprint.referrals.routing import KnownWorker
from footprint.web.cases.answering import day_of
from footprint.web.cases.looking_up import ShownPerson, look_up
from footprint.web.cases.models import KnownPerson, Viewing
from footprint.web.cases.scope import Scope
from footprint.web.protection.own.near import Near

#: What the page of a footprint shows of anybody.
_ON_THE_PAGE: Final = frozenset("name other_names birthday due age sex address relationship worker".split())
_OF_THE_PROTECTED: Final = frozenset({"name", "birthday"})
_MOST: Final = 30


class Known(NamedTuple):
    """Somebody whom this actor may know: what to call them, how they stand, and their records with whose word each is."""

    person_id: str
    name: str
    standing: str
    sources: tuple[Source, ...]


class Someone(NamedTuple):
    """Somebody who may be filled in: what to call them, as what and why, their records, and the lines to choose from."""

    person_id: str
    name: str
    part: Part
    why: str
    records: tuple[str, ...]
    lines: tuple[Line, ...]


class Offered(NamedTuple):
    """Everybody who may be filled in, and lines that are about nobody alone."""

    people: tuple[Someone, ...]
    lines: tuple[Line, ...] = ()


def of_the_case(scope: Scope) -> Offered:
    """Return what may be filled in of those who were opened in this case, and of their households."""
    ids = _opened_in(scope)

    def ask() -> Offered:
        return Offered(_someones(scope, _known(scope, ids)))

    return look_up(scope, "prefill", ask, _shown).answer


def of_an_occurrence(scope: Scope, reference: str) -> Offered:
    """Return what may be filled in of an occurrence of the actor's own organisation, by its reference."""

    def ask() -> Offered:
        records = _references(scope.content, scope.actor.organisation).get(_plain(reference), ())
        found = (scope.people.by_record(key) for key in records)
        known = _known(scope, list(dict.fromkeys(one.id for one in found if one)))
        own = [source for one in known for source in one.sources if _is_own(scope, str(source.record.key))]
        return Offered(_someones(scope, known), occurrence_lines(reference, own))

    return look_up(scope, "prefill-occurrence", ask, _shown, terms={"reference": reference}).answer


def filled_with(said: Referral, offered: Offered, chosen: frozenset[str]) -> Filled:
    """Return the referral with the chosen lines; all records of one person go to one child, or one adult."""
    to: dict[str, str] = {}
    lines = [line for line in offered.lines if line.id in chosen]
    for one in offered.people:
        theirs = [line for line in one.lines if line.id in chosen]
        if about := [line.record for line in theirs if line.part == one.part]:
            said, place = begin(said, one.part, _before(said, one) or about[0])
            to |= dict.fromkeys(one.records, place.key)
        lines += theirs
    return fill(said, lines, to)


def _known(scope: Scope, ids: Sequence[str]) -> list[Known]:
    """Those of them whom this actor may know; whoever is close to the actor is left out."""
    near, found = Near(scope), []
    for person_id in ids:
        shown = scope.people.find(person_id)
        if shown is not None and not near.is_declared(person_id):
            sources = tuple(
                Source(
                    one.record,
                    one.partner_name,
                    one.on,
                    tuple(said.involvement for said in entry.reported if shown.standing == "open"),
                )
                for one, entry in zip(shown.sources, shown.entries, strict=True)
            )
            found.append(Known(person_id, called(shown.sources), shown.standing, sources))
    return found


def _someones(scope: Scope, known: Sequence[Known]) -> tuple[Someone, ...]:
    """The people of the records, the children first. One record that says child makes all of somebody's a child's."""
    everybody, day = [source for one in known for source in one.sources], day_of(scope)
    first = {offer.record: offer for offer in offers(everybody, day)}
    parts: dict[str, Part] = {}
    for one in known:
        keys = [key for source in one.sources if (key := str(source.record.key)) in first]
        part: Part = "child" if any(first[key].part == "child" for key in keys) else "adult"
        parts |= dict.fromkeys(keys, part)
    told = {offer.record: offer for offer in offers(everybody, day, parts)}
    people = []
    for one in known:
        keys = [key for source in one.sources if (key := str(source.record.key)) in told]
        if keys:
            lines = [
                line for key in keys for line in told[key].lines if _may_be_shown(scope, one.standing, line)
            ]
            lines += _workers(scope, one)
            why = next(first[key].why for key in keys if first[key].part == parts[key])
            people.append(Someone(one.person_id, one.name, parts[keys[0]], why, tuple(keys), tuple(lines)))
    return tuple(sorted(people, key=lambda one: one.part == "adult"))


def _may_be_shown(scope: Scope, standing: str, line: Line) -> bool:
    if standing != "open":
        return line.field in _OF_THE_PROTECTED
    return line.field in _ON_THE_PAGE or _is_own(scope, line.record)


def _is_own(scope: Scope, record: str) -> bool:
    return record.startswith(f"{scope.actor.organisation}/")


def _workers(scope: Scope, known: Known) -> Iterator[Line]:
    """Who works with somebody, as their footprint says it; the line is told from others by whom it is about."""
    answer = footprint(
        scope.people, known.person_id, scope.now, hub=scope.hub, disclosure=scope.ruling.disclosure
    )
    if answer is None:
        return
    for one in answer.workers:
        # A detective who investigates an adult is not the family's worker, and no referral goes to them.
        if not one.investigates(is_child=answer.is_child):
            line = worker_line(KnownWorker(one.partner, one.name, one.contact, one.confirmed_on))
            yield line._replace(record=known.person_id)


def _before(said: Referral, one: Someone) -> str:
    """The record by which this person stands in the referral already, or ""."""
    people = said.children if one.part == "child" else said.adults
    return next((each.record for each in people if each.record in one.records), "")


def _shown(offered: Offered) -> Iterable[ShownPerson]:
    return (ShownPerson(one.person_id, "listed", one.records) for one in offered.people)


def _opened_in(scope: Scope) -> list[str]:
    opened = Viewing.objects.filter(case=scope.case, how__in=("opened", "printed")).values("person_id")
    households = KnownPerson.objects.filter(case=scope.case, person_id__in=opened).values("household")
    known = KnownPerson.objects.filter(case=scope.case, household__in=households).order_by("pk")
    return list(known.values_list("person_id", flat=True)[:_MOST])


def _plain(reference: str) -> str:
    return "".join(reference.split()).casefold()


@lru_cache(maxsize=4)
def _references(content: Content, partner: str) -> Mapping[str, tuple[str, ...]]:
    """The records of one partner by the references of their involvements: read once for each snapshot, which never changes."""
    found: dict[str, list[str]] = {}
    for key in content.keys_of_partner(partner):
        for one in content.entry(key).reported:
            if one.involvement.reference:
                found.setdefault(_plain(one.involvement.reference), []).append(key)
    return {reference: tuple(dict.fromkeys(keys)) for reference, keys in found.items()}
