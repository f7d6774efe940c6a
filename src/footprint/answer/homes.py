"""Where a person lives, as each partner says it: since when, until when, and who still holds what another says was left.

No home is chosen. Those that nobody says were left stand before the others, a move of this year before what has no date: whoever
goes to a door reads first what was learnt last, and of every other door why it may be the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.statements import Source, is_home
from footprint.answer.values import Home, HomeState, Said
from footprint.decisions import places
from footprint.records import Address

# Where somebody works or gets post is no home.
_NO_HOME: Final = frozenset({"work", "billing"})
_NO_ABODE: Final = "No fixed abode"
_RANK: Final = ("lives", "held", "left")


class _Says(NamedTuple):
    """One record's address, as its partner states it."""

    said: Said
    address: Address

    @property
    def is_left(self) -> bool:
        return not is_home(self.address)

    @property
    def text(self) -> str:
        return self.address.text or (_NO_ABODE if self.address.no_fixed_abode else "")


class _Found(NamedTuple):
    """A home, and the latest day on which somebody moved in, or out where nobody lives there."""

    home: Home
    since: str


def homes(sources: Sequence[Source], day: str, shown_from: str) -> tuple[Home, ...]:
    """Return every home that the records state, those first that nobody says were left; `day` is the snapshot's.

    What ended before `shown_from` and is nobody's current home any more is left out.
    """
    found = [_home(says, day) for says in _by_place(sources) if _is_shown(says, shown_from)]
    found.sort(key=lambda one: one.home.address)
    found.sort(key=lambda one: (len(one.home.said_by), one.since), reverse=True)
    found.sort(key=lambda one: one.since if one.since >= shown_from else "", reverse=True)
    return tuple(one.home for one in sorted(found, key=lambda one: _RANK.index(one.home.state)))


def places_left(sources: Sequence[Source], day: str) -> Mapping[str, str]:
    """Return the places that one partner still holds as a home, and another says were left: by place, who says which and when.

    Whoever names one of these as a home has to say with it that it may be an old one; `day` is the snapshot's.
    """
    held = [
        (says, _home(says, day).home.says)
        for says in _by_place(sources)
        if (current := _current(says)) and _left_since(says, current)
    ]
    return {place: sentence for says, sentence in held for one in says for place in places(one.address)}


def _current(says: Iterable[_Says]) -> list[_Says]:
    return [one for one in says if not one.is_left]


def _left_since(says: Iterable[_Says], current: Iterable[_Says]) -> list[_Says]:
    """Who says that a home was left. Who left before somebody moved in contradicts nothing: a family may come back."""
    moved_in = max((one.address.start for one in current), default="")
    return [
        one
        for one in says
        if one.is_left and not (moved_in and one.address.end and one.address.end <= moved_in)
    ]


def _by_place(sources: Iterable[Source]) -> list[list[_Says]]:
    """All statements, those of one place together, however each partner writes it."""
    groups: list[tuple[set[str], list[_Says]]] = []
    for source in sources:
        for one in (_Says(source.said, address) for address in source.record.addresses):
            if not one.text or one.address.use in _NO_HOME:
                continue
            forms = set(places(one.address)) or {one.text}
            same = [group for group in groups if not group[0].isdisjoint(forms)]
            merged = (
                forms.union(*(also for also, _ in same)),
                [*(says for _, of in same for says in of), one],
            )
            groups = [*(group for group in groups if group not in same), merged]
    return [_latest_of_each(says) for _, says in groups]


def _latest_of_each(says: Iterable[_Says]) -> list[_Says]:
    """What each record says last of a place: somebody who left and came back lives there."""
    latest: dict[str, _Says] = {}
    for one in sorted(says, key=lambda one: (not one.is_left, one.address.start, one.address.end)):
        latest[one.said.record] = one
    return list(latest.values())


def _is_shown(says: Iterable[_Says], shown_from: str) -> bool:
    return any(not one.is_left or one.address.end >= shown_from for one in says)


def _home(says: Sequence[_Says], day: str) -> _Found:
    current = _current(says)
    left = _left_since(says, current)
    moved_in = max((one.address.start for one in current), default="")
    state: HomeState = "left" if not current else "held" if left else "lives"
    phrases = _SAYING[state](current, left, day)
    texts = [one.text for one in current or left]
    home = Home(
        address=max(texts, key=lambda text: (texts.count(text), len(text), text)),
        use="temporary" if current and all(one.address.use == "temp" for one in current) else "",
        state=state,
        says=f"{_first_upper('; '.join(phrases))}.",
        said_by=tuple(dict.fromkeys(one.said for one in current or left)),
    )
    return _Found(home, moved_in or max((one.address.end for one in left), default=""))


def _lives(current: Sequence[_Says], _: Sequence[_Says], day: str) -> list[str]:
    return [
        f"since {words.day(start)}, {_verb(those, 'says', 'say')} {_who(those, day)}"
        if start
        else f"{_who(those, day, always=True)} {_verb(those, 'gives', 'give')} no date of moving in"
        for start, those in _by(current, lambda one: one.address.start)
    ]


def _held(current: Sequence[_Says], left: Sequence[_Says], day: str) -> list[str]:
    return [
        f"{_who(current, day, always=True)} still {_verb(current, 'holds', 'hold')} it",
        *_left((), left, day),
    ]


def _left(_: Sequence[_Says], left: Sequence[_Says], day: str) -> list[str]:
    return [
        f"{_who(those, day)} {_verb(those, 'says', 'say')} {f'left on {words.day(end)}' if end else 'a former home'}"
        for end, those in _by(left, lambda one: one.address.end)
    ]


def _verb(says: Iterable[_Says], one: str, several: str) -> str:
    return one if len({each.said.name for each in says}) == 1 else several


_SAYING: Final = {"lives": _lives, "held": _held, "left": _left}


def _by(says: Iterable[_Says], key: Callable[[_Says], str]) -> list[tuple[str, list[_Says]]]:
    """Statements by a day of theirs, the latest first."""
    groups: dict[str, list[_Says]] = {}
    for one in says:
        groups.setdefault(key(one), []).append(one)
    return sorted(groups.items(), reverse=True)


def _who(says: Iterable[_Says], day: str, *, always: bool = False) -> str:
    """Who says so; with the day of that data where it is not the snapshot's, or `always`."""
    latest: dict[str, str] = {}
    for one in says:
        latest[one.said.name] = max(one.said.on, latest.get(one.said.name, ""))
    days: dict[str, list[str]] = {}
    for name, on in latest.items():
        days.setdefault(on, []).append(name)
    return words.listed(
        f"{words.listed(names)} (data of {words.day(on)})" if always or on != day else words.listed(names)
        for on, names in sorted(days.items(), reverse=True)
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
