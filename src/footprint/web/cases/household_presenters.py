"""What the page of a search by address shows: households, children first, who is there now and who was before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.found import AddressAnswer, Household, Residence, Resident
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.web.cases.freshness import Fresh, freshness
from footprint.web.cases.person.presenters.homes import MAY_BE_OLD
from footprint.web.cases.person.presenters.open_to import AtHome, of_the_home
from footprint.web.cases.person.presenters.ring import Ring
from footprint.web.cases.person.presenters.who import Mark, born, marks
from footprint.web.cases.result_presenters import NOTES


class Living(NamedTuple):
    """Somebody who lives or lived there: since or until when, and who says so; or in `note` why no more is shown of them.

    Of what may be an old home of theirs `old_home` says who still holds it and who says that it was left, in place of `said_by`.
    """

    name: str
    url: str
    born: str
    marks: tuple[Mark, ...]
    when: str
    said_by: str
    same_name: str
    note: str
    old_home: str


class Home(NamedTuple):
    """One address to the flat, with the households of now and before."""

    address: str
    doubt: str
    now: tuple[tuple[Living, ...], ...]
    before: tuple[tuple[Living, ...], ...]


class AddressPage(NamedTuple):
    """A search by address as its page shows it. `summary` says how many, where a building is not listed, and `part` of what."""

    title: str
    outcome: str
    sentence: str
    summary: str
    part: str
    open_to: tuple[AtHome, ...]
    homes: tuple[Home, ...]
    ring: Ring | None
    fresh: tuple[Fresh, ...]
    day: str


def address_page(
    answer: AddressAnswer, urls: Mapping[str, str], hub: Ring | None = None, wrong: Wrong = NONE_WRONG
) -> AddressPage:
    """Return the page of an answer; `urls` leads to people by their id, `hub` is rung where nobody was found.

    `wrong` are the numbers that were reported so.
    """
    part, _ = answer.part
    return AddressPage(
        title=_title(answer),
        outcome=answer.outcome,
        sentence=answer.sentence,
        summary=_summary(answer),
        part=part,
        open_to=of_the_home(answer.open_to, urls, wrong),
        homes=tuple(home(one, urls) for one in answer.residences),
        ring=hub if answer.outcome == "none" or (answer.nearest and not answer.people) else None,
        fresh=freshness(answer.partners),
        day=words.day(answer.day),
    )


def _title(answer: AddressAnswer) -> str:
    """Return what was found in a few words; of another postcode than was asked for never that somebody lives there."""
    if answer.nearest:
        return f"Not the postcode you gave: the nearest is {answer.nearest}"
    part, _ = answer.part
    titles = {"found": "Who lives there", "flat-needed": f"Which {part}?", "none": "Nobody was found there"}
    return titles.get(answer.outcome, "Say more")


def home(residence: Residence, urls: Mapping[str, str]) -> Home:
    """Return one address with its households."""
    doubt = "Not certain: the flat or the postcode is missing, or differs."
    return Home(
        address=residence.address,
        doubt="" if residence.certain else doubt,
        now=tuple(household(one, urls) for one in residence.now),
        before=tuple(household(one, urls) for one in residence.before),
    )


def household(people: Household, urls: Mapping[str, str]) -> tuple[Living, ...]:
    """Return the people of one household, in the answer's order: children first."""
    return tuple(living(one, urls) for one in people.residents)


def living(resident: Resident, urls: Mapping[str, str]) -> Living:
    """Return one resident."""
    old = (MAY_BE_OLD,) if resident.old_home else ()
    told = resident.said_by and not resident.old_home
    return Living(
        name=resident.name,
        url=urls.get(resident.person_id, ""),
        born=born(resident.birth, resident.age),
        marks=(
            *old,
            *marks(resident.standing, is_child=resident.is_child, unborn=resident.unborn, died=resident.died),
        ),
        when=_when(resident),
        said_by=words.listed(said.name for said in resident.said_by) if told else "",
        same_name=resident.same_name,
        note=NOTES.get(resident.standing, ""),
        old_home=resident.old_home,
    )


def _when(resident: Resident) -> str:
    parts = [f"from {words.day(resident.start)}"] if resident.start else []
    parts += [f"until {words.day(resident.end)}"] if resident.end else []
    return " ".join(parts)


def _summary(answer: AddressAnswer) -> str:
    if answer.outcome != "flat-needed":
        return ""
    flats = words.counted(answer.flats, *answer.part)
    residents = words.counted(answer.residents, "person", "people")
    return f"{flats}, {residents}. They are not listed: say which {answer.part[0]}."
