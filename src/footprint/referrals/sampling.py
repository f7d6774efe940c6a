"""Which referrals are audited: drawn so that anybody can draw them again, and who may mark which.

The draw is that of RFC 3797 (publicly verifiable random selection) with SHA-256 in place of MD5: from the seed, which both sides
agree on before the month is known, and the sorted list of what could be drawn, it follows which are drawn. Nobody marks a
referral of their own, of a team in their line, or whose form they graded before. The author serves to keep people apart, never to
count anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

import msgspec

Item = TypeVar("Item")
Digest = Callable[[bytes], bytes]

RANDOM: Final = "random"
_MOST: Final = 1 << 16  # RFC 3797 numbers its digests in two bytes


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A referral that may be audited, as far as the draw asks.

    `month` is written 2026-11; `ordinal` counts its author's referrals from 1; `outcome` and `reason` are codes of the decision;
    `level` is where the level of need stands in the local order, of which 4 is the highest.
    """

    id: str
    partner: str
    team: str
    month: str
    author: str
    ordinal: int = 0
    outcome: str = ""
    reason: str = ""
    level: int = 0
    repeat: bool = False
    domestic_abuse: bool = False
    child_present: bool = False


class Target(NamedTuple):
    """A kind of referral that is looked for on purpose: its label, and whether a referral is of it."""

    label: str
    includes: Callable[[Candidate], bool]


#: The reason of a decision that says: not enough was written to decide otherwise.
INSUFFICIENT: Final = "insufficient-information"
_FIRST: Final = 5
_HIGHEST: Final = 4

TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {
        INSUFFICIENT: Target(
            "No further action because too little was written", lambda one: one.reason == INSUFFICIENT
        ),
        "repeat": Target("Referred again within twelve months", lambda one: one.repeat),
        "first-five": Target(
            "Among the first five of whoever wrote it", lambda one: 1 <= one.ordinal <= _FIRST
        ),
        "domestic-abuse": Target(
            "Domestic abuse with a child present", lambda one: one.domestic_abuse and one.child_present
        ),
        "level-4": Target("The highest level of need", lambda one: one.level >= _HIGHEST),
    }
)


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many are drawn: at random `share` of each team's month and never fewer than `least`; of each targeted kind its share.

    Shares lie from 0 to 1; `targets` are codes of TARGETS, where 1 takes all of a kind.
    """

    share: float
    least: int = 1
    targets: dict[str, float] = {}

    def __post_init__(self) -> None:
        """Refuse shares that are none and kinds that nobody knows."""
        for name, value in (("share", self.share), *self.targets.items()):
            if not 0 <= value <= 1:
                raise ValueError(f"'{name}' is a share from 0 to 1, and {value} is none.")
        if self.least < 0:
            raise ValueError("'least' is a number of referrals, nought or more.")
        if unknown := sorted(self.targets.keys() - TARGETS.keys()):
            raise ValueError(
                f"'{unknown[0]}' is no kind of referral to look for. Write one of: {', '.join(TARGETS)}."
            )


class Chosen(NamedTuple):
    """A referral that was drawn, and why: RANDOM, or codes of TARGETS."""

    id: str
    why: tuple[str, ...]


class Draw(NamedTuple):
    """What was drawn. `frame` tells whether it was drawn from this list: the beginning of a hash of all that could be drawn."""

    seed: str
    frame: str
    size: int
    chosen: tuple[Chosen, ...]


def pick(pool: Sequence[Item], count: int, key: str, digest: Digest | None = None) -> list[Item]:
    """Return `count` of `pool` (all where it has fewer) in the order of drawing, as RFC 3797 section 4 draws them.

    `pool` must stand in an order that everybody can make again. Raises ValueError for a pool of more than 65,536.
    """
    if len(pool) > _MOST:
        raise ValueError(f"A pool has at most {_MOST} entries. Draw by team and month.")
    left, drawn = list(pool), []
    for number in range(min(count, len(pool))):
        around = number.to_bytes(2, "big")
        value = (digest or _sha256)(around + key.encode() + around)
        drawn.append(left.pop(int.from_bytes(value, "big") % len(left)))
    return drawn


def draw(candidates: Iterable[Candidate], plan: Plan, seed: str) -> Draw:
    """Draw the sample of a plan. The order of the candidates makes no difference; one id twice raises ValueError."""
    pool = sorted(candidates, key=lambda one: one.id)
    if len({one.id for one in pool}) < len(pool):
        raise ValueError("One referral stands twice among those that may be drawn.")
    why: dict[str, list[str]] = {}
    for reason, key, group, count in _strata(pool, plan):
        for one in pick(group, count, f"{seed}/{key}"):
            why.setdefault(one.id, []).append(reason)
    frame = hashlib.sha256(msgspec.json.encode(pool)).hexdigest()[:12]
    return Draw(seed, frame, len(pool), tuple(Chosen(one, tuple(why[one])) for one in sorted(why)))


def _strata(pool: list[Candidate], plan: Plan) -> Iterator[tuple[str, str, list[Candidate], int]]:
    """Every group that is drawn from: why, by which key, of whom, and how many."""
    teams: dict[tuple[str, str, str], list[Candidate]] = {}
    for one in pool:
        teams.setdefault((one.partner, one.team, one.month), []).append(one)
    for place, group in sorted(teams.items()):
        yield RANDOM, "/".join(place), group, max(_part(plan.share, group), plan.least)
    for code, share in sorted(plan.targets.items()):
        group = [one for one in pool if TARGETS[code].includes(one)]
        yield code, code, group, _part(share, group)


def _part(share: float, group: list[Candidate]) -> int:
    # 0.07 of 100 is 7.000000000000001, and seven is meant.
    return ceil(round(share * len(group), 9))


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


# ---------------------------------------------------------------- who marks


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who marks for one side (a partner), with their own teams and those in their line, above and below.

    `not_theirs` are referrals, by id, about somebody close to them; `graded`, those whose form they graded for the referral
    unit.
    """

    id: str
    side: str
    partner: str
    teams: frozenset[str] = frozenset()
    line: frozenset[str] = frozenset()
    not_theirs: frozenset[str] = frozenset()
    graded: frozenset[str] = frozenset()


class Marking(NamedTuple):
    """Who marks a referral for a side; `marker` is empty where nobody of the side may."""

    referral: str
    side: str
    marker: str


def may_mark(marker: Marker, one: Candidate) -> bool:
    """Say whether this marker may mark this referral: never one that they wrote or graded, one of their own family, of their own
    team or of their line. Whoever has graded a form has made up their mind about it, and is no second pair of eyes.

    Where a partner names no team, all of it is one team.
    """
    if marker.id == one.author or one.id in marker.not_theirs | marker.graded:
        return False
    if marker.partner != one.partner:
        return True
    return bool(one.team and marker.teams) and one.team not in marker.teams | marker.line


def assign(chosen: Iterable[Candidate], markers: Iterable[Marker], seed: str) -> list[Marking]:
    """Return who marks each referral for each side: whoever has fewest of those who may, drawn by the seed where several have.

    Every side marks every referral, and neither sees the other's marks before both have marked.
    """
    listed = sorted(markers, key=lambda one: one.id)
    sides = sorted({one.side for one in listed})
    load: Counter[str] = Counter()
    found = []
    for one in sorted(chosen, key=lambda candidate: candidate.id):
        for side in sides:
            free = [marker.id for marker in listed if marker.side == side and may_mark(marker, one)]
            fewest = min((load[name] for name in free), default=0)
            free = [name for name in free if load[name] == fewest]
            marker = next(iter(pick(free, 1, f"{seed}/{one.id}/{side}")), "")
            load[marker] += 1
            found.append(Marking(one.id, side, marker))
    return found
