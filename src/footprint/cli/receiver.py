"""`footprint referrals receiver`: what suppliers build against, and what tests deliver to; what comes in stands beside it."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import taking
from footprint.cli.exits import CommandError, Exit
from footprint.cli.printing import complain, say

if TYPE_CHECKING:
    from footprint.cli.record_system import RecordSystem
    from footprint.referrals.signing import SharedSecret

app = typer.Typer(
    help="Files of other systems that come in, and the other end of the copies of referrals that leave.",
    no_args_is_help=True,
)
taking.add_to(app)

_EVERY = 2.0  # seconds between two looks into a watched folder


@app.callback()
def referrals() -> None:
    """What comes in of referrals and leaves as their copies."""


@app.command()
def receiver(
    folder: Annotated[
        Path, typer.Option(help="Where it keeps what it took, made if it is not there.", metavar="DIR")
    ],
    secret: Annotated[
        Path, typer.Option(help="The file of the shared secret, 32 bytes or more.", metavar="FILE")
    ],
    key_name: Annotated[str, typer.Option(help="The name of the secret in each signature.", metavar="NAME")],
    listen: Annotated[
        str, typer.Option(help="Where to listen; behind a TLS proxy.", metavar="HOST:PORT")
    ] = "127.0.0.1:8091",
    address: Annotated[
        str,
        typer.Option(
            help="The address that senders post to and sign; by default where it listens.", metavar="URL"
        ),
    ] = "",
    watched: Annotated[
        Path | None,
        typer.Option(help="A folder to watch as well, as the delivery guide shows.", metavar="DIR"),
    ] = None,
) -> None:
    """Take copies of referrals as a record system must: once for each key, in order, kept before the receipt leaves."""
    from footprint.cli.receiver_service import ReceiverServer
    from footprint.cli.record_system import RecordSystem
    from footprint.ledger.private_files import read_private
    from footprint.referrals.signing import SharedSecret

    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise CommandError(
            f"'{listen}' is no place to listen. Write it as 127.0.0.1:8091.", Exit.WRONG_COMMAND
        )
    try:
        key = SharedSecret(key_name, read_private(secret).strip())
    except ValueError as error:
        raise CommandError(str(error)) from None
    system = RecordSystem(folder)
    try:
        server = ReceiverServer((host.strip("[]"), int(port)), system, key, address)
    except OSError as error:
        raise CommandError(f"Nobody can listen at {listen} ({error.strerror}).", Exit.NOT_READY) from None
    with server:
        say(f"The receiver listens at {server.address}")
        sys.stdout.flush()
        if watched is not None:
            _watch(watched, system, key)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")


def _watch(folder: Path, system: RecordSystem, key: SharedSecret) -> None:
    from footprint.cli.receiver_service import read_folder

    def again() -> None:
        pause = threading.Event()
        while not pause.wait(_EVERY):
            try:
                read_folder(folder, system, key)
            except (OSError, sqlite3.Error) as error:
                complain(f"The folder cannot be read, or what lies there not kept: {error}")

    threading.Thread(target=again, daemon=True).start()
