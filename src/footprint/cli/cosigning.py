"""`footprint ledger cosign | keys`: the log's side of its witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import complain, say, write_json
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.ledger.cosigning import WitnessAddress

FILE: Final = "witnesses.yaml"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to those of the ledger."""
    app.command()(cosign)
    app.command()(keys)


def cosign(context: typer.Context, as_json: AsJson = False) -> None:
    """Sign the log's head, and have the witnesses in DATA/witnesses.yaml sign it. Ends with 7 if one refuses, 5 if one waits."""
    import msgspec

    from footprint.cli.transport import post
    from footprint.ledger.cosigning import cosign as ask_all

    session: Session = context.obj
    witnesses = witnesses_of(session)
    if not witnesses:
        raise CommandError(
            f"No witness is named. Write name, url and keys of each to {session.data / FILE}.", Exit.NOT_READY
        )
    done = ask_all(session.ledger, session.signer, witnesses, post)
    if as_json:
        write_json({"size": done.size, "note": done.note, "asked": msgspec.to_builtins(done.asked)})
    else:
        say(f"The head of {done.size} entries is signed.")
        for one in done.asked:
            (complain if one.alarm else say)(one.sentence)
    raise typer.Exit(Exit.FAULTS if done.alarms else Exit.NOT_READY if done.waiting else Exit.DONE)


def keys(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the verifier keys of this log, for whoever runs a witness or checks a receipt."""
    session: Session = context.obj
    if as_json:
        write_json(session.signer.verifier_keys)
        return
    for key in session.signer.verifier_keys:
        say(key)


def witnesses_of(session: Session) -> tuple[WitnessAddress, ...]:
    """Return the witnesses that the data folder names; none where nobody wrote the file."""
    from footprint.ledger.cosigning import read_witnesses

    return read_witnesses(session.data / FILE)
