"""The borough block by block: some thousand residents each, whole households, never more than one block in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from footprint.sample.dice import Dice
from footprint.sample.storylines import Story, tell
from footprint.sample.timeline import Timeline
from footprint.sample.world.households import SHAPE, SHAPES
from footprint.sample.world.institutions import TOWER_EVERY, TOWER_FLATS, placed
from footprint.sample.world.lives import settle
from footprint.sample.world.maker import COMMUNITY, Maker
from footprint.sample.world.names import Names
from footprint.sample.world.numbers import Registry
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import BLOCK_NAMES, Dwelling, Gazetteer, Neighbourhood, tower

BLOCK: Final = 1000
"""Residents of a block, about. Memory grows with this and not with the borough."""

PURPOSE: Final = 23
MOST_ORDINARY_DOORS: Final = 560


class Block(msgspec.Struct):
    """A block's households. `number` counts from 0."""

    number: int
    households: list[Household]

    @property
    def people(self) -> list[Person]:
        return [person for home in self.households for person in home.people]


class World:
    """The borough as it truly is on the last day. `names` may hold measured names and postcodes."""

    def __init__(self, residents: int, seed: int, timeline: Timeline, names: Path | None = None) -> None:
        self.residents = residents
        self.seed = seed
        self.timeline = timeline
        self.names = Names(names)
        self.registry = Registry(residents + residents // 8 + 2000)
        self.gazetteer = Gazetteer(seed, measured_postcodes(names))
        self.stories: list[Story] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order until the borough has at least as many residents as asked for."""
        made = 0
        number = 0
        while made < self.residents:
            block = self._block(number, min(BLOCK, self.residents - made))
            made += len(block.people)
            number += 1
            yield block

    def _block(self, number: int, residents: int) -> Block:
        near = self.gazetteer.neighbourhood(number)
        dice = Dice.seeded(self.seed, PURPOSE, number)
        maker = Maker(self.names, self.registry, self.gazetteer, self.timeline, dice, number, number * 10_000)
        homes = placed(maker, near) if residents >= BLOCK // 2 else []
        told = self._tell(maker, near) if number == 0 else []
        count = sum(len(home.people) for home in (*homes, *told))
        while count < residents:
            shape = SHAPES[dice.weighted(SHAPE)][1]
            for home in shape(maker, dice.weighted(COMMUNITY)):
                homes.append(home)
                count += len(home.people)
        for home, door in zip(homes, doors(near), strict=False):
            settle(maker, home, door)
        return Block(number, [*told, *homes])

    def _tell(self, maker: Maker, near: Neighbourhood) -> list[Household]:
        self.stories = tell(maker, near)
        return [home for story in self.stories for home in story.households]


def doors(near: Neighbourhood) -> Iterator[Dwelling]:
    """Yield front doors for a block's households: a block of flats first, where one stands, then ordinary ones.

    A house may be given out twice in an overfull block; people do share houses.
    """
    every, first = TOWER_EVERY
    if near.block % every == first:
        name = f"{BLOCK_NAMES[near.block // every % len(BLOCK_NAMES)]} Court"
        yield from tower(near, 1, TOWER_FLATS, name)
    while True:
        yield from near.doors[:MOST_ORDINARY_DOORS]


def measured_postcodes(directory: Path | None) -> tuple[str, ...]:
    """Return the postcodes of a directory of measured names, or none."""
    file = directory / "postcodes_uk.parquet" if directory else None
    if file is None or not file.exists():
        return ()
    import polars as pl

    return tuple(pl.read_parquet(file)["postcode"].sort())
