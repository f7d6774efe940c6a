"""XML as text: one element a line, indented. Enough for the two returns that partners send as XML."""

from __future__ import annotations

from xml.sax.saxutils import escape


def element(name: str, value: str, depth: int) -> str:
    """Return a line with an element, or nothing where there is no value."""
    return f"{'    ' * depth}<{name}>{escape(value)}</{name}>\n" if value else ""
