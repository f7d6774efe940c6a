"""What somebody typed, as the type checker sees it: no text, so that no page is given it before it is masked for its reader.

Rows hold plain text. `protecting.words_read_by` and its kin take what a row says and return text; nothing else does, but
`as_typed`, for the few who keep words, compare them, or hand them on to whoever masks them.
"""

from __future__ import annotations


class Typed:
    """Words of a row that may name a protected place. What is protected changes, so they are masked at each reading."""

    def __bool__(self) -> bool:
        """Say whether anything was typed: that alone tells nothing of a place."""
        raise TypeError("No row holds one of these: rows hold plain text.")


def as_typed(words: Typed | str) -> str:
    """Return words as they were typed, masked for nobody."""
    return str(words)
