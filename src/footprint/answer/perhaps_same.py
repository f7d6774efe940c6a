"""Relatives who may be no other human being: a part of this person that was taken out in a dispute, or two parts of one of them.

They stay on the list, since they may be somebody else; but nobody may count a brother where there may be none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from footprint.answer.people import People, Shown
from footprint.answer.values import PossibleOther, Relative


def remarked(
    people: People, shown: Shown, family: Sequence[Relative], possible: Iterable[PossibleOther]
) -> tuple[Relative, ...]:
    """Return the relatives, with a remark on each who may be this same person, or the same as another of them."""
    others = {
        one.person_id: other
        for one in family
        if one.person_id and (other := people.find(one.person_id)) and other.standing == "open"
    }
    perhaps = {one.person_id for one in possible}
    return tuple(
        msgspec.structs.replace(one, remark=_remark(people, shown, one, others, perhaps))
        if one.person_id in others
        else one
        for one in family
    )


def _remark(people: People, shown: Shown, one: Relative, others: dict[str, Shown], perhaps: set[str]) -> str:
    mine = others[one.person_id]
    who = "child" if one.is_child else "person"
    if _disputed(people, shown, mine):
        return f"May be this same {who} (disputed)"
    if one.person_id in perhaps:
        return f"May be this same {who}"
    if any(_disputed(people, mine, other) for other in others.values() if other.id != mine.id):
        return f"May be the same {who} as another here (disputed)"
    return ""


def _disputed(people: People, one: Shown, other: Shown) -> bool:
    return any(people.overlay.disputed(mine, theirs) for mine in one.keys for theirs in other.keys)
