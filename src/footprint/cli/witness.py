"""`footprint witness init | serve | show`: what another partner runs, so that nobody can rewrite the ledger unseen."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import say, write_json
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.cli.witness_folder import WitnessFolder

app = typer.Typer(
    help="A witness of another partner's ledger: it keeps one head, and signs what follows it.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def init(
    context: typer.Context,
    log_key: Annotated[
        list[str],
        typer.Option(help="A verifier key of the log: `footprint ledger keys` prints them.", metavar="KEY"),
    ],
    name: Annotated[
        str, typer.Option(help="The witness's name: an address without scheme.", metavar="NAME")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make a witness, or have it watch a further log; print its keys, for the log's operator."""
    folder = _folder(context)
    settings = folder.begin(name, log_key, int(time.time()))
    keys = folder.signer(settings).verifier_keys
    if as_json:
        write_json({"name": settings.name, "keys": keys, "logs": sorted(settings.logs)})
        return
    say(f"{settings.name} watches {', '.join(sorted(settings.logs))}. Its keys:")
    for key in keys:
        say(key)


@app.command()
def serve(
    context: typer.Context,
    listen: Annotated[
        str, typer.Option(help="Where to listen; behind a TLS proxy.", metavar="HOST:PORT")
    ] = "127.0.0.1:8090",
) -> None:
    """Answer to logs that ask for a signature, until it is stopped. A kill loses nothing that was signed."""
    from footprint.cli.witness_service import WitnessServer, announce

    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise CommandError(
            f"'{listen}' is no place to listen. Write it as 127.0.0.1:8090.", Exit.WRONG_COMMAND
        )
    folder = _folder(context)
    try:
        server = WitnessServer((host.strip("[]"), int(port)), folder)
    except OSError as error:
        raise CommandError(f"Nobody can listen at {listen} ({error.strerror}).", Exit.NOT_READY) from None
    with server:
        announce(f"{folder.settings().name} listens at {host}:{server.server_address[1]}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")


@app.command()
def show(
    context: typer.Context,
    note: Annotated[
        bool, typer.Option("--note", help="The whole signed head, for `footprint ledger verify --heads`.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The last head of each log, short enough for the minutes; and what was refused."""
    folder = _folder(context)
    witnesses = folder.witnesses()
    refused = [str(file) for file in folder.refused()]
    heads = {origin: witness.last() for origin, witness in sorted(witnesses.items())}
    if as_json:
        rows = [
            {
                "log": origin,
                "entries": head.size,
                "root": base64.b64encode(head.root).decode(),
                "note": witnesses[origin].note(),
            }
            for origin, head in heads.items()
        ]
        write_json({"heads": rows, "refused": refused})
        return
    for origin, head in heads.items():
        say(
            witnesses[origin].note().rstrip("\n")
            if note
            else f"{origin}: {head.size} entries, root {base64.b64encode(head.root).decode()}"
        )
    for file in refused:
        say(f"REFUSED, and kept as evidence: {file}")


def _folder(context: typer.Context) -> WitnessFolder:
    from footprint.cli.witness_folder import WitnessFolder

    session: Session = context.obj
    return WitnessFolder(session.data)
