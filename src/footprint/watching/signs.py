"""From what was seen of a look-up, a day or some weeks to signs: a rule and its points. Pure: the same facts, the same signs."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from footprint.watching.connections import Connection
from footprint.watching.figures import Figures
from footprint.watching.rules import RULES

_FEWEST_DAYS: Final = 4  # fewer have no quartiles worth the name


class Sign(NamedTuple):
    """That a rule speaks, and how much it weighs."""

    code: str
    points: float


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one look-up and one person whom it showed; without a person, of the look-up alone.

    `surname_bits` says how many bits rarer than most the surname is that user and person share; below nothing it is common.
    `staff` is "own" for the home of somebody who works where the user does, "other" for another partner's member of staff.
    """

    connection: Connection = ""
    own_name: bool = False
    relative_by_name: bool = False
    own_street: bool = False
    surname_bits: float = 0
    staff: str = ""
    listed: bool = False
    protected: bool = False
    protected_place: bool = False
    behind_shield: bool = False
    team_holds: bool = False
    has_reference: bool = True
    at_work: bool = True


def signs_of(seen: Seen, figures: Figures) -> tuple[Sign, ...]:
    """Return the signs of one look-up of one person, the weightiest first."""
    speaks = {
        "own-home": seen.connection == "own-home",
        "relative": seen.connection == "relative",
        "own-name": seen.own_name,
        "relative-by-name": seen.relative_by_name and not seen.connection,
        "own-street": seen.own_street and seen.connection != "own-home",
        "colleague": seen.staff == "own",
        "staff": seen.staff == "other",
        "listed": seen.listed,
        "protected": seen.protected,
        "protected-place": seen.protected_place,
        "behind-a-shield": seen.behind_shield,
        "out-of-hours": not seen.at_work,
        "no-reference": not seen.has_reference,
        "team-holds": seen.team_holds,
    }
    found = [Sign(code, figures.points_of(code)) for code, does in speaks.items() if does]
    most = figures.points_of("same-surname")
    if (shared := round(min(most, max(0.0, seen.surname_bits)), 1)) and not seen.own_name:
        found.append(Sign("same-surname", shared))
    return _ordered(found)


def weightiest(each: Iterable[tuple[Sign, ...]]) -> tuple[Sign, ...]:
    """Return the signs of that person of a look-up who weighs most: a list of namesakes is no worse than one of them."""
    return max(each, key=score, default=())


def score(signs: Iterable[Sign]) -> float:
    """Return what signs weigh together."""
    return round(sum(sign.points for sign in signs), 1)


def is_alert(signs: Iterable[Sign], figures: Figures) -> bool:
    """Say whether these signs are told to a reviewer: by their weight, or because one of them always is."""
    listed = list(signs)
    return score(listed) >= figures.alert_at or any(RULES[sign.code].always for sign in listed)


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What one user did on one day. `streets` counts for a street how many of its people they looked up, those of one case with
    a reference as one; `before` is how many people they looked up on each of their earlier days.
    """

    people: int = 0
    without_reference: int = 0
    streets: Mapping[str, int] = {}
    before: Sequence[int] = ()


def signs_of_day(day: Day, figures: Figures) -> tuple[Sign, ...]:
    """Return the signs of a day. None of them is an alert of its own; each adds to the day's weightiest look-up."""
    speaks = {
        "one-street": max(day.streets.values(), default=0) >= figures.street_people,
        "many-without-reference": day.without_reference >= figures.without_reference,
        "volume": day.people > _usual_volume(day.before, figures),
    }
    return _ordered([Sign(code, figures.points_of(code)) for code, does in speaks.items() if does])


def near_misses(scores: Sequence[float], figures: Figures) -> tuple[Sign, ...]:
    """Return the sign of a user's look-ups that each came near an alert, by the scores of some weeks; one a person looked up."""
    near = [one for one in scores if figures.near_miss_at <= one < figures.alert_at]
    if len(near) < figures.near_misses:
        return ()
    return (Sign("near-misses", figures.points_of("near-misses")),)


def _usual_volume(before: Sequence[int], figures: Figures) -> float:
    if len(before) < _FEWEST_DAYS:
        return figures.volume_floor
    lower, median, upper = statistics.quantiles(before, n=4, method="inclusive")
    return max(figures.volume_floor, median + figures.volume_spread * (upper - lower))


def _ordered(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    return tuple(sorted(signs, key=lambda sign: (-sign.points, sign.code)))
