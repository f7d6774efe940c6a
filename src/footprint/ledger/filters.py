"""What the log may be asked by, as SQL that holds on both databases and that an index answers, however long the log.

SQLite keeps no statistics here and would take any index that fits, even one under which half the log lies. So it is told
which filter narrows most, and no index is offered for the others. It must not know what an entry says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from footprint.ledger.clock import written

Filter = str | int | dt.datetime | Sequence[str] | None

#: Each filter's column and test; `{}` stands for as many place-holders as there are values. Those that narrow most are
#: first, and the first that is asked picks the index. A partnership, or a moment, narrows least.
FILTERS: Final[Mapping[str, tuple[str, str]]] = {
    "event": ("event_id", "= ?"),
    "intent": ("intent", "= ?"),
    "subject": ("sequence", "IN (SELECT sequence FROM ledger_subject WHERE subject_id = ?)"),
    "actor": ("actor", "= ?"),
    "case": ("case_reference", "= ?"),
    "action": ("action", "= ?"),
    "actions": ("action", "IN ({})"),
    "kind": ("kind", "= ?"),
    "kinds": ("kind", "IN ({})"),
    "first": ("sequence", ">= ?"),
    "last": ("sequence", "<= ?"),
    "before": ("sequence", "< ?"),
    "since": ("time", ">= ?"),
    "until": ("time", "< ?"),
    "partnership": ("partnership", "= ?"),
}
SPAN: Final = ("since", "until")
NARROW: Final = (
    "event",
    "intent",
    "subject",
    "actor",
    "case",
)  # few entries fit: a span need not narrow them further
BROAD: Final = ("action", "actions", "kind", "kinds")


def conditions(filters: Mapping[str, Filter]) -> tuple[str, list[object]]:
    """Return the SQL that holds where every filter does, and its values. A filter of None does not ask.

    Entries lie in the order of their sequence, not of their time, and the two differ where a clock was set right. A span is
    therefore looked up first, in the index of times, and what it holds is bounded by sequence.
    """
    asked = _asked(filters)
    narrowest = next((name for name in (*NARROW, *BROAD) if name in asked), None)
    parts, values = ["1 = 1"], list[object]()
    for name, several in asked.items():
        column, test = FILTERS[name]
        offered = name == narrowest or column == "sequence"
        parts.append(_test(column, test, several, offered=offered))
        values += several
    span = {name: asked[name] for name in SPAN if name in asked}
    if span and narrowest not in NARROW:
        within = " AND ".join("{} {}".format(*FILTERS[name]) for name in span)
        # The sum keeps a database from looking for the extreme along the sequence, which may be the whole log.
        for extreme, sign in (("MIN", ">="), ("MAX", "<=")):
            parts.append(f"sequence {sign} (SELECT {extreme}(sequence + 0) FROM ledger_entry WHERE {within})")  # noqa: S608 - from FILTERS
            values += [value for several in span.values() for value in several]
    return " AND ".join(parts), values


def conditions_of_pairs(filters: Mapping[str, Filter], *, narrowed: bool) -> tuple[str, list[object]]:
    """Return the same for entries that are counted and not listed: a span picks the index before kinds and actions do.

    `narrowed` says that something else picks it already.
    """
    asked = _asked(filters)
    narrow = () if narrowed else ("actor", *SPAN) if "actor" not in asked else ("actor",)
    parts = [_test(*FILTERS[name], several, offered=name in narrow) for name, several in asked.items()]
    return " AND ".join(["1 = 1", *parts]), [value for several in asked.values() for value in several]


def _asked(filters: Mapping[str, Filter]) -> dict[str, list[object]]:
    """Return each filter that asks, with its values. TypeError for what is none, or a moment without its time zone."""
    unknown = filters.keys() - FILTERS.keys()
    if unknown:
        raise TypeError(f"The ledger cannot be asked by {sorted(unknown)}; it can by {', '.join(FILTERS)}.")
    return {name: _values(said) for name, said in filters.items() if said is not None}


def _values(said: str | int | dt.datetime | Sequence[str]) -> list[object]:
    if isinstance(said, dt.datetime):
        if said.tzinfo is None:
            raise TypeError("A moment to ask the ledger by needs its time zone.")
        return [written(said)]
    return list(said) if isinstance(said, Sequence) and not isinstance(said, str) else [said]


def _test(column: str, test: str, values: Sequence[object], *, offered: bool) -> str:
    if not values:
        return "1 = 0"  # none of several fits nothing; SQL has no empty list
    # An expression has no index.
    name = column if offered else f"COALESCE({column}, {column})"
    return f"{name} {test.format(', '.join('?' * len(values)))}"
