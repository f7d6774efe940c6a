# ruff: noqa: S608 - SQL is composed here of our own column names.
"""The homes that are protected, in every writing in which a partner gave them: so that free text can be kept clear of them.

No snapshot holds them. They lie in one file beside the generations, which hold them anyhow, and each publishing replaces it:
a rollback brings back an older snapshot and never an older list.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import msgspec

from footprint.decisions import NOTHING_DECIDED, Overlay, is_protected
from footprint.feeds.durable import write_whole
from footprint.feeds.generations import current_generations
from footprint.publishing.gathering import gather
from footprint.publishing.veiling import AT_PROTECTED, MARK, mark_places
from footprint.records import Address, Record
from footprint.records.wire import record_from_bytes

FILE: Final = Path("generations", "protected.json")


class ProtectedHome(msgspec.Struct, frozen=True, omit_defaults=True):
    """One writing of a protected home, and the numbers of those who live there as the same partner gives them.

    `marked` says that a partner marked the place; without it the home is protected as long as its shield stands.
    """

    address: Address
    marked: bool = False
    phones: tuple[str, ...] = ()


class NothingSaysWhatIsProtected(RuntimeError):
    """A snapshot is here without the list of protected homes. Copy DATA/generations/protected.json with it, or publish again."""


_DECODER: Final = msgspec.json.Decoder(tuple[ProtectedHome, ...])


def protected_homes(engine: duckdb.DuckDBPyConnection, overlay: Overlay) -> tuple[ProtectedHome, ...]:
    """Return every protected home that any partner states. Needs `stated`."""
    marked = mark_places(engine, overlay)
    rows = engine.execute(
        f"SELECT body FROM stated WHERE contains(body, ?) OR {AT_PROTECTED} ORDER BY key", [MARK]
    ).fetchall()
    found: dict[tuple[Address, bool], set[str]] = {}
    for (body,) in rows:
        record = record_from_bytes(body)
        for home in record.addresses:
            place, still_there = _bare(home), not home.end
            is_marked = (home.protected and still_there) or is_protected(place, NOTHING_DECIDED, marked)
            if is_marked or is_protected(place, overlay):
                found.setdefault((place, is_marked), set()).update(phones_of(record) if still_there else ())
    return tuple(
        ProtectedHome(place, is_marked, tuple(sorted(phones))) for (place, is_marked), phones in found.items()
    )


def phones_of(record: Record) -> list[str]:
    """Return the numbers that a record gives of a person and of those who are close to them."""
    own = [one.value for one in record.contacts if one.kind != "email"]
    return own + [one.phone for one in record.relationships if one.phone]


def keep(data: Path, homes: Sequence[ProtectedHome]) -> None:
    """Put the list in the place of the one before, whole or not at all."""
    write_whole(data / FILE, msgspec.json.encode(homes))


def kept(data: Path) -> tuple[ProtectedHome, ...] | None:
    """Return the list of the last publishing, or None where there is none yet."""
    try:
        return _DECODER.decode((data / FILE).read_bytes())
    except FileNotFoundError:
        return None


def found_now(data: Path, overlay: Overlay) -> tuple[ProtectedHome, ...]:
    """Return the same from the generations as they stand: where the last publishing was by a version that kept no list.

    Raises NothingSaysWhatIsProtected.
    """
    generations = current_generations(data)
    if not generations:
        raise NothingSaysWhatIsProtected(NothingSaysWhatIsProtected.__doc__)
    with duckdb.connect() as engine:
        gather(engine, generations)
        return protected_homes(engine, overlay)


def _bare(home: Address) -> Address:
    """The place alone: whoever marked it, and since when somebody lives there, is said elsewhere."""
    return msgspec.structs.replace(home, use="home", start="", end="", protected=False)
