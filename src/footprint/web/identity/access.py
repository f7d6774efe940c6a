"""Who may doubt a link, who settles it, and who answers for what it told whom."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_WHO_DOUBTS: Final = holding("dispute")
_WHO_SETTLES: Final = holding("steward")
_WHO_ANSWERS: Final = holding("govern")

ACCESS: Final = {
    "identity:not_them": Access(_WHO_DOUBTS, _WHO_DOUBTS),
    "identity:doubt_too": Access(_WHO_DOUBTS, _WHO_DOUBTS),
    "identity:same": Access(_WHO_DOUBTS, _WHO_DOUBTS),
    "identity:said": Access(_WHO_DOUBTS, _WHO_DOUBTS),
    "identity:queue": Access(_WHO_SETTLES),
    "identity:dispute": Access(_WHO_SETTLES),
    "identity:decide": Access(None, _WHO_SETTLES),
    "identity:undo": Access(None, _WHO_SETTLES),
    "identity:breaches": Access(_WHO_ANSWERS),
    "identity:breach": Access(_WHO_ANSWERS, _WHO_ANSWERS),
}
