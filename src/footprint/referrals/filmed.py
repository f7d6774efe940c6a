"""What stands of an incident after all files that named it: of each field what the latest extract says, whatever came first.

An empty field says nothing, and what no file names any more stays: absence is not deletion. So a file that is sent again, or
late, changes nothing that a later one said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from footprint.referrals.measures import Incident, Recording
from footprint.referrals.reading_footage import FootageRow

#: Since which extract a recording is known to be kept, where its system gives no time: the earliest that said so.
_KEPT_BY: Final = "kept-by"
_YES: Final = "yes"


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What an extract said of a field: when it was made (UTC, ISO), and the canonical text."""

    made: str
    value: str


Fields = dict[str, Told]


class Filmed(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as files told it: its reference as it is written, its fields, and by asset those of its recordings."""

    reference: str
    said: Fields = {}
    recordings: dict[str, Fields] = {}

    def value(self, field: str) -> str:
        """Return what stands of a field of the incident; empty where nobody said."""
        return self.said[field].value if field in self.said else ""

    @property
    def made(self) -> str:
        """When the latest extract that named it was made."""
        return max((told.made for told in self.said.values()), default="")

    def tells_as(self, other: Filmed) -> bool:
        """Say whether both tell the same, though by other extracts."""
        return _values(self.said) == _values(other.said) and (
            {asset: _values(of) for asset, of in self.recordings.items()}
            == {asset: _values(of) for asset, of in other.recordings.items()}
        )


_FILMED: Final = msgspec.json.Decoder(Filmed)


def encode(filmed: Filmed) -> str:
    """Return it as JSON."""
    return msgspec.json.encode(filmed).decode()


def decode(text: str) -> Filmed:
    """Return it from JSON."""
    return _FILMED.decode(text)


def with_rows(before: Filmed | None, rows: Iterable[FootageRow]) -> Filmed | None:
    """Return an incident with what rows of the same reference say of it. The order of rows and files makes no difference."""
    found = before
    for row in rows:
        found = found or Filmed(reference=row.reference)
        recordings = dict(found.recordings)
        if row.asset:
            recordings[row.asset] = _merged(recordings.get(row.asset, {}), row.recording, row.made)
        said = _merged(found.said, row.incident, row.made)
        found = Filmed(
            reference=min(found.reference, row.reference),
            said=said,
            recordings=dict(sorted(recordings.items())),
        )
    return found


def as_incident(filmed: Filmed, *, assets: Iterable[str] = ()) -> Incident:
    """Return it as it is counted, without voices. `assets` are recordings into which somebody looked here."""
    looked = frozenset(assets)
    shown = {asset: of for asset, of in filmed.recordings.items() if _stands(of)}
    return Incident(
        reference=filmed.reference,
        kind=filmed.value("class"),
        team=filmed.value("team"),
        at=_instant(filmed.value("at")),
        arrived=_instant(filmed.value("arrived")) if filmed.value("arrived") else None,
        children=int(filmed.value("children") or 0),
        no_video=filmed.value("no_video"),
        recordings=tuple(
            Recording(
                asset=asset,
                started=_instant(of["started"].value),
                ended=_instant(of["ended"].value),
                kept=_kept(of),
            )
            for asset, of in shown.items()
        ),
        child_heard=any(_is(of, "child_heard") for of in shown.values()),
        sampled=any(asset in looked or _is(of, "sampled") for asset, of in shown.items()),
    )


def _values(of: Fields) -> dict[str, str]:
    return {field: told.made if field == _KEPT_BY else told.value for field, told in of.items()}


def _merged(before: Fields, said: Mapping[str, str], made: str) -> Fields:
    found = dict(before)
    for field, value in said.items():
        told = Told(made, value)
        found[field] = max(found.get(field, told), told, key=lambda one: (one.made, one.value))
    if said.get("kept") == _YES:
        found[_KEPT_BY] = min(
            found.get(_KEPT_BY, Told(made, _YES)), Told(made, _YES), key=lambda one: one.made
        )
    return found


def _stands(of: Fields) -> bool:
    return not _is(of, "withdrawn") and "started" in of and "ended" in of


def _is(of: Fields, field: str) -> bool:
    return field in of and of[field].value == _YES


def _kept(of: Fields) -> dt.datetime | None:
    if "kept" not in of or of["kept"].value == "no":
        return None
    return _instant(of[_KEPT_BY].made if of["kept"].value == _YES else of["kept"].value)


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
