"""The few shapes that all pages share: a heading, aligned rows, a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

QUIET = "dim"
LOUD = "bold"
CARE = "bold yellow"


def heading(text: str, beside: str = "", style: str = "bold cyan") -> RenderableType:
    """A heading with a quiet remark at the right of it."""
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", overflow="fold")
    table.add_row(Text(text, style=style), Text(beside, style=QUIET))
    return table


def rows(found: Iterable[Sequence[str | Text]], *, widths: Sequence[int] = ()) -> RenderableType:
    """Aligned columns, indented. A width given is the least of its column; the last column takes the rest and wraps."""
    listed = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in found]
    if not listed:
        return Text()
    table = Table.grid(padding=(0, 3, 0, 0), expand=False)
    for column in range(len(listed[0])):
        table.add_column(min_width=widths[column] if column < len(widths) else None, overflow="fold")
    for row in listed:
        table.add_row(*row)
    return Padding(table, (0, 0, 0, 2))


def paragraph(text: str, style: str = "") -> RenderableType:
    """A sentence, indented."""
    return Padding(Text(text, style=style), (0, 0, 0, 2))


def section(title: str, body: RenderableType, beside: str = "") -> RenderableType:
    """A heading, what stands under it, and an empty line."""
    return Group(heading(title, beside), body, Text())


def birth(born: str, age: str, died: str = "") -> str:
    """A life as one says it: "born 4 May 1991 (35)", "expected 3 March 2027", "born 4 May 1991, died 2 May 2026", or nothing."""
    if born and not born.startswith("expected"):
        born = f"born {born} ({age})" if age else f"born {born}"
    return ", ".join(
        filter(None, (born, f"died {died}" if died[:1].isdigit() else "has died" if died else ""))
    )
