"""Where somebody lives: the homes that nobody says were left, those that one partner still holds, and those left this year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, Home, HomeState
from footprint.web.cases.person.presenters.who import Mark

#: Beside every home that one partner still holds and another says was left, on whatever page it stands.
MAY_BE_OLD: Final = Mark("May be an old home", "care")
_MARKS: Final[dict[HomeState, Mark | None]] = {
    "lives": None,
    "held": MAY_BE_OLD,
    "left": Mark("Left"),
}


class Door(NamedTuple):
    """One home: the address, a mark where it may be the wrong door, and who says what and when."""

    address: str
    mark: Mark | None
    use: str
    says: str


class Homes(NamedTuple):
    """`doors` are those that some partner holds as current, the likeliest first; `left` those that nobody does any more.

    `differ` is the sentence for the top of a page where partners send a reader to different doors.
    """

    doors: tuple[Door, ...]
    left: tuple[Door, ...]
    differ: str


def homes(answer: Footprint) -> Homes:
    """Return the homes of a person; of one who is protected there are none."""
    doors = [one for one in answer.homes if one.state != "left"]
    is_plain = "home" not in answer.conflicts and not any(one.state == "held" for one in doors)
    return Homes(
        doors=tuple(map(door, doors)),
        left=tuple(door(one) for one in answer.homes if one.state == "left"),
        differ="" if is_plain else f"{_differ(doors)}: look before anybody goes.",
    )


def _differ(doors: Sequence[Home]) -> str:
    if len(doors) > 1:
        return f"Partners hold {words.counted(len(doors), 'home')} as current"
    (lone,) = doors
    if lone.state != "held":
        return "Partners do not agree on the home"
    holding = len({said.name for said in lone.said_by})
    who = f"{holding} partners hold" if holding > 1 else "One partner holds"
    return f"{who} a home that another says was left"


def door(home: Home) -> Door:
    """Return one home as a page shows it."""
    return Door(home.address, _MARKS[home.state], home.use, home.says)
