"""Who lives at an address and who did, by household, according to whom. A protected address is as one that does not exist."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.found import AddressAnswer, Household, Residence, Resident
from footprint.answer.freshness import partner_states
from footprint.answer.homes import places_left
from footprint.answer.lives import life
from footprint.answer.masking import search_mask
from footprint.answer.namesakes import namesakes
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People, Shown
from footprint.answer.relatives import stated_kin
from footprint.answer.statements import Source, called
from footprint.decisions import places
from footprint.records import Address
from footprint.records.addressing import read_place
from footprint.records.text import fold
from footprint.records.window import Window
from footprint.search import Dwelling, ask_address

_LIVED_IN = frozenset({"home", "temp", "old"})


class _Stay(NamedTuple):
    """That a record says somebody lives or lived at the address."""

    shown: Shown
    source: Source
    address: Address

    @property
    def is_now(self) -> bool:
        return not self.address.end and self.address.use != "old"


def search_address(
    people: People, content: OpenedSnapshot, address: Address, now: dt.datetime
) -> AddressAnswer:
    """Return who is known at an address at `now` (with an offset); of a block of flats only how many."""
    answer = ask_address(content.index, address, search_mask(people))
    nearest = _other_postcode(address, answer.dwellings)
    since = Window.on(dt.date.fromisoformat(content.day)).shown_from if nearest else ""
    residences = tuple(filter(None, (_residence(people, content, one, since) for one in answer.dwellings)))
    outcome = "none" if answer.outcome == "found" and not residences else answer.outcome
    return AddressAnswer(
        outcome=outcome,
        sentence=words.NOBODY_THERE if outcome == "none" else _sentence(outcome, answer.reason, residences),
        flats=answer.flats,
        residents=answer.people,
        residences=residences,
        partners=partner_states(content.feeds, now),
        snapshot=content.snapshot,
        day=content.day,
        part=answer.part,
        nearest=residences[0].address if nearest and residences else "",
    )


def _other_postcode(address: Address, dwellings: Iterable[Dwelling]) -> bool:
    """Say whether a postcode was asked for, and what was found has another."""
    asked = read_place(address).postcode
    found = {one.residence.partition("|")[0] for one in dwellings if "|" in one.residence}
    return bool(asked and found) and asked not in found


def _sentence(outcome: str, reason: str, residences: Iterable[Residence]) -> str:
    # A block of which the flat is still to be said lists nobody, and is not empty for that.
    is_empty = outcome == "found" and not any((*one.now, *one.before) for one in residences)
    return f"{reason} {words.NOBODY_THERE}" if is_empty else reason


def _residence(people: People, content: OpenedSnapshot, dwelling: Dwelling, since: str) -> Residence | None:
    """One dwelling with its people, or None where nobody of it may be shown; without those who left before `since`."""
    stays: dict[str, list[_Stay]] = {}
    doors = frozenset((dwelling.residence, *dwelling.also))
    for record in dwelling.records:
        for stay in _stays(people, content.key_of(record), doors):
            stays.setdefault(stay.shown.id, []).append(stay)
    if not stays:
        return None
    present = [listed for listed in stays.values() if any(stay.is_now for stay in listed)]
    past = [listed for listed in stays.values() if not any(stay.is_now for stay in listed)]
    if since:
        past = [listed for listed in past if max(stay.address.end for stay in listed) >= since]
    remarks = namesakes([listed[0].shown for listed in (*present, *past)], people.content.day)
    texts = Counter(stay.address.text for listed in stays.values() for stay in listed)
    return Residence(
        address=max(texts, key=lambda text: (texts[text], len(text), text)),
        certain=dwelling.certain,
        now=_households(people, present, remarks),
        before=_households(people, past, remarks),
    )


def _stays(people: People, key: str, doors: frozenset[str]) -> Iterable[_Stay]:
    """What one record says of the dwelling, after everything protected was taken from it."""
    shown = people.by_record(key)
    if shown is None or shown.standing != "open":
        return ()
    source = next(one for one in shown.sources if str(one.record.key) == key)
    return tuple(
        _Stay(shown, source, address)
        for address in source.record.addresses
        if address.use in _LIVED_IN and not doors.isdisjoint(places(address))
    )


def _households(
    people: People, residents: list[list[_Stay]], remarks: Mapping[str, str]
) -> tuple[Household, ...]:
    """Residents who belong together: one calls the other a relative, or they share a family name.

    Households with children come first; in each the children, the eldest first and the unborn last, and then the grown.
    """
    groups: list[list[list[_Stay]]] = []
    for stays in sorted(residents, key=_age):
        near = [group for group in groups if any(_belong_together(people, stays, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), stays])
    day = people.content.day
    listed = [[_resident(stays, day, remarks) for stays in sorted(group, key=_age)] for group in groups]
    for household in listed:
        household.sort(key=_children_first)
    listed.sort(key=lambda household: not household[0].is_child)
    return tuple(Household(residents=tuple(household)) for household in listed)


def _children_first(resident: Resident) -> tuple[bool, bool]:
    return not resident.is_child, resident.unborn


def _belong_together(people: People, one: list[_Stay], other: list[_Stay]) -> bool:
    first, second = one[0].shown, other[0].shown
    return second.id in stated_kin(people, first) or not _family_names(first).isdisjoint(
        _family_names(second)
    )


def _family_names(shown: Shown) -> set[str]:
    return {fold(name.family) for source in shown.sources for name in source.record.names} - {""}


def _age(stays: list[_Stay]) -> tuple[str, str]:
    births = [source.record.birth.iso for source in stays[0].shown.sources if source.record.birth]
    return (min(births, default="9999"), stays[0].shown.id)


def _resident(stays: list[_Stay], day: str, remarks: Mapping[str, str]) -> Resident:
    shown = stays[0].shown
    starts = [stay.address.start for stay in stays if stay.address.start]
    ends = [stay.address.end for stay in stays if stay.address.end]
    lived = life(shown.sources, day)
    return Resident(
        person_id=shown.id,
        name=called(shown.sources),
        birth=lived.birth,
        age=lived.age,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        start=min(starts, default=""),
        end="" if any(stay.is_now for stay in stays) else max(ends, default=""),
        said_by=tuple(dict.fromkeys(stay.source.said for stay in stays)),
        same_name=remarks.get(shown.id, ""),
        old_home=_old_home(stays, day),
    )


def _old_home(stays: list[_Stay], day: str) -> str:
    """Who still holds it as a home of this person and who says that they left; empty where nobody contradicts."""
    old = places_left(stays[0].shown.sources, day)
    held = (old.get(place, "") for stay in stays if stay.is_now for place in places(stay.address))
    return next(filter(None, held), "")
