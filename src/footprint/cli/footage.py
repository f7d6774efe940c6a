"""`footprint referrals footage FILE`: take a force's file of incidents and body-worn video."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from footprint.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Add the command to `footprint referrals`."""
    app.command()(footage)


def footage(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file, as the force's systems wrote it.", metavar="FILE")],
    contract: Annotated[
        str, typer.Option(help="The contract's name, where there are several.", metavar="NAME")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every fault.")] = False,
) -> None:
    """Take a force's file of incidents and body-worn video: references, times and flags. Sent again, it has no second effect."""
    session: Session = context.obj
    options = [*(["--contract", contract] if contract else []), *(["--json"] if as_json else [])]
    # The pages' own database and rules: in a process of their own, as the pages know no command line.
    done = subprocess.run(
        [sys.executable, "-m", "footprint.web", "take_footage", *options, "--", str(file.absolute())],
        env=dict(os.environ) | {"FOOTPRINT_DATA": str(session.data.absolute())},
        check=False,
    )
    raise typer.Exit(done.returncode)
