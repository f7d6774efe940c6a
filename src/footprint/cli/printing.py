"""What a command writes: JSON for machines, a page for people, sentences for both. Plain where there is no terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType


def write_json(value: Any) -> None:
    """Write a value as JSON, indented, with a line break at its end."""
    content = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.write(content.decode() + "\n")


def console() -> Console:
    """Return the page for people. Without a terminal it is plain text, as wide as its longest line needs."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(
        width=None if terminal else 110, highlight=False, markup=False, emoji=False, soft_wrap=False
    )


def print_page(parts: Iterable[RenderableType]) -> None:
    """Write a page, and no spaces at the ends of lines that nobody sees."""
    page = console()
    with page.capture() as captured:
        for part in parts:
            page.print(part)
    for line in captured.get().splitlines():
        sys.stdout.write(f"{line.rstrip()}\n")


def say(sentence: str) -> None:
    """Write one sentence, or a line, to the reader."""
    sys.stdout.write(f"{sentence}\n")


def complain(sentence: str) -> None:
    """Write one sentence where errors go."""
    sys.stderr.write(f"{sentence}\n")
