"""`footprint evaluate linking | search`: how well it does on a labelled table of people, however foreign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from footprint.cli.printing import say, write_json

File = Annotated[Path, typer.Argument(help="A CSV or Parquet file of people.", exists=True, dir_okay=False)]
Columns = Annotated[
    Path,
    typer.Option(
        "--columns", help="Which column is what, in YAML.", metavar="MAP.yaml", exists=True, dir_okay=False
    ),
]
Truth = Annotated[
    str, typer.Option("--truth", help="The column that says who each row is.", metavar="COLUMN")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

topics = typer.Typer(
    help="Measure linking and search on labelled people. No label is read before the end.",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add the topic to the front."""
    app.add_typer(topics, name="evaluate")


@topics.command()
def linking(
    file: File,
    columns: Columns,
    truth: Truth,
    rule: Annotated[
        Literal["weight", "evidence"],
        typer.Option(help="weight leaves the evidence rule out, to compare with others' figures."),
    ] = "evidence",
    as_json: AsJson = False,
) -> None:
    """Link a labelled file and measure precision and recall of pairs within final clusters."""
    from footprint.linking.evaluation import evaluate_linking
    from footprint.records.foreign import read_foreign
    from footprint.records.mapping import load_mapping

    foreign = read_foreign(file, load_mapping(columns), truth)
    _tell(msgspec.to_builtins(evaluate_linking(foreign, rule=rule)), as_json)


@topics.command()
def search(
    records: File,
    queries: Annotated[Path, typer.Argument(help="Queries of the same shape.", exists=True, dir_okay=False)],
    columns: Columns,
    truth: Truth,
    kind: Annotated[
        str | None, typer.Option(help="A column of the queries by which to report.", metavar="COLUMN")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Index a labelled file, ask every query, and measure how often the right person comes first or among five."""
    from footprint.records.foreign import read_foreign
    from footprint.records.mapping import load_mapping
    from footprint.search import evaluate_search

    mapping = load_mapping(columns)
    held = read_foreign(records, mapping, truth)
    asked = read_foreign(queries, mapping, truth, kind, partial_table=True)
    _tell(msgspec.to_builtins(evaluate_search(held, asked)), as_json)


def _tell(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json(figures)
        return
    wide = max(map(len, figures))
    for name, figure in figures.items():
        for label, value in (
            ((f"{name} {part}", one) for part, one in figure.items())
            if isinstance(figure, dict)
            else ((name, figure),)
        ):
            say(f"{label.replace('_', ' '):<{wide + 12}}  {_figure(value)}")


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.4f}" if value < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
