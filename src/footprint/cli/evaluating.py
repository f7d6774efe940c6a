"""`footprint evaluate linking | search`: how well it does on a labelled table of people, however foreign."""

from __future__ import annotations

from collections.abc import Iterator
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
    from footprint.linking.model import load
    from footprint.records.mapping import load_mapping
    from footprint.search.evaluation import evaluate_search

    figures = evaluate_search(records, queries, load_mapping(columns), truth, kind, model=load())
    _tell(msgspec.to_builtins(figures), as_json)


def _tell(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json(figures)
        return
    lines = dict(_lines(figures))
    wide = max(map(len, lines))
    for label, figure in lines.items():
        say(f"{label:<{wide}}  {figure}")


def _lines(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and figure of each line; figures that belong together (by stage, by kind) have a line each."""
    for name, figure in figures.items():
        label = name.replace("_", " ")
        if isinstance(figure, dict):
            yield from ((f"{label} {part}", _figure(one)) for part, one in figure.items())
        else:
            yield label, _figure(figure)


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_figure(one)}" for name, one in value.items())
    if isinstance(value, float):
        return f"{value:,.4f}" if value < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
