"""A footprint's page, put together from its parts. Of somebody protected or closed there is who it is, whom to ring, no more."""

from __future__ import annotations

from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.timeline import timeline
from footprint.web.cases.person import destinations
from footprint.web.cases.person.destinations import Destinations
from footprint.web.cases.person.presenters import family, open_to, partners, statements
from footprint.web.cases.person.presenters.apart import Apart, apart
from footprint.web.cases.person.presenters.changed import Changed, changed
from footprint.web.cases.person.presenters.family import Baby, Family
from footprint.web.cases.person.presenters.homes import Homes, homes
from footprint.web.cases.person.presenters.identity import Identity, identity
from footprint.web.cases.person.presenters.numbers import numbers
from footprint.web.cases.person.presenters.open_to import AtHome, OpenTo
from footprint.web.cases.person.presenters.partners import Folded, Partner, Silent
from footprint.web.cases.person.presenters.picture import Picture, picture
from footprint.web.cases.person.presenters.ring import Ring, ring
from footprint.web.cases.person.presenters.stamp import NO_REFERENCE, receipt_line
from footprint.web.cases.person.presenters.statements import Field
from footprint.web.cases.person.presenters.who import Who, who
from footprint.web.cases.person.queries import reported_wrong
from footprint.web.cases.person.services import Shown
from footprint.web.cases.scope import Scope
from footprint.web.subscriptions.whom import refusal_of

_BROKERED: Final = {
    "protected": "Protected: contact goes through the hub",
    "restricted": "Closed: contact goes through the hub",
}


class PersonPage(NamedTuple):
    """Everything on the page, in the order in which it stands there. Empty is what there is nothing to say of.

    `brokered`, `sentence` and `ring` are of somebody protected or closed: then all that follows is empty, but for how fresh
    partners are.
    """

    who: Who
    brokered: str
    sentence: str
    ring: Ring | None
    open_to: tuple[OpenTo, ...]
    open_at_home: tuple[AtHome, ...]
    babies: tuple[Baby, ...]
    apart: Apart | None
    may_be_same: str
    conflicts: str
    homes: Homes
    changed: Changed | None
    sharing: tuple[Partner, ...]
    silent: tuple[Silent, ...]
    picture: Picture | None
    fields: tuple[Field, ...]
    family: Family
    identity: Identity
    fresh: tuple[Partner, ...]
    fresh_folded: tuple[Folded, ...]
    published: str
    shown_from: str
    receipt: str
    receipt_line: str
    reference: str
    concerns: str
    purpose: str
    numbers: list[tuple[str, str]]
    to: Destinations


def page_of(scope: Scope, shown: Shown, handle: str) -> PersonPage:
    """Return the page of a footprint that may leave."""
    answer = shown.footprint
    wrong = reported_wrong(scope)
    urls = destinations.people(scope.case, shown.handles)
    to = destinations.destinations(scope.case, handle)
    if refusal_of(answer) or not scope.actor.may("subscribe"):
        to = to._replace(tell_me="")
    is_open = answer.standing == "open"
    fresh, folded = partners.freshness(answer)
    return PersonPage(
        who=who(answer),
        brokered=_BROKERED.get(answer.standing, ""),
        sentence=answer.sentence,
        ring=ring(answer.ring, words.HUB, wrong),
        open_to=open_to.open_to(answer, wrong),
        open_at_home=open_to.of_the_home(answer.open_at_home, urls, wrong),
        babies=family.babies(answer, urls),
        apart=apart(scope, answer, urls, to.doubt_too),
        may_be_same=answer.may_be_same,
        conflicts=statements.conflicts(answer),
        homes=homes(answer),
        changed=changed(shown.looked.at, shown.changes) if shown.looked else None,
        sharing=partners.sharing(answer, wrong),
        silent=partners.silent(answer, wrong) if is_open else (),
        picture=picture(timeline(answer)) if is_open else None,
        fields=statements.fields(answer),
        family=family.family(answer, urls),
        identity=identity(answer, urls, destinations.others(to, shown.handles)),
        fresh=fresh,
        fresh_folded=folded,
        published=words.day(answer.day),
        shown_from=words.day(answer.shown_from),
        receipt=shown.receipt.number,
        receipt_line=receipt_line(scope, shown.receipt),
        reference=scope.case.reference or NO_REFERENCE,
        concerns=scope.case.concerns,
        purpose=scope.purpose.label,
        numbers=numbers(answer),
        to=to,
    )
