"""What a user sees who doubts a link or misses one: the records as each partner holds them, and who else it might be."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint
from footprint.web.cases.person.destinations import destinations
from footprint.web.cases.person.presenters.identity import called
from footprint.web.cases.person.presenters.stamp import receipt_line
from footprint.web.cases.person.services import Shown
from footprint.web.cases.scope import Scope


class Choice(NamedTuple):
    """One thing to choose: its value in the form, its label, and what tells it from the others."""

    value: str
    label: str
    hint: str


class DoubtPage(NamedTuple):
    """A page on which something is said of a person: who it is, what there is to choose, and where the way back leads."""

    name: str
    born: str
    back: str
    receipt: str
    choices: tuple[Choice, ...]
    suggested: tuple[str, ...]


def not_them(scope: Scope, shown: Shown, handle: str) -> DoubtPage:
    """Return the page on which records are said to be another's."""
    answer = shown.footprint
    names = {partner.partner: partner.name for partner in answer.partners}
    facts = _facts(answer)
    keys = [key for partner in answer.partners for key in partner.records]
    choices = [Choice(name_of(key), called(key, names), _sentence(facts[key])) for key in keys]
    return _page(scope, shown, handle, choices, tuple(name_of(key) for key in suggested(answer)))


def same(scope: Scope, shown: Shown, handle: str, said: Mapping[str, str], chosen: str) -> DoubtPage:
    """Return the page on which somebody else is said to be the same person. `said` has those of whom it was said already."""
    choices = []
    for other in shown.footprint.possible:
        if other.records:
            waits = (
                ("somebody says so already, and a data steward will decide",)
                if other.person_id in said
                else ()
            )
            hint = "; ".join((*other.why, *waits))
            value = shown.handles.get(other.person_id, "")
            choices.append(Choice(value, words.known_by(other.name, other.birth), _sentence([hint])))
    values = [one.value for one in choices]
    only = tuple(values) if len(values) == 1 else ()
    return _page(scope, shown, handle, choices, (chosen,) if chosen in values else only)


def name_of(key: str) -> str:
    """Return a record's name in a form: it tells nothing, and is the same from page to page."""
    return hashlib.blake2b(key.encode(), digest_size=8, person=b"footprint-doubt").hexdigest()


def suggested(answer: Footprint) -> tuple[str, ...]:
    """Return the records that stand against the others, where that is plain: one step then does it.

    The one value against which the others speak; or, where only two partners hold somebody, the records of one of the two.
    """
    for stated in answer.stated:
        if stated.field in answer.conflicts and len(stated.statements) == 2:
            many, few = sorted(stated.statements, key=lambda one: -len(one.said_by))
            if len(many.said_by) > len(few.said_by):
                return tuple(said.record for said in few.said_by)
    holding = [partner.records for partner in answer.partners if partner.records]
    if len(holding) == 2:
        return min(reversed(holding), key=len)
    return ()


def _page(
    scope: Scope, shown: Shown, handle: str, choices: list[Choice], suggested: tuple[str, ...]
) -> DoubtPage:
    answer = shown.footprint
    return DoubtPage(
        name=answer.name,
        born=answer.birth,
        back=destinations(scope.case, handle).person,
        receipt=receipt_line(scope, shown.receipt),
        choices=tuple(choices),
        suggested=suggested,
    )


def _facts(answer: Footprint) -> Mapping[str, list[str]]:
    """What each record says of who this is, in the order in which fields stand on the footprint."""
    found: dict[str, list[str]] = defaultdict(list)
    for stated in answer.stated:
        before = {"birth": "born ", "death": "died "}.get(stated.field, "")
        for statement in stated.statements:
            for said in statement.said_by:
                found[said.record].append(f"{before}{statement.value}")
    for partner in answer.partners:
        for key in partner.records:
            found[key].append(partner.freshness)
    return found


def _sentence(parts: list[str]) -> str:
    return "; ".join(_texts(parts))


def _texts(parts: list[str]) -> Iterator[str]:
    yield from (part for part in dict.fromkeys(parts) if part)
