"""One pupil as a Common Transfer File says it, in two suppliers' dialects."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from footprint.sample.dice import Dice
from footprint.sample.partners.elements import element
from footprint.sample.partners.held import Held
from footprint.sample.timeline import Timeline
from footprint.sample.world.names import communities
from footprint.sample.world.numbers import LOCAL_AUTHORITY
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import Dwelling
from footprint.sample.world.schools import School


class Dialect(NamedTuple):
    """How a supplier names what the standard lets it name."""

    sex: str
    middle: str
    year: str
    address_lines: bool


DIALECTS: Final = {
    False: Dialect("Gender", "MiddleNames", "NCYearActual", address_lines=False),
    True: Dialect("Sex", "MiddleName", "NCyearActual", address_lines=True),
}
PREFERRED: Final = 0.8
FATHER_LISTED: Final = 0.85
FATHER_ELSEWHERE: Final = 0.35


def school_head(school: School, day: dt.date, timeline: Timeline) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n    <Header>\n'
        "        <DocumentName>Common Transfer File</DocumentName>\n        <CTFversion>25.0</CTFversion>\n"
        f"        <DateTime>{day.isoformat()}T05:30:00</DateTime>\n        <SourceSchool>\n"
        + element("LEA", LOCAL_AUTHORITY, 3)
        + element("Estab", school.estab, 3)
        + element("URN", school.urn, 3)
        + element("SchoolName", school.name, 3)
        + element("AcademicYear", str(timeline.school_year.year), 3)
        + "        </SourceSchool>\n    </Header>\n    <CTFpupilData>\n"
    )


class Entry(NamedTuple):
    """A pupil's place on a roll: the admission number there, and the day of leaving once it is known."""

    school: School
    number: str
    dialect: Dialect
    left: dt.date | None = None


def pupil_element(home: Household, held: Held, entry: Entry, timeline: Timeline, dice: Dice) -> str:
    """Return the `Pupil` element for a place on a roll."""
    dialect = entry.dialect
    person = held.person
    birth = held.birth or person.birth or timeline.end
    year = timeline.year_group(person.birth or birth)
    preferred = (
        person.known_as
        if person.known_as and person.known_as != held.given and dice.chance(PREFERRED)
        else ""
    )
    former = next((former.family for former in person.former if former.family != held.family), "")
    parts = [
        "        <Pupil>\n",
        element("UPN", held.upn, 3),
        element("FormerUPN", person.former_upn, 3),
        element("AdmissionNumber", entry.number, 3),
        element("Surname", held.family or held.given, 3),
        element("Forename", held.given if held.family else "", 3),
        element("PreferredForename", preferred, 3),
        element("FormerSurname", former, 3),
        element(dialect.middle, held.middle, 3),
        element("DOB", birth.isoformat(), 3),
        element(dialect.sex, held.sex, 3),
        element("Ethnicity", communities()[person.community]["ethnicity"][0], 3),
        element(dialect.year, "R" if year == 0 else str(year), 3),
        address_element(held.home, dialect),
        f"            <Phones>\n{element('Phone', held.mobile or held.landline, 4)}            </Phones>\n"
        if held.mobile or held.landline
        else "",
        element("Email", held.email, 3),
        contacts_element(home, person, dice),
        history_element(person, entry, timeline),
        "        </Pupil>\n",
    ]
    return "".join(parts)


def address_element(door: Dwelling | None, dialect: Dialect) -> str:
    if door is None:
        return ""
    if dialect.address_lines:
        first = ", ".join(part for part in (door.flat, door.building) if part)
        street = f"{door.number} {door.street}".strip()
        lines = [line for line in (first, street, door.town) if line]
        body = "".join(element(f"AddressLine{place}", line, 4) for place, line in enumerate(lines, 1))
        return f"            <AddressLines>\n{body}{element('PostCode', door.postcode, 4)}            </AddressLines>\n"
    return (
        "            <Address>\n"
        + element("PAON", door.number or door.building, 4)
        + element(
            "SAON", ", ".join(part for part in (door.flat, door.building if door.number else "") if part), 4
        )
        + element("Street", door.street, 4)
        + element("Town", door.town, 4)
        + element("PostCode", door.postcode, 4)
        + element("UPRN", door.uprn, 4)
        + "            </Address>\n"
    )


def contacts_element(home: Household, person: Person, dice: Dice) -> str:
    """Return whom the school rings, in order: mother, father, and whoever else brings the child up."""
    listed: list[tuple[Person, str]] = []
    if person.mother is not None:
        listed.append((person.mother, "MOT"))
    if person.father is not None and dice.chance(
        FATHER_LISTED if person.father in home.people else FATHER_ELSEWHERE
    ):
        listed.append((person.father, "FAT" if person.father.sex == "M" else "MOT"))
    words = {"step-parent": "STP", "grandparent": "GRP", "foster-parent": "FOS"}
    listed += [
        (other, words[kind]) for child, kind, other in home.relatives if child is person and kind in words
    ]
    if not listed:
        return ""
    body = "".join(contact_element(other, said, place) for place, (other, said) in enumerate(listed, 1))
    return f"            <Contacts>\n{body}            </Contacts>\n"


def contact_element(other: Person, said: str, place: int) -> str:
    return (
        "                <Contact>\n"
        + element("Order", str(place), 5)
        + element("Title", "Mrs" if other.sex == "F" else "Mr", 5)
        + element("Surname", other.family or other.given, 5)
        + element("Forename", other.given if other.family else "", 5)
        + element("Relationship", said, 5)
        + element("Phone", other.mobile or other.landline, 5)
        + element("Responsible", "Y" if place == 1 or said in {"MOT", "FAT"} else "N", 5)
        + "                </Contact>\n"
    )


def history_element(person: Person, entry: Entry, timeline: Timeline) -> str:
    """Return the schools that a pupil has been at: this one, and the one before where it has lately changed."""
    now = person.school or entry.school
    year = timeline.year_group(person.birth or timeline.end)
    entered = dt.date(timeline.school_year.year - (year if year <= 6 else year - 7), 9, 2)
    rows: list[tuple[School, dt.date, dt.date | None]] = [(now, entered, None)]
    if person.left_school is not None:
        before, moved = person.left_school
        rows = [(before, entered, moved), (now, moved, None)]
        if entry.school == before:
            rows = [(before, entered, entry.left)]
    body = "".join(
        "                <School>\n"
        + element("LEA", LOCAL_AUTHORITY, 5)
        + element("Estab", school.estab, 5)
        + element("SchoolName", school.name, 5)
        + element("EntryDate", start.isoformat(), 5)
        + element("LeavingDate", end.isoformat() if end else "", 5)
        + "                </School>\n"
        for school, start, end in rows
    )
    return f"            <SchoolHistory>\n{body}            </SchoolHistory>\n"
