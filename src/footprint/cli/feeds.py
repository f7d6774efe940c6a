"""`footprint feeds`: what partners agreed to deliver, what came, what waits for a person, and how fresh it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say, write_json
from footprint.cli.progress import step
from footprint.cli.session import Facts, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from footprint.feeds.contract import Contract, Source
    from footprint.feeds.receipt import Receipt
    from footprint.feeds.settlement import Change

app = typer.Typer(
    help="Partners' deliveries. A delivery that is held ends with exit code 8, one that is refused with 4.",
    no_args_is_help=True,
)

Paths = Annotated[
    list[Path],
    typer.Argument(help="A delivery's folder, a zip, files, a day's folder, or days.", metavar="PATH..."),
]
FeedOption = Annotated[
    str, typer.Option("--feed", help="Whose delivery it is, where folders do not say.", metavar="NAME")
]
Feed = Annotated[str, typer.Argument(help="The feed, with its instance: schools--3351234.", metavar="FEED")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in one sentence.", metavar="TEXT")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """List the feeds that are agreed: partner, cadence, who signed."""
    contracts = sorted(_contracts(context.obj).values(), key=lambda contract: contract.feed)
    if as_json:
        write_json(msgspec.to_builtins(contracts))
        return
    for contract in contracts:
        say(f"{contract.feed:24} every {contract.cadence.every:12} {contract.title}")


@app.command()
def describe(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(help="The feed.", metavar="FEED")],
    as_json: AsJson = False,
) -> None:
    """Say what a contract takes, of whom, why, and which of the partner's columns fills which field."""
    contract = _contracts(context.obj).get(feed.partition("--")[0])
    if contract is None:
        raise CommandError(f"There is no feed '{feed}'. `footprint feeds list` names them.")
    if as_json:
        write_json(msgspec.to_builtins(contract))
        return
    for line in _description(contract):
        say(line)


@app.command()
def check(context: typer.Context, paths: Paths, feed: FeedOption = "", as_json: AsJson = False) -> None:
    """Say what would happen to a delivery, row by row. Nothing is stored or changed."""
    from footprint.feeds.receipt import as_check, as_text
    from footprint.feeds.receiving import check as run

    receipt = run(context.obj.data, feed, paths, _now())
    if as_json:
        write_json(as_check(receipt))
    else:
        say(as_text(receipt))
    raise typer.Exit(_exit_of([receipt]))


@app.command()
def receive(context: typer.Context, paths: Paths, feed: FeedOption = "", as_json: AsJson = False) -> None:
    """Take deliveries in. What a gate holds waits for `release`; the rest of it is taken where it proves sound."""
    from footprint.feeds.receiving import receive as run

    session: Session = context.obj
    receipts: list[Receipt] = []
    with step("Receiving") as under_way:

        def told(receipt: Receipt) -> None:
            receipts.append(receipt)
            under_way.at(f"{receipt.feed}: {receipt.outcome}, {receipt.rows_in:,} rows")

        run(session.data, feed, paths, _now(), on_change=_entered(session), on_receipt=told)
        under_way.result = _counted(receipts)
    _show(receipts, as_json)


@app.command()
def held(context: typer.Context, as_json: AsJson = False) -> None:
    """List the deliveries that wait: for a person, or for the one before them."""
    from footprint.feeds.holding import held as waiting

    found = waiting(context.obj.data)
    if as_json:
        write_json(msgspec.to_builtins(found))
        return
    for one in found:
        said = one.receipt
        day = said.as_of.isoformat() if said.as_of else "no day said"
        say(f"{one.feed}, delivery {one.arrival} of {day} is {said.outcome}.")
        for finding in said.gates:
            say(f"    {finding.gate}: {finding.sentence}")
    if not found:
        say("No delivery waits.")


@app.command()
def release(
    context: typer.Context,
    feed: Feed,
    reason: Reason,
    arrival: Annotated[int, typer.Option(help="Which delivery, where several wait.", metavar="NUMBER")] = 0,
    as_json: AsJson = False,
) -> None:
    """Take a delivery that waits, because somebody has looked and it is right."""
    from footprint.feeds.holding import release as run

    session: Session = context.obj
    receipts = run(
        session.data,
        feed,
        by=session.actor.id,
        reason=_said(reason),
        now=_now(),
        arrival=arrival,
        on_change=_entered(session),
    )
    _show(receipts, as_json)


@app.command()
def rollback(context: typer.Context, feed: Feed, reason: Reason, as_json: AsJson = False) -> None:
    """Make a feed's data before its last delivery stand again. What was protected or erased since stays so."""
    from footprint.feeds.holding import rollback as run

    session: Session = context.obj
    now = run(
        session.data, feed, by=session.actor.id, reason=_said(reason), now=_now(), on_change=_entered(session)
    )
    standing = now.standing
    if as_json:
        write_json({"feed": feed, "generation": standing.number, "as_of": standing.as_of})
    else:
        say(
            f"{feed} stands again as of {standing.as_of}: generation {standing.number}. Publish to answer from it."
        )


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say of every feed how fresh it is, what came last, and what waits."""
    from footprint.feeds.freshness import status as run

    found = run(context.obj.data, _now())
    if as_json:
        write_json(msgspec.to_builtins(found))
        return
    for one in found:
        day = f"as of {one.as_of}" if one.as_of else "nothing yet"
        state = f"{one.state}, ALARM" if one.alarm else one.state
        waiting = f", {one.waiting} waiting" if one.waiting else ""
        say(
            f"{one.feed:24} {state:14} {day:18} {one.records:>8,} records {one.involvements:>9,} involvements{waiting}"
        )


def _contracts(session: Session) -> dict[str, Contract]:
    from footprint.feeds.contract_reading import load_contracts

    return load_contracts(session.data)


def _now() -> dt.datetime:
    from footprint.calendars import LONDON

    return dt.datetime.now(tz=LONDON)


def _said(reason: str) -> str:
    if not reason.strip():
        raise CommandError("A reason is needed: the next reader has only that.", Exit.WRONG_COMMAND)
    return reason.strip()


def _entered(session: Session) -> Callable[[Change], None]:
    """Return what enters a change in the ledger before it takes effect; where it cannot, nothing changes."""

    def enter(change: Change) -> None:
        facts: Facts = {
            "feed": change.feed,
            "generation": change.generation,
            "records": change.records,
            "content": change.content,
        }
        event = session.event("change", f"feed {change.kind}", facts)
        if change.reason:
            event = msgspec.structs.replace(event, personal={"reason": change.reason})
        session.ledger.record(event)

    return enter


def _show(receipts: list[Receipt], as_json: bool) -> None:
    if as_json:
        write_json(msgspec.to_builtins(receipts))
    elif len(receipts) == 1:
        from footprint.feeds.receipt import as_text

        say(as_text(receipts[0]))
    else:
        for receipt in receipts:
            say(
                f"{receipt.feed:24} {receipt.outcome:9} {receipt.rows_in:>9,} rows, {receipt.quarantined:>5,} quarantined"
            )
            for finding in receipt.gates:
                say(f"    {finding.gate}: {finding.sentence}")
            if receipt.outcome == "refused" and not receipt.gates:
                say(f"    {receipt.sentence}")
    raise typer.Exit(_exit_of(receipts))


def _counted(receipts: list[Receipt]) -> str:
    outcomes = ("accepted", "held", "parked", "refused")
    counts = {outcome: sum(one.outcome == outcome for one in receipts) for outcome in outcomes}
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "nothing"


def _exit_of(receipts: list[Receipt]) -> Exit:
    """The worst outcome decides: refused, then held or parked."""
    outcomes = {receipt.outcome for receipt in receipts}
    if "refused" in outcomes:
        return Exit.REFUSED
    return Exit.HELD if outcomes & {"held", "parked"} else Exit.DONE


def _description(contract: Contract) -> Iterator[str]:
    partner, cadence = contract.partner, contract.cadence
    yield f"{contract.feed}: {contract.title}"
    yield f"  partner     {partner.name} ({partner.id})"
    yield f"  duty        {partner.duty.team}, {partner.duty.phone}, {partner.duty.hours}; else {partner.duty.fallback}"
    yield f"  purpose     {', '.join(contract.purpose)}"
    yield f"  basis       {contract.basis}"
    yield f"  signed off  {contract.signed_off.by}, {contract.signed_off.on}"
    yield f"  cadence     every {cadence.every} by {cadence.expected_by:%H:%M}, {contract.mode} extract"
    yield f"  cohort      {_cohort(contract)}"
    yield f"  retention   {contract.retention_months} months from the end of an involvement"
    for file in contract.files:
        yield f"  {file.name}{' (always sent)' if file.required else ''}"
        for rows in file.rows:
            yield from _fields(rows.path, {"key": rows.keys, **rows.sections()})
            for terms in rows.involvements:
                yield from _fields(rows.path, {"involvement": terms.fields})


def _fields(path: str, sections: dict[str, dict[str, Source]]) -> Iterator[str]:
    start = f"{path}: " if path else ""
    for section, fields in sections.items():
        for field, source in fields.items():
            said = " or ".join(source.columns) or "+".join(source.join) or f"always '{source.constant}'"
            yield f"      {section} {field:24} {start}{said}"


def _cohort(contract: Contract) -> str:
    cohort = contract.cohort
    tests = [
        "everyone" if cohort.everyone else "",
        f"under {cohort.age_under}" if cohort.age_under else "",
        "has an involvement" if cohort.has_involvement else "",
        "related to one of them" if cohort.related_to_cohort else "",
    ]
    return ", or ".join(test for test in tests if test)
