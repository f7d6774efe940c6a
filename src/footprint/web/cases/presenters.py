"""What the first page and the page of a case show: finished texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.urls import NoReverseMatch, reverse

from footprint.answer import words
from footprint.answer.found import FoundPerson
from footprint.sharing import RIGHTS, Purpose, Right
from footprint.web.accounts.actor import Actor
from footprint.web.cases.asking import flat_of
from footprint.web.cases.models import Case, LookUp
from footprint.web.cases.person.presenters.who import Mark, born, marks
from footprint.web.cases.queries import MOST_OF_A_TEAM
from footprint.web.cases.told import terms_of
from footprint.web.design.frame import PLACES
from footprint.web.design.words import moment

_MOST_PEOPLE: Final = 3
_NO_TEAM: Final = "Your account names no team, so no case of one can be shown. Ask whoever manages accounts."
_FORGOTTEN: Final = "No longer kept here, since the case is closed"
_KINDS: Final = {"person": "A person", "address": "An address", "family": "A family"}


class CaseLine(NamedTuple):
    """A case as one line: whom it concerns, its purpose in a word, its reference or until when that is due."""

    id: str
    concerns: str
    purpose: str
    reference: str
    due: str
    is_overdue: bool
    opened_by: str
    opened: str
    used: str


class TeamCases(NamedTuple):
    """The open cases of a supervisor's team; `sentence` says which those are, or why there are none."""

    sentence: str
    lines: tuple[CaseLine, ...]


class CasePage(NamedTuple):
    """A case, and what was asked in it."""

    line: CaseLine
    purpose: str
    basis: str
    opened: str
    closed: str
    asked: tuple[AskedLine, ...]


class AskedLine(NamedTuple):
    """One look-up of a case: what was asked as far as this reader typed it, when, and who asked."""

    id: str
    what: str
    at: str
    by: str


class OpenedLine(NamedTuple):
    """Somebody whom the reader opened in this case: who, what to know first, when last, and the way back to them."""

    name: str
    born: str
    marks: tuple[Mark, ...]
    at: str
    url: str


class Task(NamedTuple):
    """What somebody who asks nothing does here: a sentence, and where it leads."""

    text: str
    href: str
    sentence: str


def case_line(case: Case, purposes: Mapping[str, Purpose], now: dt.datetime) -> CaseLine:
    """Return a case as one line; a purpose that the agreement no longer has goes by its code."""
    purpose = purposes.get(case.purpose)
    due = moment(case.reference_due) if case.reference_due and not case.reference else ""
    return CaseLine(
        id=case.pk,
        concerns=case.concerns,
        purpose=purpose.label if purpose else case.purpose,
        reference=case.reference,
        due=due,
        is_overdue=case.is_overdue(now),
        opened_by=case.opened_by.user.name,
        opened=moment(case.opened_at),
        used=moment(case.used_at),
    )


def team_cases(
    actor: Actor, cases: list[Case], purposes: Mapping[str, Purpose], now: dt.datetime
) -> TeamCases:
    """Return the cases of a supervisor's team as the first page shows them."""
    if not actor.team:
        return TeamCases(_NO_TEAM, ())
    whose = f"{actor.team}, {actor.organisation_name}"
    if not cases:
        return TeamCases(f"Nobody else of your team ({whose}) has an open case.", ())
    which = f"The {len(cases)} open cases" if len(cases) == MOST_OF_A_TEAM else "All open cases"
    said = f"{which} of others in your team ({whose}), those in which something was asked last first."
    return TeamCases(said, tuple(case_line(one, purposes, now) for one in cases))


def case_page(
    actor: Actor, case: Case, look_ups: list[LookUp], purposes: Mapping[str, Purpose], now: dt.datetime
) -> CasePage:
    """Return a case as its page shows it to this actor."""
    purpose = purposes.get(case.purpose)
    return CasePage(
        line=case_line(case, purposes, now),
        purpose=purpose.label if purpose else case.purpose,
        basis=purpose.basis if purpose else "",
        opened=moment(case.opened_at),
        closed=moment(case.closed_at) if case.closed_at else "",
        asked=tuple(
            AskedLine(one.pk, listed(actor, one), moment(one.at), one.membership.user.name)
            for one in look_ups
        ),
    )


def opened_line(person: FoundPerson, at: dt.datetime, urls: Mapping[str, str]) -> OpenedLine:
    """Return somebody whom the reader opened as one line; `urls` leads to people by their id."""
    return OpenedLine(
        name=person.name,
        born=born(person.birth, person.age),
        marks=marks(person.standing, is_child=person.is_child, unborn=person.unborn, died=person.died),
        at=moment(at),
        url=urls.get(person.person_id, ""),
    )


def asked(kind: str, terms: Mapping[str, Any]) -> str:
    """Return what was asked in one phrase, as it was typed; where that has ended, that it has."""
    if not terms:
        return _FORGOTTEN
    if kind == "address":
        place = terms.get("place", "")
        return ", ".join(filter(None, (flat_of(terms.get("flat", ""), place), place)))
    if kind == "family":
        named = [_person(one) for one in terms["people"]]
        more = len(named) - _MOST_PEOPLE
        shown = [*named[:_MOST_PEOPLE], *([f"{more} more"] if more > 0 else [])]
        return f"Family: {words.listed(shown)}"
    return _person(terms)


def listed(actor: Actor, look_up: LookUp) -> str:
    """Return a look-up as a case lists it: what was typed goes back to whoever typed it alone."""
    if look_up.terms and not is_by(actor, look_up):
        return _KINDS[look_up.kind]
    return asked_without_place(look_up.kind, terms_of(look_up))


def asked_by(actor: Actor, look_up: LookUp) -> str:
    """Return a look-up as its own page says it: to whoever typed it all that they typed."""
    if not (look_up.terms and is_by(actor, look_up)):
        return listed(actor, look_up)
    return asked(look_up.kind, terms_of(look_up)) or _KINDS[look_up.kind]


def is_by(actor: Actor, look_up: LookUp) -> bool:
    """Say whether this actor typed it, in whichever role."""
    return look_up.membership.user_id == actor.user_id


def asked_without_place(kind: str, terms: Mapping[str, Any]) -> str:
    """Return what was asked without any address: one may be protected, and a list is read over shoulders.

    Of every address alike, or else its absence would tell that it is one.
    """
    if not terms:
        return asked(kind, terms)
    return _KINDS[kind] if kind == "address" else asked(kind, {**terms, "place": ""}) or _KINDS[kind]


def _person(terms: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (terms.get("given"), terms.get("middle"), terms.get("family"))))
    said = ("born", "place", "nhs", "upn", "phone", "email", "reference")
    rest = [str(terms[field]) for field in said if terms.get(field)]
    return ", ".join(filter(None, (name, *rest[: 2 if name else 1])))


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Return what somebody does here beside asking, as far as there is a page for it."""
    found = [
        Task(place.text, _href(place.url_name), place.says or RIGHTS[Right(place.right)])
        for place in PLACES
        if place.right in actor.rights and place.url_name != "home"
    ]
    return tuple(task for task in found if task.href)


def _href(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
