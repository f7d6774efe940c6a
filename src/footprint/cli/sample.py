"""`footprint sample`: an invented borough, as files that its partners would deliver."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from footprint.cli.exits import CommandError
from footprint.cli.printing import write_json
from footprint.cli.progress import step


def add_to(app: typer.Typer) -> None:
    """Add the command to the front."""
    app.command()(sample)


def sample(
    residents: Annotated[int, typer.Option(help="How many people live there.", min=1)] = 30_000,
    seed: Annotated[int, typer.Option(help="Another seed, another borough.")] = 1,
    out: Annotated[Path, typer.Option(help="Where to write it.", metavar="DIR")] = Path("borough"),
    days: Annotated[int, typer.Option(help="Days of deliveries, with what changes between them.", min=1)] = 1,
    end: Annotated[str, typer.Option(help="The last day; today unless said.", metavar="YYYY-MM-DD")] = "",
    names: Annotated[
        Path | None, typer.Option(help="A folder of richer name tables.", metavar="DIR", file_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Invent a borough and write each partner's files of it, in that partner's own format, with the truth beside."""
    from footprint.sample import write_borough

    try:
        last = dt.date.fromisoformat(end) if end else None
        with step("Inventing a borough") as under_way:
            summary = write_borough(
                out,
                residents=residents,
                seed=seed,
                days=days,
                end=last,
                names=names,
                progress=lambda _, done, of: under_way.at(f"{done:,} of {of:,} people"),
            )
            under_way.result = f"{summary.residents:,} people, {summary.records:,} records of them, {summary.schools} schools"
    except ValueError as error:
        raise CommandError(str(error)) from None
    if as_json:
        write_json(msgspec.to_builtins(summary))
