"""The footprint of one person: what each partner shares, how fresh that is, whom to ring, and why we believe it is one."""

from __future__ import annotations

import datetime as dt
from typing import Final

from footprint.answer import heading, involvements, words
from footprint.answer.apart import other_parts
from footprint.answer.disclosing import told
from footprint.answer.freshness import partner_states, principal, what_it_is
from footprint.answer.homes import homes
from footprint.answer.identity import links, possible_others
from footprint.answer.involvements import Seldom
from footprint.answer.lives import life
from footprint.answer.newborns import perhaps_baby
from footprint.answer.people import People, Shown
from footprint.answer.perhaps_same import remarked
from footprint.answer.relatives import relatives
from footprint.answer.statements import called, stated
from footprint.answer.values import Footprint, InvolvementLine, PartnerAnswer, PartnerState, Worker
from footprint.records import DutyContact
from footprint.records.disclosure import EVERYTHING, Disclosure
from footprint.records.window import Window

_SENTENCES: Final = {"open": "", "protected": words.PROTECTED, "restricted": words.RESTRICTED}
# Whose worker to ring first, where the person is open to several.
_FIRST_SECTOR: Final = "childrens-social-care"
_NOBODY: Final = DutyContact()


def footprint(
    people: People,
    person_id: str,
    now: dt.datetime,
    *,
    hub: DutyContact = _NOBODY,
    disclosure: Disclosure = EVERYTHING,
) -> Footprint | None:
    """Return the footprint of a person at `now` (with an offset), or None where there is nobody whom this user may know.

    `hub` brokers contact with somebody who is protected; without one it is children's social care. What `disclosure` withholds
    is taken away before anything is counted.
    """
    shown = people.find(person_id)
    if shown is None:
        return None
    window = Window.on(dt.date.fromisoformat(people.content.day))
    partners = _partners(people, shown, now, disclosure)
    lived = life(shown.sources, window.day)
    statements = stated(shown.sources) if shown.standing == "open" else ()
    family, possible = relatives(people, shown), possible_others(people, shown)
    parts = other_parts(people, shown)
    return Footprint(
        person_id=shown.id,
        standing=shown.standing,
        sentence=_SENTENCES[shown.standing],
        ring=_NOBODY if shown.standing == "open" else hub if hub != _NOBODY else _social_care(people),
        name=called(shown.sources),
        birth=lived.birth,
        age=lived.age,
        day=window.day,
        shown_from=window.shown_from,
        snapshot=people.content.snapshot,
        workers=_workers(partners),
        partners=partners,
        stated=statements,
        relatives=remarked(people, shown, family, possible),
        links=links(people, shown),
        possible=possible,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        death=heading.death(shown),
        conflicts=heading.conflicts(statements),
        may_be_same=heading.may_be_same(possible, parts),
        perhaps_baby=perhaps_baby(people, shown, family),
        apart=parts,
        homes=homes(shown.sources, window.day, window.shown_from) if shown.standing == "open" else (),
    )


def workers_of(people: People, shown: Shown, now: dt.datetime, disclosure: Disclosure) -> tuple[Worker, ...]:
    """Return to whom somebody is open, as their own footprint tells this reader, and nothing else of it."""
    return _workers(_partners(people, shown, now, disclosure))


def _partners(
    people: People, shown: Shown, now: dt.datetime, disclosure: Disclosure
) -> tuple[PartnerAnswer, ...]:
    states = partner_states(people.content.feeds, now)
    return tuple(_partner(people, shown, state, disclosure) for state in states)


def _partner(people: People, shown: Shown, state: PartnerState, disclosure: Disclosure) -> PartnerAnswer:
    feeds = [feed for feed in people.content.feeds if feed.partner == state.partner]
    main = principal(feeds)
    others = {feed.feed: Seldom(what_it_is(feed), feed.as_of) for feed in feeds if feed is not main}
    entries = [
        one for one in shown.entries if one.record.key.partner == state.partner and shown.standing == "open"
    ]
    may_say = told(people, shown, state.partner, disclosure)
    lines = involvements.lines(may_say.content, state.as_of, main.duty, others)
    last = max((entry.last_reported for entry in entries), default="")
    # Whom only the last of a feed names that comes seldom is not missing from it.
    is_missing = last < state.as_of and last not in {other.as_of for other in others.values()}
    return PartnerAnswer(
        partner=state.partner,
        name=state.name,
        sector=state.sector,
        as_of=state.as_of,
        state=state.state,
        freshness=state.says,
        says=_says(shown, state, lines, existence=may_say.existence),
        duty=main.duty if shown.standing == "open" else DutyContact(),
        involvements=lines,
        existence=may_say.existence,
        records=tuple(str(entry.record.key) for entry in entries),
        not_reported_since=last if is_missing else "",
    )


def _says(shown: Shown, state: PartnerState, lines: tuple[InvolvementLine, ...], *, existence: bool) -> str:
    if shown.standing != "open":
        return _SENTENCES[shown.standing]
    if state.state == "unconnected":
        return words.NOT_CONNECTED
    if existence:
        return words.MORE_EXISTS if lines else words.EXISTS
    return "" if lines else words.NOTHING_SHARED


def _social_care(people: People) -> DutyContact:
    return next((feed.duty for feed in people.content.feeds if feed.sector == _FIRST_SECTOR), _NOBODY)


def _workers(partners: tuple[PartnerAnswer, ...]) -> tuple[Worker, ...]:
    ordered = sorted(partners, key=lambda partner: (partner.sector != _FIRST_SECTOR, partner.name))
    return tuple(
        worker
        for partner in ordered
        for worker in involvements.workers(
            partner.partner, partner.name, partner.sector, partner.involvements
        )
    )
