"""`footprint search` and `footprint show`: the question and the answer, each inside a case, each in the ledger first."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from footprint.cli import inquiring
from footprint.cli.exits import Exit
from footprint.cli.inquiring import Inquiry
from footprint.cli.looking_up import Case, Purpose
from footprint.cli.printing import print_page, write_json

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_EXITS: Final = {"none": Exit.NOTHING_FOUND, "refine": Exit.SAY_MORE, "flat-needed": Exit.SAY_MORE}


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
    one_name: Annotated[
        bool, typer.Option("--one-name", help="The name given is all the name that the person has.")
    ] = False,
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
    limit: Annotated[
        int, typer.Option(help="At most so many people, and never more than the agreement says.", min=1)
    ] = 20,
    everyone: Annotated[
        bool, typer.Option("--all", help="Also those who fit less well, up to the limit.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Who might this be, and who knows them? Or, with an address alone: who lives there, and who did?"""
    terms = {
        "name": name, "given": given, "middle": middle, "family": family, "dob": dob, "age": age, "sex": sex,
        "address": address, "postcode": postcode, "nhs": nhs, "upn": upn, "phone": phone, "email": email,
        "reference": reference, "one-name": "yes" if one_name else "",
    }  # fmt: skip
    inquiry = Inquiry(case=case, purpose=purpose, terms=terms, limit=limit, everyone=everyone)
    answer = inquiring.search(context.obj, inquiry)
    if as_json:
        write_json(answer.as_json())
    else:
        from footprint.cli.pages import search_page

        print_page(search_page.page_of(answer))
    raise typer.Exit(_EXITS.get(answer.outcome, Exit.DONE))


def show(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="The person's id, as a search gives it.", metavar="PERSON")],
    case: Case,
    purpose: Purpose,
    as_json: AsJson = False,
) -> None:
    """The footprint of one person: what each partner shares, how fresh that is, and whom to ring."""
    answer = inquiring.show(context.obj, person, case, purpose)
    if as_json:
        write_json(answer.as_json())
    else:
        from footprint.cli.pages import footprint_page

        print_page(footprint_page.page(answer))
