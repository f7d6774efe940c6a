"""`footprint referrals take FILE` and `footage FILE`: files from other systems, which the pages' own rules and database take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from footprint.cli.session import Session

_Contract = Annotated[str, typer.Option(help="The contract's name, where there are several.", metavar="NAME")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON, with every fault.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to `footprint referrals`."""
    app.command()(take)
    app.command()(footage)


def take(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file, as the other system wrote it.", metavar="FILE")],
    contract: _Contract = "",
    as_json: _Json = False,
) -> None:
    """Take another system's referrals, such as eMARFs. Sent again, they are the same referrals; corrected, they are added to."""
    _take(context, "take_referrals", file, contract, as_json=as_json)


def footage(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file, as the force's systems wrote it.", metavar="FILE")],
    contract: _Contract = "",
    as_json: _Json = False,
) -> None:
    """Take a force's file of incidents and body-worn video: references, times and flags. Sent again, it has no second effect."""
    _take(context, "take_footage", file, contract, as_json=as_json)


def _take(context: typer.Context, command: str, file: Path, contract: str, *, as_json: bool) -> None:
    session: Session = context.obj
    options = [*(["--contract", contract] if contract else []), *(["--json"] if as_json else [])]
    # The pages' own database and rules: in a process of their own, as the pages know no command line.
    done = subprocess.run(
        [sys.executable, "-m", "footprint.web", command, *options, "--", str(file.absolute())],
        env=dict(os.environ) | {"FOOTPRINT_DATA": str(session.data.absolute())},
        check=False,
    )
    raise typer.Exit(done.returncode)
