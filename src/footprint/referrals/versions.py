"""How a later version of a referral stands to an earlier one: what was added, changed or taken out, in words.

No version is ever edited; each stands beside the others, so that whatever is taken out can still be read in the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from footprint.referrals.answers import (
    NOT_KNOWN,
    answer,
    called,
    responsibility_said,
    statement_said,
    words_said,
)
from footprint.referrals.fields import FIELDS
from footprint.referrals.parts import PARTS, Place, places
from footprint.referrals.referral import Child, Referral, Unread, Voice

Kind = Literal["added", "changed", "taken out"]

#: What is no field of the form, and may be answered with "not known" all the same.
_LISTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "referral": {
            "children": "Children",
            "adults": "Adults and others",
            "responsibilities": "Parental responsibility",
        },
        "concern": {"statements": "What happened"},
        "voice": {"noted": "The child's voice"},
    }
)
_FIELDS: Final = MappingProxyType(
    {part: tuple(field for field in FIELDS.values() if field.part == part) for part in PARTS}
)
_SAYINGS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "added": "Added: {what}: {after}",
        "changed": "Changed: {what}: {after} (before: {before})",
        "taken out": "No longer said: {what}: {before}",
    }
)


class Change(NamedTuple):
    """One thing that two versions say differently. `what` names it ("School of Ada"); `before` and `after` are in words."""

    kind: Kind
    place: Place
    what: str
    before: str
    after: str

    @property
    def says(self) -> str:
        """Return the change as a line to read."""
        return _SAYINGS[self.kind].format(what=self.what, before=self.before, after=self.after)


def changes(before: Referral, after: Referral, levels: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Return what `after` says differently, in the order of the form, and nothing for two that say the same.

    `levels` are the labels of the partnership's levels of need.
    """
    return (*_in_fields(before, after, levels or {}), *_in_lists(before, after))


def only_adds(found: Iterable[Change]) -> bool:
    """Say whether nothing was changed or taken out: whoever read the earlier version was told nothing that is gone."""
    return all(change.kind == "added" for change in found)


def is_child_gone(before: Referral, after: Referral) -> bool:
    """Say whether a child whom `before` names is named no more, or one of whom it says anything without a name is gone.

    A name that is spelt otherwise under the same key is the same child; where a key has passed to another child, the name tells.
    """
    named = {child.name for child in before.children if child.name}
    now = {child.key: child.name for child in after.children}
    for child in before.children:
        says = now.get(child.key)
        if not child.name:
            if says is None and child != Child(key=child.key):
                return True
        elif child.name not in now.values() and (not says or says in named):
            return True
    return False


def says_danger_anew(before: Referral, after: Referral) -> bool:
    """Say whether `after` says danger, or says of it what nobody understands, otherwise than `before` did.

    An addition brings along all that was said before: that danger stands in it still is not said by whoever adds a school.
    """
    return after.rouses and _of_danger(after) != _of_danger(before)


def _of_danger(said: Referral) -> tuple[Any, ...]:
    """What it says of danger. Which of several things that were not understood is about danger, nobody can tell."""
    form = said.imported
    return said.safety.danger_now, form.danger_unread, form.unread if form.danger_unread else ()


def _in_fields(before: Referral, after: Referral, levels: Mapping[str, str]) -> Iterator[Change]:
    was, now = _parts(before), _parts(after)
    for place in (*now, *(place for place in was if place not in now)):
        one, other = was.get(place), now.get(place)
        of = called(after, place) or called(before, place) if place.key else ""
        if place.part in ("child", "adult") and (one is None or other is None):
            kind: Kind = "added" if one is None else "taken out"
            yield Change(
                kind, place, place.part.capitalize(), of if other is None else "", of if one is None else ""
            )
        for field in _FIELDS[place.part]:
            said, says = (answer(field, part, levels) if part else "" for part in (one, other))
            if said != says:
                yield Change(_kind(said, says), place, _what(field.label, of), said, says)
        yield from _unknown_lists(place, of, one, other)


def _unknown_lists(place: Place, of: str, one: Any, other: Any) -> Iterator[Change]:
    """That a list is said not to be known, or no longer: but where it is given now, what is in it says so itself."""
    for name, label in _LISTS.get(place.part, {}).items():
        was, now = (
            part is not None and name in part.not_known and not part.gives(name) for part in (one, other)
        )
        if now and not was:
            yield Change("added", place, _what(label, of), "", NOT_KNOWN)
        if was and not now and not (other and other.gives(name)):
            yield Change("taken out", place, _what(label, of), NOT_KNOWN, "")


def _in_lists(before: Referral, after: Referral) -> Iterator[Change]:
    """What is said in lists is compared as it is said, not by its place in them: a line in the middle moves no other."""
    yield from _listed(
        Place("concern"),
        "What happened",
        before.concern.statements,
        after.concern.statements,
        statement_said,
        statement_said,
    )
    voices = {child.key: child for child in (*before.children, *after.children)}
    for key in voices:
        place = Place("voice", key)
        name = called(after, place) or called(before, place)
        noted = (_noted(before.children, key), _noted(after.children, key))
        yield from _listed(place, _what("The child's voice", name), *noted, words_said, words_said)
    yield from _listed(
        Place("referral"),
        "Parental responsibility",
        before.responsibilities,
        after.responsibilities,
        lambda held: responsibility_said(before, held),
        lambda held: responsibility_said(after, held),
    )
    yield from _listed(
        Place("referral"),
        "Not understood from the form that was sent",
        before.imported.unread,
        after.imported.unread,
        _unread_said,
        _unread_said,
    )


def _listed(
    place: Place,
    what: str,
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    said: Callable[[Any], str],
    says: Callable[[Any], str],
) -> Iterator[Change]:
    yield from (Change("added", place, what, "", says(one)) for one in after if one not in before)
    yield from (Change("taken out", place, what, said(one), "") for one in before if one not in after)


def _unread_said(one: Unread) -> str:
    return f"{one.where}: {one.text}"


def _parts(referral: Referral) -> dict[Place, Any]:
    """Every part but the statements. A child without a voice has an empty one: opening the page says nothing."""
    found = {place: part for place, part in places(referral) if place.part != "statement"}
    for child in referral.children:
        found.setdefault(Place("voice", child.key), Voice())
    return found


def _noted(children: tuple[Child, ...], key: str) -> tuple[Any, ...]:
    return next((child.voice.noted for child in children if child.key == key and child.voice), ())


def _kind(before: str, after: str) -> Kind:
    if not after:
        return "taken out"
    return "added" if before in ("", NOT_KNOWN) else "changed"


def _what(label: str, of: str) -> str:
    return f"{label} ({of})" if of else label
