"""`footprint search` and `footprint show`: the question and the answer, each inside a case, each in the ledger first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.looking_up import Case, LookUp, Purpose
from footprint.cli.printing import console, write_json
from footprint.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_EXITS = {"none": Exit.NOTHING_FOUND, "refine": Exit.SAY_MORE, "flat-needed": Exit.SAY_MORE}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front."""
    app.command()(search)
    app.command()(show)


def search(
    context: typer.Context,
    case: Case,
    purpose: Purpose,
    name: Annotated[str, typer.Option(help="A name in one line, in any order.")] = "",
    given: Annotated[str, typer.Option(help="Given name, as far as you know it.")] = "",
    middle: Annotated[str, typer.Option(help="Middle names.")] = "",
    family: Annotated[str, typer.Option(help="Family name, any spelling.")] = "",
    dob: Annotated[
        str, typer.Option(help="Date of birth or a part of it: 27/3/2015, March 2015, 2015.")
    ] = "",
    age: Annotated[str, typer.Option(help="An age: 7, 'about 7', 6-8.")] = "",
    sex: Annotated[str, typer.Option(help="M or F.")] = "",
    address: Annotated[
        str, typer.Option(help="An address in one line. Alone: who lives there, and who did.")
    ] = "",
    postcode: Annotated[str, typer.Option(help="A postcode.")] = "",
    nhs: Annotated[str, typer.Option(help="NHS number.")] = "",
    upn: Annotated[str, typer.Option(help="Unique pupil number.")] = "",
    phone: Annotated[str, typer.Option(help="A phone number.")] = "",
    email: Annotated[str, typer.Option(help="An e-mail address.")] = "",
    reference: Annotated[str, typer.Option(help="A partner's own number, or PARTNER/SCHEME/ID.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many people.", min=1, max=50)] = 20,
    as_json: AsJson = False,
) -> None:
    """Who might this be, and who knows them? Or, with an address alone: who lives there, and who did?"""
    if dob and age:
        raise CommandError("Give a date of birth or an age, not both.", Exit.WRONG_COMMAND)
    terms = {
        "name": name, "given": given, "middle": middle, "family": family, "born": dob or age, "sex": sex,
        "address": address, "postcode": postcode, "nhs": nhs, "upn": upn, "phone": phone, "email": email,
        "reference": reference,
    }  # fmt: skip
    said = {term for term, text in terms.items() if text.strip()}
    if not said:
        raise CommandError("Say whom or what to look for: `footprint search --help`.", Exit.WRONG_COMMAND)
    if "address" in said and said <= {"address", "postcode"}:
        _search_address(context.obj, case, purpose, terms, as_json)
    else:
        _search_people(context.obj, case, purpose, terms, limit, as_json)


def show(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="The person's id, as a search gives it.", metavar="PERSON")],
    case: Case,
    purpose: Purpose,
    as_json: AsJson = False,
) -> None:
    """The footprint of one person: what each partner shares, how fresh that is, and whom to ring."""
    from footprint.answer.footprint import footprint
    from footprint.cli.opening import open_people
    from footprint.cli.pages import footprint_page

    session: Session = context.obj
    people, content = open_people(session)
    look_up = LookUp(session, "show", case, purpose, {}, subjects=(person,))
    answer = footprint(people, person, _now(), hub=session.partnership.hub)
    look_up.answered([person] if answer else [], {"snapshot": content.snapshot})
    if answer is None:
        raise CommandError(
            f"Nobody has the id '{person}', as far as partners share with you. Search again.",
            Exit.NOTHING_FOUND,
        )
    if as_json:
        write_json(answer.as_json())
    else:
        _print(footprint_page.page(answer))


def _search_people(
    session: Session, case: str, purpose: str, terms: dict[str, str], limit: int, as_json: bool
) -> None:
    from footprint.answer.searching import search_people
    from footprint.cli.opening import open_people
    from footprint.cli.pages import search_page
    from footprint.search import question_from

    people, content = open_people(session)
    question = question_from(terms, latest=dt.date.fromisoformat(content.day))
    look_up = LookUp(session, "search", case, purpose, terms)
    answer = search_people(people, content, question, _now(), limit=limit)
    look_up.answered(
        [person.person_id for person in answer.people],
        {"snapshot": answer.snapshot, "outcome": answer.outcome},
    )
    if as_json:
        write_json(answer.as_json())
    else:
        _print(search_page.page(answer))
    raise typer.Exit(_EXITS.get(answer.outcome, Exit.DONE))


def _search_address(session: Session, case: str, purpose: str, terms: dict[str, str], as_json: bool) -> None:
    from footprint.answer.addresses import search_address
    from footprint.cli.opening import open_people
    from footprint.cli.pages import search_page
    from footprint.records.reading_addresses import parse_address

    people, content = open_people(session)
    look_up = LookUp(session, "search-address", case, purpose, terms)
    answer = search_address(
        people, content, parse_address(terms["address"], postcode=terms["postcode"]), _now()
    )
    look_up.answered(answer.people, {"snapshot": answer.snapshot, "outcome": answer.outcome})
    if as_json:
        write_json(answer.as_json())
    else:
        _print(search_page.address_page(answer))
    raise typer.Exit(_EXITS.get(answer.outcome, Exit.DONE))


def _print(parts: Iterable[RenderableType]) -> None:
    from footprint.cli.pages.layout import show as show_page

    show_page(console(), parts)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
