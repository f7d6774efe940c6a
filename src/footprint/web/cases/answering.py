"""The answer to a look-up, asked inside the ledger: the intent is entered before anything is asked, the outcome before it leaves.

Who is shown, and with which of their records, is what the page says of them; the same function tells the ledger and the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from footprint.answer import again
from footprint.answer.addresses import search_address
from footprint.answer.family import FamilyAnswer, search_family
from footprint.answer.footprint import footprint
from footprint.answer.found import AddressAnswer, FoundPerson, SearchAnswer
from footprint.answer.open_at_home import at_the_address
from footprint.answer.searching import search_people
from footprint.answer.values import Footprint
from footprint.web.cases import asking
from footprint.web.cases.looking_up import Answered, ShownPerson, enter_named_again, look_up
from footprint.web.cases.models import LookUp
from footprint.web.cases.queries import look_ups_in
from footprint.web.cases.scope import Scope
from footprint.web.feeds.queries import said_wrong
from footprint.web.ledger.store import Facts

ABOVE_SOFT_LIMIT: Final = "above-soft-limit"
_FAMILY: Final = "family"
# Of more questions in one case nobody remembers the first.
_MOST_ASKED: Final = 20


class PersonFound(NamedTuple):
    """What a search by person found, and of a certain match the footprint: to whom they are open is said at once."""

    answer: SearchAnswer
    footprint: Footprint | None


def day_of(scope: Scope) -> dt.date:
    """Return the day of the data."""
    return dt.date.fromisoformat(scope.content.day)


def answer_person(scope: Scope, asked: LookUp, *, everyone: bool = False) -> Answered[PersonFound]:
    """Look a person up. With `everyone` those who fit less well are listed too."""
    question = asking.question_of(asked.terms, day_of(scope))

    def ask() -> PersonFound:
        answer = search_people(
            scope.people, scope.content, question, scope.now, limit=scope.limits.results, everyone=everyone
        )
        certain = next((one for one in answer.people if one.certain), None)
        return PersonFound(answer, _footprint(scope, certain) if certain else None)

    return look_up(
        scope,
        "search",
        ask,
        lambda found: _found(found.answer),
        **_said_of(asked, asking.terms_of(asked.terms)),
    )


def answer_address(scope: Scope, asked: LookUp) -> Answered[AddressAnswer]:
    """Look an address up."""
    address = asking.address_of(asked.terms)

    def ask() -> AddressAnswer:
        answer = search_address(scope.people, scope.content, address, scope.now)
        return at_the_address(scope.people, answer, scope.now, scope.ruling.disclosure)

    return look_up(
        scope,
        "search-address",
        ask,
        _residents,
        address=address,
        **_said_of(asked, {"address": asked.terms.get("place", ""), "flat": asked.terms.get("flat", "")}),
    )


def answer_family(scope: Scope, asked: LookUp) -> Answered[FamilyAnswer]:
    """Look a whole family up, in one answer."""
    questions = asking.family_questions(asked.terms, day_of(scope))
    address = asking.family_address(asked.terms)

    def ask() -> FamilyAnswer:
        return search_family(
            scope.people,
            scope.content,
            questions,
            address,
            scope.now,
            hub=scope.hub,
            disclosure=scope.ruling.disclosure,
            limit=scope.limits.results,
            wrong=said_wrong(scope.case.partnership_id),
        )

    said = _said_of(asked, asking.family_terms(asked.terms))
    return look_up(scope, "search-family", ask, _family, address=address, **said)


def named_by(scope: Scope, person_id: str) -> SearchAnswer | None:
    """Return the newest answer in this case that names somebody without being certain; None where one is, or none names them.

    It is asked anew, as every answer is, and for a text about this person alone: nobody else in it may be told.
    """
    people = scope.lent.usual if scope.lent else scope.people
    answers = (
        search_people(people, scope.content, question, scope.now, limit=scope.limits.results, everyone=True)
        for asked in look_ups_in(scope.case, _MOST_ASKED)
        for question in asking.questions_of(asked.kind, asked.terms, day_of(scope))
    )
    newest = None
    for answer in answers:
        for one in answer.people:
            if one.person_id == person_id and one.certain:
                return None
            if one.person_id == person_id and newest is None:
                newest = answer
    return newest


def named_again(scope: Scope, opened: Iterable[str]) -> tuple[FoundPerson, ...]:
    """Return those of whom this user `opened` in this case who may be named now, in the order given. Entered before."""
    return enter_named_again(scope, "named-again", again.named_again(scope.people, opened))


def _footprint(scope: Scope, person: FoundPerson) -> Footprint | None:
    return footprint(
        scope.people, person.person_id, scope.now, hub=scope.hub, disclosure=scope.ruling.disclosure
    )


def _found(answer: SearchAnswer) -> Iterator[ShownPerson]:
    """Everybody on the page of a person: who was found, and of somebody in doubt the parts that were not."""
    listed = {one.person_id for one in answer.people}
    for part in (part for group in answer.apart for part in group.parts):
        if part.person_id not in listed:
            yield ShownPerson(part.person_id, "listed", part.records)
    yield from map(_listed, answer.people)


def _listed(person: FoundPerson) -> ShownPerson:
    homes = (*person.homes, *(one.address for one in person.old_homes))
    return ShownPerson(person.person_id, "listed", person.records, household=homes[0] if homes else "")


def _residents(answer: AddressAnswer) -> Iterator[ShownPerson]:
    """Everybody at an address, with the records that say so; who belong together there are one household."""
    for number, residence in enumerate(answer.residences):
        for place, household in enumerate((*residence.now, *residence.before)):
            for one in household.residents:
                records = tuple(dict.fromkeys(said.record for said in one.said_by))
                yield ShownPerson(one.person_id, "listed", records, household=f"{number}/{place}")


def _family(answer: FamilyAnswer) -> Iterator[ShownPerson]:
    """Everybody on the page of a family: whoever was surely found, and all about them, are one household.

    Of somebody who is there twice the last counts, which has their records.
    """
    facts = (*answer.together, *answer.same_worker, *answer.not_asked, *answer.shared_adults)
    family = {person_id for fact in facts for person_id in fact.person_ids}
    family |= {one.person_id for one in answer.open_at_home}
    for person_id in filter(None, family):
        yield ShownPerson(person_id, "household", household=_FAMILY)
    for one in _residents(answer.household) if answer.household else ():
        family.add(one.person_id)
        yield one._replace(how="household", household=_FAMILY)
    for member in answer.members:
        surely = {one.person_id for one in member.answer.people if one.certain} | family
        for listed in _found(member.answer):
            yield listed._replace(household=_FAMILY) if listed.person_id in surely else listed


def _said_of(asked: LookUp, terms: dict[str, str]) -> dict[str, Any]:
    """What the ledger is told of a look-up beside who is shown."""
    facts: Facts = {"look-up": asked.pk}
    if asked.reason:
        facts[ABOVE_SOFT_LIMIT] = True
    return {
        "terms": terms,
        "facts": facts,
        "personal": {"reason": asked.reason} if asked.reason else {},
    }
