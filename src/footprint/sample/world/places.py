"""The borough's streets, houses and flats: invented names, postcodes of an area that does not exist, invented UPRNs.

A neighbourhood is a pure function of (seed, block): any block's houses can be named at any time, so people can move
between blocks although the borough is made block by block and never held whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from footprint.sample.dice import Dice

AREAS: Final = ("AM", "EM", "UM")
"""Postcode areas in a valid form that Royal Mail has never used; the second and third serve above six million people."""

TOWNS: Final = (
    "Aldermarch", "Netherbrook", "Colwick Heath", "Saltersford", "Pellsall Green", "Thornley Bank",
    "Marlow End", "Great Wenning",
)  # fmt: skip
STEMS: Final = (
    "Abbey Acacia Albion Alder Almond Anchor Apple Arden Ash Aspen Avon Bakers Balmoral Bank Barley Barn Beacon Beech Bell "
    "Birch Bishop Blackthorn Bluebell Bradford Bramble Bridge Broad Brook Browning Burns Butler Byron Canal Canning Castle "
    "Cedar Chapel Charles Chaucer Cherry Chestnut Church Clarence Clay Clover Coal Collier Copper Coppice Corporation Cowper "
    "Crane Croft Cromwell Cross Crown Cygnet Dale Darwin Dean Derwent Dorset Dove Drake Druid Dudley Earl East Edward Elder "
    "Elm Essex Fairfield Falcon Farm Fern Field Fisher Forge Foster Foundry Fountain Foxglove Furnace Garden George Gladstone "
    "Gorse Grange Granville Green Grosvenor Grove Hadley Hall Hampton Harding Hare Harvest Hawthorn Hazel Heath Heather Henry "
    "High Hill Hillside Holly Holyhead Hope Hospital Ivy James Jubilee Juniper Keats Kestrel King Kingfisher Laburnum Lake "
    "Lark Laurel Lavender Leamore Lichfield Lime Linden Lock Lodge London Lower Lupin Maple Market Marlborough Meadow Mill "
    "Milton Moat Moor Moss Mount Myrtle Nelson New Newton Norfolk North Oak Orchard Osprey Oxford Paddock Palmer Park Peel "
    "Pine Pinfold Plough Poplar Primrose Princess Priory Quarry Queen Railway Raleigh Regent Richmond Ridge River Robin Rose "
    "Rowan Rushall Russell Salisbury Sandy School Severn Shakespeare Shelley Somerset South Speedwell Spring Stafford Station "
    "Stone Stratford Sussex Swan Sycamore Tame Tanner Tavern Tennyson Teal Thames Thistle Tower Trent Trinity Tudor Union "
    "Upper Vale Vicarage Victoria Villiers Violet Walnut Warren Warwick Water Wellington Wesley West Wharf Wheel Whitehall "
    "William Willow Windmill Windsor Wood Woodland Wordsworth Wren Yew York"
).split()
KINDS: Final = (
    "Road", "Street", "Avenue", "Close", "Lane", "Drive", "Crescent", "Way", "Terrace", "Grove", "Gardens", "Court", "Place",
)  # fmt: skip
BLOCK_NAMES: Final = (
    "Wolsey",
    "Attlee",
    "Nightingale",
    "Brunel",
    "Bevan",
    "Pankhurst",
    "Telford",
    "Curie",
    "Priestley",
)

STREETS_A_BLOCK: Final = 16
HOUSES_A_STREET: Final = 42
POSTCODES_A_STREET: Final = 3
SPECIAL_POSTCODES: Final = 8
POSTCODES_A_BLOCK: Final = STREETS_A_BLOCK * POSTCODES_A_STREET + SPECIAL_POSTCODES
BLOCKS_A_DISTRICT: Final = 10 * (400 // POSTCODES_A_BLOCK)
"""A district has ten sectors of four hundred postcodes; each block has its codes in one sector."""

UNIT_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
PURPOSE: Final = 11


class Dwelling(msgspec.Struct, frozen=True):
    """One front door. `kind`: house, flat, refuge, hostel, home (children's), hall, pitch, mooring."""

    flat: str = ""
    building: str = ""
    number: str = ""
    street: str = ""
    town: str = ""
    postcode: str = ""
    uprn: str = ""
    kind: str = "house"

    @property
    def residence(self) -> tuple[str, str, str, str]:
        """What tells one front door from another."""
        return (self.postcode, self.building, self.number, self.flat)


class Neighbourhood(msgspec.Struct, frozen=True):
    """The doors of a block: ordinary ones in a shuffled order, and the postcodes kept for communal places."""

    block: int
    town: str
    doors: tuple[Dwelling, ...]
    streets: tuple[str, ...]
    special_postcodes: tuple[str, ...]


class Gazetteer:
    """All places of a borough. `postcodes`, where given, are used in place of invented ones."""

    def __init__(self, seed: int, postcodes: Sequence[str] = ()) -> None:
        self._seed = seed
        self._postcodes = postcodes
        self._kept: dict[int, Neighbourhood] = {}

    def neighbourhood(self, block: int) -> Neighbourhood:
        """Return a block's places; the last sixteen blocks asked for are kept at hand."""
        found = self._kept.get(block)
        if found is None:
            if len(self._kept) >= 16:
                self._kept.pop(next(iter(self._kept)))
            found = self._kept[block] = self._lay_out(block)
        return found

    def _lay_out(self, block: int) -> Neighbourhood:
        dice = Dice.seeded(self._seed, PURPOSE, block)
        town = TOWNS[block // 4 % len(TOWNS)]
        names = [street_name(block * STREETS_A_BLOCK + place) for place in range(STREETS_A_BLOCK)]
        doors: list[Dwelling] = []
        for place, name in enumerate(names):
            codes = [
                self.postcode(block, place * POSTCODES_A_STREET + part) for part in range(POSTCODES_A_STREET)
            ]
            doors += street_doors(dice, name, town, codes, block, len(doors))
        order = sorted(range(len(doors)), key=dice.tape(len(doors)).__getitem__)
        first = STREETS_A_BLOCK * POSTCODES_A_STREET
        special = tuple(self.postcode(block, first + part) for part in range(SPECIAL_POSTCODES))
        return Neighbourhood(block, town, tuple(doors[index] for index in order), tuple(names), special)

    def postcode(self, block: int, place: int) -> str:
        """Return the postcode of a place in a block; neighbouring places have codes that look unlike."""
        if self._postcodes:
            return self._postcodes[(block * POSTCODES_A_BLOCK + place) % len(self._postcodes)]
        towns = len(TOWNS)
        round_, within = divmod(block // (4 * towns) * 4 + block % 4, BLOCKS_A_DISTRICT)
        area, district = divmod(block // 4 % towns + towns * round_, 99)
        unit = (within // 10 * POSTCODES_A_BLOCK + place) * 147 % 400
        letters = UNIT_LETTERS[unit // 20] + UNIT_LETTERS[unit % 20]
        return f"{AREAS[area]}{district + 1} {within % 10}{letters}"


def street_name(index: int) -> str:
    """Return an invented street name; none comes twice within some 3,600 streets."""
    shuffled = index * 1009 % (len(STEMS) * len(KINDS))
    return f"{STEMS[shuffled % len(STEMS)]} {KINDS[shuffled // len(STEMS)]}"


def street_doors(
    dice: Dice, name: str, town: str, codes: Sequence[str], block: int, taken: int
) -> list[Dwelling]:
    """Return the doors of one street. One house in nine is made into flats, and one in thirty has a name, too."""
    doors: list[Dwelling] = []
    for house in range(HOUSES_A_STREET):
        number, code = str(house + 1), codes[house * len(codes) // HOUSES_A_STREET]
        flats = dice.between(2, 4) if dice.chance(0.11) else 1
        building = f"{dice.pick(STEMS)} House" if flats == 1 and dice.chance(0.03) else ""
        for flat in range(flats):
            doors.append(
                Dwelling(
                    flat="" if flats == 1 else (f"Flat {flat + 1}", f"Flat {'ABCD'[flat]}")[house % 2],
                    building=building,
                    number=number,
                    street=name,
                    town=town,
                    postcode=code,
                    uprn=uprn(block, taken + len(doors)),
                    kind="house" if flats == 1 else "flat",
                )
            )
    return doors


def uprn(block: int, place: int) -> str:
    """Return an invented unique property reference number: twelve digits, in a range not given out."""
    return f"99{block:06}{place:04}"


def tower(near: Neighbourhood, place: int, flats: int, name: str) -> list[Dwelling]:
    """Return the flats of one block of flats, all behind one door number and one postcode."""
    return [
        Dwelling(
            flat=f"Flat {flat + 1}",
            building=name,
            number=str(2 * place + 1),
            street=near.streets[place],
            town=near.town,
            postcode=near.special_postcodes[place % SPECIAL_POSTCODES],
            uprn=uprn(near.block, 2000 + 200 * place + flat),
            kind="flat",
        )
        for flat in range(flats)
    ]


def communal(near: Neighbourhood, place: int, kind: str, building: str, *, mapped: bool = True) -> Dwelling:
    """Return a place where many live behind one door. Pitches and moorings are on no map: they have no UPRN."""
    return Dwelling(
        building=building,
        number="" if not mapped else str(101 + place),
        street=near.streets[place],
        town=near.town,
        postcode=near.special_postcodes[place % SPECIAL_POSTCODES],
        uprn=uprn(near.block, 1900 + place) if mapped else "",
        kind=kind,
    )
