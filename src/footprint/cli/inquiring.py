"""One look-up from typed terms to an answer that may be printed: entered in the ledger, asked, entered again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from footprint.cli.exits import CommandError, Exit
from footprint.cli.looking_up import LookUp
from footprint.cli.permitting import permitted
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.answer.found import AddressAnswer, SearchAnswer
    from footprint.answer.values import Footprint

#: Options that say one thing in two ways.
_TERMS: Final = {"dob": "born", "age": "born"}


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody types: the case and purpose, and terms by the names of the options (name, given, dob, address ...)."""

    case: str
    purpose: str
    terms: dict[str, str]
    limit: int = 20
    everyone: bool = False

    @property
    def said(self) -> dict[str, str]:
        """The terms that say something."""
        return {name: text for name, text in self.terms.items() if text.strip()}


def search(session: Session, inquiry: Inquiry) -> SearchAnswer | AddressAnswer:
    """Return who may be meant; or, where nothing but an address was typed, who lives there and who did.

    Raises CommandError for terms that make no question, and whatever stops the ledger: then there is no answer.
    """
    said = inquiry.said
    if not said:
        raise CommandError("Say whom or what to look for: `footprint search --help`.", Exit.WRONG_COMMAND)
    if "dob" in said and "age" in said:
        raise CommandError("Give a date of birth or an age, not both.", Exit.WRONG_COMMAND)
    if "address" in said and said.keys() <= {"address", "postcode"}:
        return _search_address(session, inquiry)
    return _search_people(session, inquiry)


def show(session: Session, person: str, case: str, purpose: str) -> Footprint:
    """Return a person's footprint. Raises CommandError where there is nobody whom this user may know."""
    from footprint.answer.footprint import footprint

    permit = permitted(session, purpose)
    look_up = LookUp(session, permit, "show", case, {}, subjects=(person,))
    answer = footprint(
        permit.people,
        person,
        _now(),
        hub=session.partnership.hub,
        disclosure=permit.ruling.disclosure,
    )
    look_up.answered([person] if answer else [], {"snapshot": permit.content.snapshot})
    if answer is None:
        raise CommandError(
            f"Nobody has the id '{person}', as far as partners share with you. Search again.",
            Exit.NOTHING_FOUND,
        )
    return answer


def _search_people(session: Session, inquiry: Inquiry) -> SearchAnswer:
    from footprint.answer.searching import search_people
    from footprint.search import question_from

    permit = permitted(session, inquiry.purpose)
    people, content = permit.people, permit.content
    terms = {_TERMS.get(name, name): text for name, text in inquiry.said.items()}
    question = question_from(terms, latest=dt.date.fromisoformat(content.day))
    look_up = LookUp(session, permit, "search", inquiry.case, terms)
    limit = min(inquiry.limit, permit.results)
    answer = search_people(people, content, question, _now(), limit=limit, everyone=inquiry.everyone)
    shown = [person.person_id for person in answer.people]
    look_up.answered(shown, {"snapshot": answer.snapshot, "outcome": answer.outcome})
    return answer


def _search_address(session: Session, inquiry: Inquiry) -> AddressAnswer:
    from footprint.answer.addresses import search_address
    from footprint.records.reading_addresses import parse_address

    permit = permitted(session, inquiry.purpose)
    people, content = permit.people, permit.content
    said = inquiry.said
    look_up = LookUp(session, permit, "search-address", inquiry.case, said)
    address = parse_address(said["address"], postcode=said.get("postcode", ""))
    answer = search_address(people, content, address, _now())
    look_up.answered(answer.people, {"snapshot": answer.snapshot, "outcome": answer.outcome})
    return answer


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
