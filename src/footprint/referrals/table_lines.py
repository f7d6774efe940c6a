"""The lines of a table that another system wrote, as far as they can be told apart. Knows no column and no contract.

What cannot be told apart is told by its line and never repeated: two families may stand in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

_LONGEST_CELL: Final = 1 << 17
_TORN: Final = (
    "from here on the file cannot be told apart: a quotation mark has no end, or a text is longer than any. "
    "Send the file again, whole."
)
#: Of the last line of a file that does not end with a line break.
CUT: Final = (
    "the file ends within this line. Send it again, whole, with a line break at the end of every line."
)


class Line(NamedTuple):
    """A line of a table: its number in the file (its last, where it has several), its cells, and why it cannot be taken."""

    number: int
    cells: list[str]
    fault: str = ""


def lines_of(text: str, delimiter: str) -> Iterator[Line]:
    """Yield every line. After a quotation mark that is never closed nothing can be told apart: that is the last one."""
    # The limit is the whole process's: whoever read another table before may have left theirs.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(reader.line_num, [], _TORN)
            return
        yield Line(reader.line_num, cells)


def is_whole(text: str) -> bool:
    """Say whether a file ends with a line break: else its last line may be cut short."""
    return text.endswith(("\n", "\r"))
