"""From a referral to the footprint of its family: one case with the referral's reference, and one look-up in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse

from footprint.referrals.holding import MASK
from footprint.referrals.referral import Adult, Child
from footprint.referrals.referral import Referral as Said
from footprint.web.accounts.actor import Actor
from footprint.web.cases.answering import day_of
from footprint.web.cases.asking import family_of, wrong_with
from footprint.web.cases.asking_forms import MOST_PEOPLE
from footprint.web.cases.limits import has_said_why, may_ask
from footprint.web.cases.models import Case
from footprint.web.cases.presenters import is_by
from footprint.web.cases.queries import cases_with_reference, look_ups_in
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.cases.services import open_case, submit
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import as_recipients_read
from footprint.web.referrals.queries import latest_of, wrote_all

#: For what the front door asks about a family that was referred: the agreement's name for it.
PURPOSE: Final = "front-door"
_LONGEST: Final = 200
_SEXES: Final = {"female": "F", "male": "M"}


def footprint_of(actor: Actor, referral: Referral) -> str:
    """Return the page on which the family's footprint is read, or where the question is completed that finds it.

    Raises CaseNotOpened or NotShared where the agreement does not let this actor ask, LimitReached, LedgerError.
    """
    written = latest_of(referral)
    said = as_recipients_read(referral, written)
    told = not wrote_all(actor, referral)
    case = _case(actor, referral, said, told=told)
    if not told:
        # As if they typed it once more: a home that is missing from the question would tell that it is protected.
        said = written
    scope = scope_of(actor, case)
    before = [one for one in look_ups_in(case) if one.kind == "family" and is_by(actor, one)]
    terms = terms_of(said)
    if not terms["people"]:
        return _of_the_place(actor, case, terms["place"], told=told)
    if before and before[0].terms == terms:
        return reverse("cases:results", args=[case.pk, before[0].pk])
    asks_why = may_ask(scope).asks_why and not has_said_why(scope)
    asked = submit(actor, case, "family", terms, told=told)
    if asks_why or not _is_whole(scope, terms):
        return f"{reverse('cases:ask_family', args=[case.pk])}?again={asked.pk}"
    return reverse("cases:results", args=[case.pk, asked.pk])


def terms_of(said: Said) -> dict[str, Any]:
    """Return a referral as the question about a whole family; what is held back is not asked for."""
    people = [*map(_child, said.children), *map(_adult, said.adults)]
    places = [said.place, *(child.address for child in said.children)]
    place = next((one for one in places if one and MASK not in one), "")
    return {"people": [one for one in people if one][:MOST_PEOPLE], "place": place[:_LONGEST]}


def _of_the_place(actor: Actor, case: Case, place: str, *, told: bool) -> str:
    """Where nobody is named, the question about the address, filled in for the actor to send: who lives there has names."""
    if not place:
        return reverse("cases:case", args=[case.pk])
    terms = {"place": place}
    before = [
        one for one in look_ups_in(case) if one.kind == "address" and one.terms == terms and is_by(actor, one)
    ]
    asked = before[0] if before else submit(actor, case, "address", terms, told=told)
    return f"{reverse('cases:ask_address', args=[case.pk])}?again={asked.pk}"


def _case(actor: Actor, referral: Referral, said: Said, *, told: bool) -> Case:
    held = cases_with_reference(actor, referral.reference, PURPOSE)
    if held:
        return held[0]
    concerns = (
        ", ".join(child.name for child in said.children if child.name) or said.who or referral.reference
    )
    return open_case(
        actor, purpose=PURPOSE, concerns=concerns[:_LONGEST], reference=referral.reference, told=told
    )


def _is_whole(scope: Scope, terms: dict[str, Any]) -> bool:
    """Say whether all of them can be asked about as they stand."""
    return not any(
        wrong_with({**typed, "place": terms["place"]}, day_of(scope)) for typed in family_of(terms)
    )


def _child(child: Child) -> dict[str, Any]:
    more = {"born": child.birthday or child.age, "sex": _SEXES.get(child.sex, ""), "nhs": child.nhs_number}
    return _person(child.name, more)


def _adult(adult: Adult) -> dict[str, Any]:
    return _person(adult.name, {"born": adult.birthday})


def _person(name: str, more: dict[str, str]) -> dict[str, Any]:
    """Somebody as they are typed in a question; of somebody without a name nothing is asked."""
    if not name.strip() or MASK in name:
        return {}
    given, _, family = name.strip().rpartition(" ")
    typed = {"given": given, "family": family, **more}
    return {field: text[:_LONGEST] for field, text in _parts(typed)}


def _parts(typed: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((field, text) for field, text in typed.items() if text and MASK not in text)
