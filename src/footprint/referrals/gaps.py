"""What a referral leaves blank, in the order of what would help the child most, each with a sentence that says why.

First what lets somebody go tonight, then what finds the right child, then the child's own words, then what lets others decide
and follow up. "Not known" is an answer and no gap. A gap is about the form, never about a child, and holds nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from footprint.referrals.answers import called
from footprint.referrals.fields import FIELDS, step_of
from footprint.referrals.gap_table import TABLE
from footprint.referrals.parts import Place
from footprint.referrals.referral import Referral, Voice


class Gap(NamedTuple):
    """One thing that is blank: in which part and field, on which step of the form it is answered, and the sentence to show.

    `helps` is a key of `gap_table.HELPS`: what for, by which a long list is parted.
    """

    helps: str
    place: Place
    field: str
    step: str
    says: str


#: Where what is no field of its own is answered.
_STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "referral.children": "child",
        "referral.adults": "household",
        "referral.responsibilities": "household",
        "concern.statements": "statement",
        "voice.noted": "voice",
        "voice.appearance": "voice",
    }
)
#: The part whose places are walked, where it is not the one that holds the value.
_WALKED: Final[Mapping[str, str]] = MappingProxyType({"referral.responsibilities": "child"})


def gaps(referral: Referral, sector: str = "") -> tuple[Gap, ...]:
    """Return what is blank, the most helpful first. `sector` is that of whoever refers: a teacher has no body-worn video."""
    parts = list(_walk(referral))
    return tuple(
        Gap(helps, place, name, step, row.says.replace("{one}", called(referral, place)))
        for helps, rows in TABLE.items()
        for row in rows
        for step, name in [(_step(row.key), row.key.partition(".")[2])]
        for place, part in parts
        if place.part == _WALKED.get(row.key, row.key.partition(".")[0])
        and _is_asked(row.key, sector)
        and row.when(referral, part)
        and row.open(referral, part, name)
    )


def _walk(referral: Referral) -> Iterator[tuple[Place, Any]]:
    """Every part in which something may be blank: of a child without a voice, the empty one; of a baby unborn, none."""
    yield Place("referral"), referral
    for name in ("safety", "concern", "referrer", "informing", "request", "links"):
        yield Place(name), getattr(referral, name)
    for child in referral.children:
        yield Place("child", child.key), child
        if not child.expected:
            yield Place("voice", child.key), child.voice or Voice()
    for adult in referral.adults:
        yield Place("adult", adult.key), adult


def _step(key: str) -> str:
    return _STEPS.get(key) or step_of(FIELDS[key])


def _is_asked(key: str, sector: str) -> bool:
    sectors = FIELDS[key].sectors if key in FIELDS else frozenset()
    return not sectors or sector in sectors
