"""`footprint help exit-codes | purposes`: the tables that a script or a new colleague looks up."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from footprint.cli.exits import MEANINGS
from footprint.cli.permitting import agreement_in
from footprint.cli.printing import say, write_json
from footprint.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Add the command to the front."""
    app.command(name="help")(explain)


def explain(
    context: typer.Context,
    topic: Annotated[Literal["exit-codes", "purposes"], typer.Argument(help="What to look up.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Look up the exit codes, or the purposes for which one may ask."""
    table = exit_codes() if topic == "exit-codes" else purposes(context.obj)
    if as_json:
        write_json(table)
        return
    wide = max(map(len, table))
    for name, meaning in table.items():
        say(f"{name:<{wide}}  {meaning}")


def exit_codes() -> dict[str, str]:
    """Return each exit code's meaning."""
    return {str(int(code)): meaning for code, meaning in MEANINGS.items()}


def purposes(session: Session) -> dict[str, str]:
    """Return the words and the basis of each purpose of the sharing agreement."""
    found = agreement_in(session).purposes
    return {code: f"{purpose.label} ({purpose.basis})" for code, purpose in found.items()}
