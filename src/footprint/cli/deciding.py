"""`footprint decide`: what a steward rules about identity and protection, and taking it back."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli.exits import CommandError
from footprint.cli.printing import say, write_json
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.decisions import Decision, Kind, Subject

app = typer.Typer(
    help="Rule about who is who, and protect people. SUBJECT is a person's id or a record key PARTNER/SCHEME/ID.",
    no_args_is_help=True,
)

One = Annotated[
    list[str],
    typer.Option("--one", help="A person or record of one side; may be repeated.", metavar="SUBJECT"),
]
Other = Annotated[
    list[str], typer.Option("--other", help="Of the other side; may be repeated.", metavar="SUBJECT")
]
Subjects = Annotated[list[str], typer.Argument(help="People or records.", metavar="SUBJECT...")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in one sentence.", metavar="TEXT")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def same(context: typer.Context, one: One, other: Other, reason: Reason, as_json: AsJson = False) -> None:
    """Two sides are one human being. Joined at the next publishing, unless something keeps them apart."""
    _two_sides(context.obj, "same", one, other, reason, as_json)


@app.command()
def different(
    context: typer.Context, one: One, other: Other, reason: Reason, as_json: AsJson = False
) -> None:
    """Two sides are not one human being. Split at once, and never joined again."""
    _two_sides(context.obj, "different", one, other, reason, as_json)


@app.command()
def disputed(context: typer.Context, one: One, other: Other, reason: Reason, as_json: AsJson = False) -> None:
    """Somebody doubts that two sides are one human being. Split at once, until it is settled."""
    _two_sides(context.obj, "disputed", one, other, reason, as_json)


@app.command()
def shield(
    context: typer.Context,
    reason: Reason,
    subjects: Annotated[
        list[str] | None, typer.Argument(help="People or records.", metavar="SUBJECT...")
    ] = None,
    address: Annotated[
        list[str] | None,
        typer.Option(help="An address in one line, or uprn:NUMBER. Without a flat: all of them."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Protect a person or an address: no address, school, area, team or number is shown to anyone from now on."""
    session: Session = context.obj
    about = [*_named(session, subjects or []), *(place for text in address or [] for place in _places(text))]
    _rule(session, _decision(session, "shield", about, [], reason), as_json)


@app.command()
def seal(
    context: typer.Context,
    former: Annotated[
        list[str], typer.Option(help="A person or record of the former identity.", metavar="SUBJECT")
    ],
    new: Annotated[list[str], typer.Option(help="Of the new identity.", metavar="SUBJECT")],
    since: Annotated[str, typer.Option(help="The day of severance.", metavar="YYYY-MM-DD")],
    reason: Reason,
    number: Annotated[
        list[str] | None,
        typer.Option(help="A further number of the former identity.", metavar="SCHEME:VALUE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sever an adopted child's former identity from the new one. They never meet again. Publish soon after."""
    from footprint.cli.opening import own_numbers
    from footprint.decisions import Subject

    session: Session = context.obj
    before, after = _records(session, former), _records(session, new)
    numbers = sorted({*own_numbers(session, before, after), *(number or [])})
    sides = [*before, *(Subject("identifier", one) for one in numbers)], after
    _rule(session, _decision(session, "seal", *sides, reason, since=since), as_json)


@app.command()
def erase(context: typer.Context, subjects: Subjects, reason: Reason, as_json: AsJson = False) -> None:
    """Erase a person or a record: gone from every answer at once, and what the ledger could tell of it unreadable."""
    session: Session = context.obj
    about = _named(session, subjects)
    overlay = session.decisions.overlay()
    people = [one.value for one in about if one.sort == "person"]
    if overlay.holds([one.value for one in about]) or any(overlay.holds([], person) for person in people):
        raise CommandError(
            "This is held for an inquiry and may not be erased. `footprint decide list` shows the hold."
        )
    _rule(session, _decision(session, "erase", about, [], reason), as_json)
    for owner in sorted({owner for person in people for owner in session.ledger.keys_about(person)}):
        session.ledger.destroy_key(owner, session.event("change", "erase"))


@app.command()
def hold(context: typer.Context, subjects: Subjects, reason: Reason, as_json: AsJson = False) -> None:
    """Keep what is held about a person, for an inquiry: not erased, and kept beyond its time."""
    session: Session = context.obj
    about = _named(session, subjects)
    _rule(session, _decision(session, "hold", about, [], reason), as_json)
    for person in (one.value for one in about if one.sort == "person"):
        session.ledger.hold(f"subject:{person}", None, session.event("decision", "hold"))


@app.command()
def undo(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(help="The decision's id.", metavar="ID")],
    reason: Reason,
    as_json: AsJson = False,
) -> None:
    """Take back same, different, disputed or hold. A protection and an erasure cannot be taken back by one person."""
    session: Session = context.obj
    store = session.decisions
    with session.one_transaction():
        undone = store.undo(decision, by=session.actor.id, reason=reason, at=_now())
        session.ledger.record(session.event("decision", "undo", {"decision": decision}), join=True)
    for person in (one.value for one in undone.subjects if undone.kind == "hold" and one.sort == "person"):
        session.ledger.release_hold(f"subject:{person}", session.event("decision", "release-hold"))
    _tell(undone, as_json, f"Taken back: {undone.kind} {undone.id}.")


@app.command("list")
def list_decisions(context: typer.Context, as_json: AsJson = False) -> None:
    """List all rulings. Addresses are not shown: an address that is shielded leaves through no channel."""
    session: Session = context.obj
    found = session.decisions.all()
    session.ledger.record(session.event("reading", "decisions", {"count": len(found)}))
    if as_json:
        write_json([shown(decision) for decision in found])
        return
    lifted = {one.value: made for made in found if made.kind == "lift" for one in made.subjects}
    for decision in found:
        state = _state(decision, lifted.get(decision.id))
        say(
            f"{decision.id}  {decision.at[:16]}  {decision.kind:<9}  {state}, by {decision.by}: {decision.reason}"
        )
        for name, side in (("one", decision.subjects), ("other", decision.others)):
            for subject in side:
                say(f"    {name:<5}  {_subject(subject)}")
    if not found:
        say("Nothing was decided yet.")


def _state(decision: Decision, lift: Decision | None) -> str:
    if lift:
        return f"lifted by {lift.by} and {lift.also_by}"
    return f"taken back by {decision.undone_by}" if decision.undone_by else "stands"


def shown(decision: Decision) -> dict[str, object]:
    """Return a decision as it may be printed: whatever it says of an address is left out."""
    import msgspec

    told: dict[str, object] = msgspec.to_builtins(decision)
    sides = {"subjects": decision.subjects, "others": decision.others}
    return {**told, **{name: [_subject(subject) for subject in side] for name, side in sides.items()}}


def _subject(subject: Subject) -> str:
    return "an address" if subject.sort == "address" else str(subject)


def _two_sides(
    session: Session, kind: Kind, one: list[str], other: list[str], reason: str, as_json: bool
) -> None:
    _rule(
        session, _decision(session, kind, _records(session, one), _records(session, other), reason), as_json
    )


def _named(session: Session, texts: list[str]) -> list[Subject]:
    """Subjects as typed; a person stands beside its records, because people change and records do not."""
    from footprint.cli.opening import subjects_of

    return [subject for text in texts for subject in subjects_of(session, text)]


def _records(session: Session, texts: list[str]) -> list[Subject]:
    return [subject for subject in _named(session, texts) if subject.sort == "record"]


def _places(text: str) -> list[Subject]:
    from footprint.decisions import Subject, places
    from footprint.records.reading_addresses import parse_address

    if text.startswith("uprn:"):
        return [Subject("address", text)]
    found = places(parse_address(text))
    if not found:
        raise CommandError(
            "This address cannot be told from others. Give a house number or name, and a postcode."
        )
    return [Subject("address", place) for place in found]


def _decision(
    session: Session, kind: Kind, subjects: list[Subject], others: list[Subject], reason: str, since: str = ""
) -> Decision:
    from footprint.decisions import Decision

    return Decision(
        id=f"d-{secrets.token_hex(5)}",
        kind=kind,
        subjects=tuple(dict.fromkeys(subjects)),
        others=tuple(dict.fromkeys(others)),
        partnership=session.partnership.id,
        reason=reason,
        by=session.actor.id,
        at=_now(),
        since=since,
    )


def _rule(session: Session, decision: Decision, as_json: bool) -> None:
    """Write a decision and its ledger entry, both or neither, and say what follows."""
    import msgspec

    from footprint.decisions import RULES

    people = tuple(dict.fromkeys(one.value for one in decision.subjects if one.sort == "person"))
    event = session.event("decision", decision.kind, {"decision": decision.id})
    event = msgspec.structs.replace(event, subjects=people, personal={"reason": decision.reason})
    store = session.decisions
    with session.one_transaction():
        store.add(decision)
        session.ledger.record(event, join=True)
    when = (
        "It takes effect at the next `footprint publish`."
        if decision.kind == "same"
        else "It applies at once."
    )
    _tell(decision, as_json, f"{decision.id}: {RULES[decision.kind].sentence} {when}")


def _tell(decision: Decision, as_json: bool, sentence: str) -> None:
    if as_json:
        write_json(shown(decision))
    else:
        say(sentence)


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds")
