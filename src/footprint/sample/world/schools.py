"""Schools and their catchments: which one a child of a block goes to.

State schools send a feed; the independent schools and children educated at home do not, as in life.
"""

from __future__ import annotations

from typing import Final

import msgspec

from footprint.sample.world.numbers import LOCAL_AUTHORITY
from footprint.sample.world.places import TOWNS

BLOCKS_A_PRIMARY: Final = 3
BLOCKS_A_SECONDARY: Final = 11
BLOCKS_A_SPECIAL: Final = 45
SAINTS: Final = (
    "St Anne's",
    "St Bede's",
    "St Chad's",
    "St Edmund's",
    "St Hilda's",
    "St Oswin's",
    "St Werburgh's",
    "Holy Cross",
)
TREES: Final = (
    "Alderbrook", "Beechwood", "Coppice Lane", "Derwent", "Elm Tree", "Fairfield", "Goldcrest", "Hawthorn", "Ivy Bank",
    "Kingsmead", "Larkfield", "Meadow View", "Northgate", "Oakhill", "Pinewood", "Quarry Bank", "Rowan Park", "Saltbrook",
    "Tanners Croft", "Upland", "Vale", "Willowbank",
)  # fmt: skip


class School(msgspec.Struct, frozen=True):
    """A school: `estab` its four-digit number, `phase` primary, secondary, special or independent."""

    estab: str
    phase: str
    name: str
    urn: str

    @property
    def laestab(self) -> str:
        return LOCAL_AUTHORITY + self.estab

    @property
    def sends(self) -> bool:
        """Say whether the school has a feed."""
        return self.phase != "independent"


FIRST: Final = {"primary": 2001, "secondary": 4001, "special": 7001, "independent": 6001}
LAST_WORDS: Final = {
    "primary": "Primary School",
    "secondary": "Academy",
    "special": "School",
    "independent": "Grammar School",
}


def school(phase: str, index: int) -> School:
    """Return the borough's school number `index` of a phase. Numbers repeat only above 999 schools of a phase."""
    index %= 1999 if phase == "primary" else 999
    words = SAINTS[index // 4 % len(SAINTS)] if index % 4 == 1 else TREES[index * 7 % len(TREES)]
    town = f" {TOWNS[index % len(TOWNS)]}" if index >= len(TREES) else ""
    urn = {"primary": 900_000, "secondary": 910_000, "special": 920_000, "independent": 930_000}[phase]
    return School(
        str(FIRST[phase] + index), phase, f"{words}{town} {LAST_WORDS[phase]}", str(urn + index + 1)
    )


def catchment(block: int, year_group: int, shift: int = 0) -> School:
    """Return the school for a child of a block; `shift` is 1 for parents who chose the next one along."""
    if year_group <= 6:
        return school("primary", block // BLOCKS_A_PRIMARY + shift)
    return school("secondary", block // BLOCKS_A_SECONDARY + shift)
