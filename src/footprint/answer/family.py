"""A whole family asked for in one submission: everybody who was asked for, who lives at the address, and what joins them.

Each person is searched for as if alone; only of those who were surely found is more told than who they may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import structs

from footprint.answer import words
from footprint.answer.addresses import search_address
from footprint.answer.asked import asked_for, baby_asked, child_asked, name_asked
from footprint.answer.footprint import footprint
from footprint.answer.found import AddressAnswer, FoundPerson, SearchAnswer
from footprint.answer.freshness import partner_states
from footprint.answer.heading import does_not_fit
from footprint.answer.joined import (
    LivesTogether,
    NotAsked,
    SameWorker,
    lives_together,
    not_asked,
    same_worker,
)
from footprint.answer.open_at_home import beside_a_family
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.answer.searching import search_people
from footprint.answer.shared_adults import SharedAdult, shared_adults
from footprint.answer.values import Footprint, OpenAtHome, PartnerState, Value
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.records import Address, DutyContact
from footprint.records.disclosure import EVERYTHING, Disclosure
from footprint.search import Question
from footprint.search.question import place_asked


class FamilyMember(Value, frozen=True, kw_only=True):
    """One who was asked for: `number` is the place among the questions, `asked` how; who it may be; of a match the footprint."""

    number: int
    asked: str
    is_child: bool
    answer: SearchAnswer
    footprint: Footprint | None


class FamilyAnswer(Value, frozen=True, kw_only=True):
    """What asking for a family found: its members, children first, who lives at its address, and what joins them.

    `open_at_home` has those of the home who were not found, and are open to a worker. `not_asked` are people of the family or
    household whom nobody asked for, children first; `shared_adults` those who belong to other children too.
    """

    members: tuple[FamilyMember, ...]
    household: AddressAnswer | None
    open_at_home: tuple[OpenAtHome, ...]
    together: tuple[LivesTogether, ...]
    same_worker: tuple[SameWorker, ...]
    not_asked: tuple[NotAsked, ...]
    shared_adults: tuple[SharedAdult, ...]
    partners: tuple[PartnerState, ...]
    snapshot: str
    day: str

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of everybody shown, and of everybody a fact is about."""
        found = (one.person_id for member in self.members for one in member.answer.people)
        home = self.household.people if self.household else ()
        facts = (*self.together, *self.same_worker, *self.not_asked, *self.shared_adults)
        joined = (person_id for fact in facts for person_id in fact.person_ids)
        workers = (one.person_id for one in self.open_at_home)
        return tuple(dict.fromkeys((*found, *home, *joined, *workers)))


def search_family(
    people: People,
    content: OpenedSnapshot,
    questions: Sequence[Question],
    address: Address | None,
    now: dt.datetime,
    *,
    hub: DutyContact = DutyContact(),  # noqa: B008 - a frozen value
    disclosure: Disclosure = EVERYTHING,
    limit: int = 20,
    wrong: Wrong = NONE_WRONG,
) -> FamilyAnswer:
    """Return who is meant by each question at `now` (with an offset), who lives at the address, and what joins them.

    Whoever is asked for without a place of their own is looked for at the address. `wrong` are numbers that were reported so.
    """

    def opened(person_id: str) -> Footprint | None:
        return footprint(people, person_id, now, hub=hub, disclosure=disclosure)

    def member(number: int, question: Question) -> FamilyMember:
        placed = question if place_asked(question) else structs.replace(question, address=address)
        answer = search_people(people, content, placed, now, limit=limit)
        first = answer.people[0] if answer.people else None
        return FamilyMember(
            number=number,
            asked=asked_for(question),
            is_child=first.is_child if first else child_asked(question, content.day),
            answer=answer,
            footprint=opened(first.person_id) if first and first.certain else None,
        )

    asked_alone = [member(number, question) for number, question in enumerate(questions)]
    members = [_of_this_row(one, asked_alone, questions[one.number], content.day) for one in asked_alone]
    household = search_address(people, content, address, now) if address else None
    found = list({one.footprint.person_id: one.footprint for one in members if one.footprint}.values())
    may_be = [person.person_id for member in members for person in member.answer.people]
    return FamilyAnswer(
        members=tuple(sorted(members, key=lambda member: not member.is_child)),
        household=household,
        open_at_home=beside_a_family(people, found, household, now, disclosure),
        together=lives_together(people, found),
        same_worker=same_worker(found, wrong),
        not_asked=not_asked(found, household, may_be, map(name_asked, questions)),
        shared_adults=shared_adults(people, found, opened, wrong),
        partners=partner_states(content.feeds, now),
        snapshot=content.snapshot,
        day=content.day,
    )


def _of_this_row(
    member: FamilyMember, members: Sequence[FamilyMember], question: Question, day: str
) -> FamilyMember:
    """Leave out who answers another row and is of another age than this one asks for: a baby is not one of its siblings."""
    elsewhere = {
        person.person_id
        for other in members
        if other is not member
        for person in other.answer.people
        if not does_not_fit(person)
    }
    answer = member.answer
    kept = [one for one in answer.people if not (one.person_id in elsewhere and _is_of_another_age(one))]
    if len(kept) < len(answer.people):
        answer = _with_only(answer, kept)
    if answer.outcome == "none" and baby_asked(question, day):
        answer = structs.replace(answer, sentence=words.NO_BABY)
    if answer is member.answer:
        return member
    return structs.replace(
        member, answer=answer, is_child=member.is_child if kept else child_asked(question, day)
    )


def _is_of_another_age(person: FoundPerson) -> bool:
    return (
        not person.certain and "birth" in person.verdicts and person.verdicts["birth"].agreement == "differs"
    )


def _with_only(answer: SearchAnswer, people: Sequence[FoundPerson]) -> SearchAnswer:
    """Return the answer with these of its people, and no more claimed of them than is left to claim."""
    listed = {one.person_id for one in people}
    tied = sum(one.person_id in listed for one in answer.people[: answer.tied])
    tied = tied if tied > 1 else 0
    outcome, sentence = answer.outcome, answer.sentence
    if not people:
        outcome, sentence = "none", words.NOBODY_FOUND
    elif outcome == "several" and not tied:
        outcome, sentence = "possible", words.NOT_CERTAIN
    return structs.replace(
        answer,
        outcome=outcome,
        sentence=sentence,
        people=tuple(people),
        tied=tied,
        ask_next=answer.ask_next if tied else "",
        further=answer.further if people else 0,
        apart=tuple(group for group in answer.apart if any(part.person_id in listed for part in group.parts)),
    )
