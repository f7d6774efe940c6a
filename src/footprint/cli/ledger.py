"""`footprint ledger prepare | verify | head | entries | opened ...`: is the log whole, and what stands in it?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from footprint.cli import cosigning, proving
from footprint.cli.exits import Exit
from footprint.cli.printing import say, write_json
from footprint.cli.session import Session

app = typer.Typer(help="The tamper-evident log of every look-up, decision and change.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def prepare(context: typer.Context) -> None:
    """Make or renew the tables of ledger and rulings, as the owner of the database. Changes no entry."""
    session: Session = context.obj
    _ = session.ledger, session.decisions
    say("The tables of the ledger and of the rulings are there.")


@app.command()
def verify(
    context: typer.Context,
    heads: Annotated[
        list[Path] | None, typer.Option(help="A signed head that a witness kept.", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the whole log: every entry, every link, and every head that was signed or cosigned."""
    session: Session = context.obj
    trusted = [*session.signer.verifier_keys]
    trusted += [key for witness in cosigning.witnesses_of(session) for key in witness.keys]
    witnessed = [path.read_text(encoding="utf-8") for path in heads or ()]
    report = session.ledger.verify(witnessed, trusted)
    if as_json:
        write_json(
            {
                "sound": report.sound,
                "entries": report.entries,
                "root": report.root.hex(),
                "faults": report.faults,
                "remarks": report.remarks,
            }
        )
    else:
        say(report.text())
    raise typer.Exit(Exit.DONE if report.sound else Exit.FAULTS)


@app.command()
def head(context: typer.Context) -> None:
    """Sign the log's head as it stands, and print it for the witnesses to keep."""
    session: Session = context.obj
    say(session.ledger.sign_head(session.signer).rstrip("\n"))


@app.command()
def entries(
    context: typer.Context,
    case: Annotated[str, typer.Option(help="Only of this case.", metavar="REF")] = "",
    person: Annotated[str, typer.Option(help="Only about this person.", metavar="ID")] = "",
    actor: Annotated[str, typer.Option(help="Only by this user.", metavar="USER")] = "",
    action: Annotated[
        str, typer.Option(help="Only of this action: search, show, publish ...", metavar="CODE")
    ] = "",
    newest: Annotated[bool, typer.Option("--newest", help="The newest first.")] = False,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """List entries, oldest first, without the personal values in them. The reading is itself an entry."""
    session: Session = context.obj
    session.ledger.record(session.event("reading", "entries", {"limit": limit}))
    found = session.ledger.entries(
        order="newest" if newest else "oldest",
        limit=limit,
        case=case or None,
        subject=person or None,
        actor=actor or None,
        action=action or None,
    )
    rows = [
        {
            "receipt": entry.receipt_number,
            "time": entry.leaf.time,
            "kind": entry.leaf.kind,
            "action": entry.leaf.action,
            "actor": entry.leaf.actor,
            "role": entry.leaf.role,
            "organisation": entry.leaf.organisation,
            "case": entry.leaf.case,
            "purpose": entry.leaf.purpose,
            "policy_rule": entry.leaf.policy_rule,
            "policy_version": entry.leaf.policy_version,
            "count": entry.leaf.count,
        }
        for entry in found
    ]
    if as_json:
        write_json(rows)
        return
    for row in rows:
        say(f"{row['time']}  {row['kind']:<10} {row['action']:<14} {row['actor']:<12} {row['case'] or '-'}")


@app.command()
def opened(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="Who was shown this person?", metavar="ID")] = "",
    actor: Annotated[str, typer.Option(help="Whom was this user shown?", metavar="USER")] = "",
    since: Annotated[dt.datetime | None, typer.Option(help="From this day on.", formats=["%Y-%m-%d"])] = None,
    until: Annotated[dt.datetime | None, typer.Option(help="Before this day.", formats=["%Y-%m-%d"])] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """Which users were shown whom, and how often; nothing of any case. The reading is itself an entry."""
    import msgspec

    from footprint.ledger import Span

    session: Session = context.obj
    entry = session.event("reading", "opened", {"of_user": actor or None, "limit": limit})
    session.ledger.record(msgspec.structs.replace(entry, subjects=(person,) if person else ()))
    span = Span(partnership=session.partnership.id, since=_utc(since), until=_utc(until), limit=limit)
    rows = session.ledger.traced(actor=actor or None, subject=person or None, **span)
    if as_json:
        write_json(msgspec.to_builtins(rows))
        return
    for row in rows:
        say(f"{row.actor:<20} {row.subject:<24} {row.count:>5} times, last {row.last[:16]}")
    if not rows:
        say("Nobody was shown anybody, as far as you asked.")


def _utc(day: dt.datetime | None) -> dt.datetime | None:
    return None if day is None else day.replace(tzinfo=dt.UTC)


cosigning.add_to(app)
proving.add_to(app)
