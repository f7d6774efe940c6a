"""Storylines: families of whom each partner holds one piece, always in the first block, whatever the seed.

A registry of named cases, used by the demo, by tests and by whoever wants to see what Footprint is for. Adding a story is
adding a function to one of the three files.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from footprint.sample.storylines import doors, families, identities
from footprint.sample.storylines.stage import Search, Stage, Story
from footprint.sample.world.maker import Maker
from footprint.sample.world.places import Neighbourhood

__all__ = ["SEARCHES", "STORIES", "Search", "Story", "tell", "write"]

STORIES = (*families.STORIES, *identities.STORIES, *doors.STORIES)

SEARCHES = ("four-pieces", "two-amandeeps", "lodger", "identical-twins", "refuge")
"""The five searches that a demo makes, in this order."""


def tell(maker: Maker, near: Neighbourhood) -> list[Story]:
    """Return all storylines, set in a block."""
    stage = Stage(maker, near)
    return [story(stage) for story in STORIES]


def write(stories: list[Story], out: Path) -> None:
    """Write `searches.json`, which everybody may read, and `truth/storylines.json`, which the product may not."""
    by_key = {story.key: story for story in stories}
    searches = [by_key[key].search for key in SEARCHES]
    (out / "searches.json").write_text(
        json.dumps(msgspec.to_builtins(searches), indent=2) + "\n", encoding="utf-8"
    )
    told = [
        {
            "key": story.key,
            "title": story.title,
            "tells": story.tells,
            "people": [
                {
                    "person": person.id,
                    "name": f"{person.given} {person.family}".strip(),
                    "partners": sorted(person.pieces or {}),
                }
                for home in story.households
                for person in home.people
            ],
            "never": [[one.id, other.id, reason] for one, other, reason in story.never],
            "search": msgspec.to_builtins(story.search),
        }
        for story in stories
    ]
    (out / "truth" / "storylines.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
