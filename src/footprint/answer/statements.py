"""Names, birthdays and homes as each partner holds them: who says so, when, and where they cannot all be right.

No golden record: nothing here chooses a value. Where one is needed to call a person by, it is the one most partners use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.values import Said, Stated, Statement
from footprint.records import Address, Name, PartialDate, Record
from footprint.records.addressing import Place, read_place

# A name that somebody no longer uses helps to match, and outs people: it is shown to no one by default.
HIDDEN_USES = frozenset({"old"})


class Source(NamedTuple):
    """A record, its partner's name, and the last day of data (ISO) in which it was reported."""

    record: Record
    partner_name: str
    on: str

    @property
    def said(self) -> Said:
        """Who says what this record says."""
        key = self.record.key
        return Said(partner=key.partner, name=self.partner_name, record=str(key), on=self.on)


Values = Iterable[tuple[str, str]]


def stated(sources: Sequence[Source]) -> tuple[Stated, ...]:
    """Return names, birthdays, sexes, deaths and homes with everybody who says so; fields that nobody fills are left out."""
    births = [one.record.birth for one in sources if one.record.birth]
    fields = (
        _field("name", sources, _names, conflict=False),
        _field("birth", sources, _births, conflict=conflicting(births)),
        _field("sex", sources, _sexes, conflict=len({one.record.sex for one in sources} - {""}) > 1),
        _field("death", sources, _deaths, conflict=False),
        _field("home", sources, _homes, conflict=_live_apart(sources)),
    )
    return tuple(field for field in fields if field.statements)


def conflicting(births: Sequence[PartialDate]) -> bool:
    """Say whether two of these birthdays cannot both be right. An estimate contradicts nothing."""
    certain = [birth for birth in births if "E" not in birth.accuracy]
    return any(_contradict(one, other) for i, one in enumerate(certain) for other in certain[i + 1 :])


def _contradict(one: PartialDate, other: PartialDate) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)


def is_home(address: Address) -> bool:
    """Say whether a record states this address as a current home."""
    return not address.end and address.use in {"home", "temp"}


def _live_apart(sources: Iterable[Source]) -> bool:
    """Whether two records name current homes of which none may be the same."""
    lists = [
        [read_place(address) for address in source.record.addresses if is_home(address)] for source in sources
    ]
    known = [places for one in lists if (places := [place for place in one if place.residences])]
    return any(
        not any(_may_be_one(mine, theirs) for mine in one for theirs in other)
        for i, one in enumerate(known)
        for other in known[i + 1 :]
    )


def _may_be_one(one: Place, other: Place) -> bool:
    """Whether two places are one door, or may be: a house, and a flat in it that the other partner did not write down."""
    if not set(one.residences).isdisjoint(other.residences) or (one.uprn and one.uprn == other.uprn):
        return True
    return not (one.flat and other.flat) and not set(one.buildings).isdisjoint(other.buildings)


def called(sources: Sequence[Source]) -> str:
    """Return the name to call the person by: the usual name that most records use; on a tie the latest, then the longest."""
    names = [(_usual(one.record), one.on) for one in sources if _usual(one.record)]
    counts = Counter(name for name, _ in names)
    latest = {name: max(on for other, on in names if other == name) for name in counts}
    return max(
        counts, key=lambda name: (counts[name], latest[name], len(name), name), default="Name not known"
    )


def likeliest_birth(sources: Sequence[Source]) -> PartialDate | None:
    """Return the birthday that most records state, the fullest on a tie; None where none does."""
    counts = Counter(
        one.record.birth for one in sources if one.record.birth and not one.record.birth.expected
    )
    return max(counts, key=lambda birth: (counts[birth], len(birth.iso), birth.iso), default=None)


def _usual(record: Record) -> str:
    order = {"usual": 0, "official": 1}
    names = [name for name in record.names if name.text and name.use not in HIDDEN_USES]
    return plain(min(names, key=lambda name: order.get(name.use, 2)).text) if names else ""


def plain(name: str) -> str:
    """Return a name that was written in capitals as people write it; every other as it stands."""
    return name.title() if name.isupper() else name


def _field(
    field: str, sources: Sequence[Source], values: Callable[[Record], Values], *, conflict: bool
) -> Stated:
    found: dict[tuple[str, str], list[Said]] = {}
    for source in sources:
        for value, use in dict.fromkeys(values(source.record)):
            found.setdefault((value, use), []).append(source.said)
    statements = tuple(
        Statement(value=value, use=use, said_by=tuple(said))
        for (value, use), said in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return Stated(field=field, conflict=conflict, statements=statements)


def _names(record: Record) -> Values:
    return ((name.text, name.use) for name in record.names if _is_shown(name))


def _is_shown(name: Name) -> bool:
    return bool(name.text) and name.use not in HIDDEN_USES


def _births(record: Record) -> Values:
    text = words.birth(record.birth, record.expected)
    return [(text, "")] if text else []


def _sexes(record: Record) -> Values:
    return [({"M": "male", "F": "female"}.get(record.sex, record.sex), "")] if record.sex else []


def _deaths(record: Record) -> Values:
    return [(words.birth(record.death) or "day not said", "")] if record.death else []


def _homes(record: Record) -> Values:
    """Homes that have not ended. The veil took protected ones away before."""
    return (
        (place.text, place.use)
        for place in record.addresses
        if place.text and not place.end and place.use != "work"
    )
