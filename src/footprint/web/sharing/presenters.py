"""The agreement's rulings as finished words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from footprint.records.codes import INVOLVEMENTS, SECTORS
from footprint.records.disclosure import Level
from footprint.sharing import Ruling
from footprint.web.sharing.queries import Shared

_REACH: Final = {"everyone": "", "own-pupils": "Only pupils on your own school’s roll."}


class FromSector(NamedTuple):
    """What partners of one sector share: kinds with content, and kinds of which only the existence."""

    sector: str
    content: str
    existence: str


class ForPurpose(NamedTuple):
    """What is shared for one purpose, or in a sentence why nothing is."""

    label: str
    basis: str
    refused: str
    reach: str
    sectors: Sequence[FromSector]


def purposes(shared: Shared) -> list[ForPurpose]:
    """Return every purpose, those first for which something is shared."""
    by_partner = {feed.partner: feed.sector for feed in shared.feeds}
    listed = [
        ForPurpose(
            label=one.purpose.label,
            basis=one.purpose.basis,
            refused=one.ruling.sentence,
            reach=_REACH[one.ruling.reach],
            sectors=_sectors(one.ruling, by_partner),
        )
        for one in shared.ruled
    ]
    return sorted(listed, key=lambda one: bool(one.refused))


def _sectors(ruling: Ruling, by_partner: dict[str, str]) -> list[FromSector]:
    first = {by_partner[partner]: partner for partner in sorted(ruling.partners, reverse=True)}
    return [
        FromSector(
            sector=SECTORS.get(sector, sector),
            content=_kinds(ruling, partner, sector, "content"),
            existence=_kinds(ruling, partner, sector, "existence"),
        )
        for sector, partner in sorted(first.items())
    ]


def _kinds(ruling: Ruling, partner: str, sector: str, level: Level) -> str:
    kinds = [
        code.label
        for name, code in INVOLVEMENTS.items()
        if code.sector == sector and ruling.disclosure.level(partner, name) == level
    ]
    return ", ".join(kinds) or "nothing"
