"""The command's front: its options, its topics, and how it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from footprint.cli import (
    agreement,
    asking,
    backing_up,
    deciding,
    demo,
    evaluating,
    feeds,
    helping,
    ledger,
    publishing,
    receiver,
    sample,
    serving,
    witness,
)
from footprint.cli.exits import Exit, exit_of
from footprint.cli.printing import complain
from footprint.cli.session import Session

app = typer.Typer(
    name="footprint",
    help="Does this child, adult or address have a footprint with any partner, how fresh is that, and whom do I ring?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def main(
    context: typer.Context,
    data: Annotated[
        Path, typer.Option(envvar="FOOTPRINT_DATA", help="The folder that holds everything.", metavar="DIR")
    ] = Path("var"),
) -> None:
    """Give every command its session."""
    session = context.obj = Session(data)
    context.call_on_close(session.close)


for topic in (demo, sample, publishing, asking, evaluating, serving, backing_up, helping):
    topic.add_to(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(deciding.app, name="decide")
app.add_typer(ledger.app, name="ledger")
app.add_typer(agreement.app, name="agreement")
app.add_typer(witness.app, name="witness")
app.add_typer(receiver.app, name="referrals")


def run() -> None:
    """Run the command. An error that speaks ends in its sentence and exit code, any other in one sentence without values."""
    try:
        app()
    except Exception as error:
        if os.environ.get("FOOTPRINT_DEBUG"):
            raise
        code = exit_of(error)
        if code is None:
            complain(
                f"Something failed that should not ({type(error).__name__}). "
                "Set FOOTPRINT_DEBUG=1 and run it again to see where."
            )
            sys.exit(Exit.BROKEN)
        complain(str(error))
        sys.exit(code)
