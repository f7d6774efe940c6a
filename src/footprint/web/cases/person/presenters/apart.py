"""That somebody is in doubt and stands in parts now: where that stands, and the way to every other part that may be opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from footprint.answer.values import Footprint, PossibleOther
from footprint.web.cases.person.presenters.identity import called
from footprint.web.cases.person.presenters.who import born
from footprint.web.cases.scope import Scope
from footprint.web.identity.presenters.apart import in_doubt
from footprint.web.identity.queries import to_join


class Part(NamedTuple):
    """Another part: who it is, by which records, and where it is opened."""

    name: str
    url: str
    born: str
    records: str


class Apart(NamedTuple):
    """Where the doubt stands in a word or two, the sentence, the other parts, and where one says that one doubts it too."""

    state: str
    sentence: str
    parts: tuple[Part, ...]
    too: str


def apart(scope: Scope, answer: Footprint, urls: Mapping[str, str], too: str = "") -> Apart | None:
    """Return what is said of the other parts of this person, or None where there are none; `urls` leads to people by id.

    `too` is where one says that one doubts it too: left out where this user said so, or nobody did through the pages.
    """
    if not answer.apart:
        return None
    names = {partner.partner: partner.name for partner in answer.partners}
    all_parts = [_this(answer), *answer.apart]
    said = in_doubt(scope, all_parts)
    parts = tuple(_part(one, urls.get(one.person_id, ""), names) for one in answer.apart)
    may_join = bool(too) and to_join(scope.actor, [one.records for one in all_parts]) is not None
    return Apart(said.state, said.sentence, parts, too if may_join else "")


def _this(answer: Footprint) -> PossibleOther:
    """The part whose footprint it is."""
    return PossibleOther(
        person_id=answer.person_id,
        name=answer.name,
        birth=answer.birth,
        age=answer.age,
        standing=answer.standing,
        weight=0.0,
        disputed=True,
        records=tuple(key for partner in answer.partners for key in partner.records),
        why=(),
    )


def _part(part: PossibleOther, url: str, names: Mapping[str, str]) -> Part:
    records = ", ".join(called(key, names) for key in part.records)
    return Part(part.name, url, born(part.birth, part.age), records)
