"""Tables and numbers as the page of figures shows them."""

from collections.abc import Sequence

Cell = str | int | float | None


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a Markdown table: the first column is words, all others are figures."""
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    lines += ["| " + " | ".join(map(show, row)) + " |" for row in rows]
    return "\n".join(lines)


def show(cell: Cell) -> str:
    """Return a cell as text: whole numbers with commas, shares with four places, larger ones with fewer."""
    if cell is None:
        return "–"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:,.1f}" if abs(cell) >= 10 else f"{cell:,.2f}"
    return cell


def share(value: float) -> str:
    """Return a share between nought and one, to the place where our targets differ."""
    return f"{value:.4f}"


def against(good: bool) -> str:
    """Return whether a target is met, in a word."""
    return "met" if good else "not met"


def commands(*lines: str) -> str:
    """Return commands as a block that can be pasted."""
    return "```\n" + "\n".join(lines) + "\n```"
