"""Four partners' systems, each with what it holds about people today, and each writing it in its own format.

A person is described once a partner, in a line: a name as "Given Middle/Family", days as ISO, a home as
"Flat 3, Wolsey Court, 12 Mill Lane, WS2 8AA". Each partner's own id stands in the record's key, so a test can say
"police/person-id/AMANDEEP-V". Saying somebody again changes what is held; a delivery is always the whole of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from footprint.sample.partners import acute as acute_columns
from footprint.sample.partners import police as police_columns
from footprint.sample.partners.ssd_tables import TABLES as SSD_TABLES

Row = dict[str, str]


class Home(NamedTuple):
    """A home in the parts that partners' systems have."""

    flat: str = ""
    building: str = ""
    number: str = ""
    street: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, text: str) -> Home:
        """Read "Flat 3, Wolsey Court, 12 Mill Lane, WS2 8AA"; each part but the postcode may be missing."""
        parts = {"postcode": ""}
        for piece in (piece.strip() for piece in text.split(",") if piece.strip()):
            number, _, street = piece.partition(" ")
            if re.fullmatch(r"[A-Z]{1,2}\d{1,2} \d[A-Z]{2}", piece):
                parts["postcode"] = piece
            elif re.match(r"(Flat|Pitch|Mooring|Room)\b", piece):
                parts["flat"] = piece
            elif number[0].isdigit():
                parts |= {"number": number, "street": street}
            else:
                parts["building"] = piece
        return cls(**parts)


class Called(NamedTuple):
    """A name in the parts that partners' systems have."""

    given: str
    middle: str
    family: str

    @classmethod
    def of(cls, text: str) -> Called:
        """Read "Given Middle/Family"; a name without "/" is all the name that there is."""
        first, _, family = text.partition("/")
        given, _, middle = first.partition(" ")
        return cls(given, middle, family)


def uk(iso: str) -> str:
    """Return an ISO day as the police write it."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}" if iso else ""


class Partner:
    """One partner's system: rows by table and by the person they are about."""

    feed = ""
    partner = ""
    scheme = ""
    tables: dict[str, Sequence[str]] = {}

    def __init__(self) -> None:
        self._held: dict[str, dict[str, list[Row]]] = {table: {} for table in self.tables}
        self._sequence = 0

    def key(self, number: str) -> str:
        """Return the record key that this id becomes."""
        return f"{self.partner}/{self.scheme}/{number}"

    def forgets(self, number: str) -> None:
        """Hold nothing about the person from now on."""
        for rows in self._held.values():
            rows.pop(number, None)

    def _add(self, table: str, number: str, /, **row: str) -> None:
        self._held[table].setdefault(number, []).append(row)

    def rows(self, table: str) -> Iterable[Row]:
        """Return every row of a table, in the order in which people were first named."""
        return (row for rows in self._held[table].values() for row in rows)

    @property
    def holds_anybody(self) -> bool:
        return any(map(bool, self._held.values()))

    def deliver(self, into: Path, day: dt.date) -> None:
        """Write the whole of what is held as the delivery of a day."""
        into.mkdir(parents=True)
        self._sequence += 1
        self._write(into)
        manifest = {
            "feed": self.feed,
            "sender": self.partner,
            "sequence": self._sequence,
            "as_of": day.isoformat(),
            "mode": "full",
        }
        (into / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def _write(self, into: Path) -> None:
        for table, columns in self.tables.items():
            with (into / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                sheet = csv.DictWriter(file, columns, restval="")
                sheet.writeheader()
                sheet.writerows(self.rows(table))


class Police(Partner):
    """Names in capitals, days as DD/MM/YYYY, roles in every occurrence."""

    feed = partner = "police"
    scheme = "person-id"
    tables = {
        "persons": police_columns.PERSONS,
        "aliases": police_columns.ALIASES,
        "addresses": police_columns.ADDRESSES,
        "relationships": police_columns.RELATIONSHIPS,
        "occurrences": police_columns.OCCURRENCES,
        "investigations": police_columns.INVESTIGATIONS,
    }

    def knows(
        self,
        number: str,
        name: str,
        born: str = "",
        *,
        sex: str = "U",
        home: str = "",
        uprn: str = "",
        before: str = "",
        moved: str = "",
        protected: bool = False,
        aliases: Iterable[str] = (),
        nhs: str = "",
        mobile: str = "",
        related: Iterable[tuple[str, str]] = (),
        seen: Iterable[tuple[str, str, str]] = (),
        investigated: Iterable[tuple[str, str]] = (),
    ) -> str:
        """Say what the police hold; `seen` has (day, category, role), `related` (what this person is, to whom).

        `protected` marks the home. `home="NFA"` is how the force writes no fixed abode; who moved has `before` and `moved`.
        """
        self.forgets(number)
        called = Called.of(name)
        self._add(
            "persons", number, person_id=number, surname=called.family.upper(), forename1=called.given,
            forename2=called.middle, dob=uk(born), sex=sex, nhs_number=nhs, mobile=mobile, protected="N", warning="none",
        )  # fmt: skip
        for alias in map(Called.of, aliases):
            self._add("aliases", number, person_id=number, surname=alias.family.upper(), forename1=alias.given)
        if home == "NFA":
            self._add("addresses", number, person_id=number, street="NFA", kind="TEMP", protected="N")
        elif home:
            parts = Home.of(home)._asdict()
            self._add(
                "addresses", number, person_id=number, **parts, town="Walsall", uprn=uprn, kind="HOME",
                **{"from": uk(moved)}, protected="Y" if protected else "N",
            )  # fmt: skip
        if before:
            parts = Home.of(before)._asdict()
            self._add("addresses", number, person_id=number, **parts, town="Walsall", kind="OLD", to=uk(moved), protected="N")
        for what, other in related:
            self._add("relationships", number, person_id=number, other_person_id=other, relationship=what)
        for day, category, role in seen:
            self._add(
                "occurrences", number, occurrence_ref=f"20/{day}", person_id=number, role=role, category=category,
                occurred_on=uk(day), team="Walsall Response",
            )  # fmt: skip
        for day, role in investigated:
            self._add(
                "investigations", number, investigation_ref=f"20CR/{day}", person_id=number, role=role, category="VIOLENCE",
                opened_on=uk(day), officer_name="DC Priya Shah", officer_phone="01922 496 0155", team="Walsall CID",
            )  # fmt: skip
        return self.key(number)


class SocialCare(Partner):
    """The Standard Safeguarding Dataset: every table by its public name, days with a time."""

    feed = partner = "childrens-social-care"
    scheme = "la-child-id"
    tables = SSD_TABLES

    def knows(
        self,
        number: str,
        name: str,
        born: str = "",
        *,
        due: str = "",
        died: str = "",
        sex: str = "U",
        home: str = "",
        uprn: str = "",
        before: str = "",
        moved: str = "",
        restricted: bool = False,
        nhs: str = "",
        upn: str = "",
        nhs_before: str = "",
        mother: str = "",
        plan: tuple[str, str] | None = None,
        protection: tuple[str, str] | None = None,
        contacts: Iterable[str] = (),
    ) -> str:
        """Say what the council holds; `plan` and `protection` have the days on which a CIN or CP plan began and ended."""
        self.forgets(number)
        called = Called.of(name)
        self._add(
            "ssd_person", number, pers_person_id=number, pers_forename=" ".join(filter(None, called[:2])),
            pers_surname=called.family, pers_sex=sex, pers_dob=self._day(born), pers_expected_dob=self._day(due),
            pers_death_date=self._day(died), pers_common_child_id=nhs,
        )  # fmt: skip
        places = ((home, "RESTRICTED" if restricted else "HOME", moved, ""), (before, "OLD", "", moved))
        for text, kind, start, end in places:
            if text:
                place = Home.of(text)
                said = {"FLAT": place.flat, "BUILDING": place.building, "HOUSE": place.number, "STREET": place.street,
                        "TOWN": "Walsall", "UPRN": uprn}  # fmt: skip
                self._add(
                    "ssd_address", number, addr_table_id=f"A{number}{kind}", addr_person_id=number, addr_address_type=kind,
                    addr_address_json=json.dumps(said), addr_address_postcode=place.postcode,
                    addr_address_start_date=self._day(start), addr_address_end_date=self._day(end),
                )  # fmt: skip
        numbers = (("Unique Pupil Number", upn, ""), ("NHS Number", nhs_before, "2026-10-01"))
        for kind, value, end in numbers:
            if value:
                self._add(
                    "ssd_linked_identifiers", number, link_table_id=f"L{number}{kind[:3]}", link_person_id=number,
                    link_identifier_type=kind, link_identifier_value=value, link_valid_to_date=self._day(end),
                )  # fmt: skip
        if mother:
            self._add("ssd_mother", number, moth_table_id=f"M{number}", moth_person_id=mother, moth_childs_person_id=number)
        if plan:
            self._add(
                "ssd_cin_plans", number, cinp_cin_plan_id=f"CIN{number}", cinp_person_id=number,
                cinp_cin_plan_start_date=self._day(plan[0]), cinp_cin_plan_end_date=self._day(plan[1]),
                cinp_cin_plan_worker_id="W1", cinp_cin_plan_team="T1",
            )  # fmt: skip
        if protection:
            self._add(
                "ssd_cp_plans", number, cppl_cp_plan_id=f"CP{number}", cppl_person_id=number,
                cppl_cp_plan_start_date=self._day(protection[0]), cppl_cp_plan_end_date=self._day(protection[1]),
            )  # fmt: skip
        for day in contacts:
            self._add("ssd_contacts", number, cont_contact_id=f"C{number}{day}", cont_person_id=number, cont_contact_date=self._day(day))
        return self.key(number)

    def _write(self, into: Path) -> None:
        self._held["ssd_professionals"] = {"": [{"prof_professional_id": "W1", "prof_professional_name": "Rosa Bright"}]}
        self._held["ssd_department"] = {"": [{"dept_team_id": "T1", "dept_team_name": "Family Help North"}]}
        super()._write(into)

    @staticmethod
    def _day(iso: str) -> str:
        return f"{iso}T00:00:00" if iso else ""


class Acute(Partner):
    """The trust's A&E attendances: one row a visit, three address lines as typed, sex as a number."""

    feed = "acute"
    partner = "acute-trust"
    scheme = "patient-id"
    tables = {"ae_attendances": acute_columns.COLUMNS}

    def treated(
        self,
        number: str,
        name: str,
        born: str = "",
        *,
        sex: str = "",
        home: str = "",
        nhs: str = "",
        phone: str = "",
        gp: str = "",
        on: Iterable[str] = ("2026-10-20",),
        disposal: str = "STREATED",
    ) -> str:
        """Say who came, and on which days. A name without "/" stands in the family field; `born` is written as it stands."""
        self.forgets(number)
        called, place = Called.of(name), Home.of(home)
        lines = [", ".join(filter(None, (place.flat, place.building))), f"{place.number} {place.street}".strip(), "Walsall" if home else ""]
        lines = [*filter(None, lines), "", "", ""]
        for day in on:
            self._add(
                "ae_attendances", number, attendance_id=f"AE{number}{day}", patient_id=number, nhs_number=nhs,
                family_name=called.family or called.given, given_name=" ".join(filter(None, called[:2])) if called.family else "",
                date_of_birth=born, sex={"M": "1", "F": "2"}.get(sex, "9"), address_1=lines[0], address_2=lines[1],
                address_3=lines[2], postcode=place.postcode, telephone=phone, gp_practice=gp, arrived_at=f"{day}T14:05:00",
                site="RZZ01", disposal=disposal,
            )  # fmt: skip
        return self.key(number)


class School(Partner):
    """One school's Common Transfer File, and its attendance and exclusions."""

    feed = "schools"
    scheme = "admission-number"
    tables = {"pupils": ()}
    estab = "4001"

    def __init__(self, estab: str = "4001", name: str = "Bloxwich Green Primary") -> None:
        super().__init__()
        self.estab, self.name = estab, name
        self.partner = f"school-928{estab}"

    def enrols(
        self,
        number: str,
        name: str,
        born: str = "",
        *,
        sex: str = "",
        upn: str = "",
        home: str = "",
        uprn: str = "",
        known_as: str = "",
        former_surname: str = "",
        mother: str = "",
        mobile: str = "",
        since: str = "2025-09-02",
        left: str = "",
    ) -> str:
        """Say whom the school has on its roll. A name without "/" stands in the surname, with no forename."""
        self.forgets(number)
        called, place = Called.of(name), Home.of(home)
        parent = Called.of(mother)
        fields = {
            "UPN": upn, "AdmissionNumber": number, "Surname": called.family or called.given,
            "Forename": called.given if called.family else "", "PreferredForename": known_as, "FormerSurname": former_surname,
            "MiddleNames": called.middle, "DOB": born, "Gender": sex,
        }  # fmt: skip
        address = {
            "PAON": place.number or place.building, "SAON": ", ".join(filter(None, (place.flat, place.building if place.number else ""))),
            "Street": place.street, "Town": "Walsall" if home else "", "PostCode": place.postcode, "UPRN": uprn,
        }  # fmt: skip
        contact = {"Order": "1", "Surname": parent.family, "Forename": parent.given, "Relationship": "MOT", "Phone": mobile}
        stay = {"LEA": "928", "Estab": self.estab, "SchoolName": self.name, "EntryDate": since, "LeavingDate": left}
        pupil = (
            _elements(fields)
            + (_element("Address", _elements(address)) if home else "")
            + (_element("Phones", _elements({"Phone": mobile})) if mobile else "")
            + (_element("Contacts", _element("Contact", _elements(contact))) if mother else "")
            + _element("SchoolHistory", _element("School", _elements(stay)))
        )
        self._add("pupils", number, xml=_element("Pupil", pupil))
        return self.key(number)

    def _write(self, into: Path) -> None:
        source = {"LEA": "928", "Estab": self.estab, "URN": f"90{self.estab}", "SchoolName": self.name}
        header = _elements({"DocumentName": "Common Transfer File"}) + _element("SourceSchool", _elements(source))
        pupils = "\n".join(row["xml"] for row in self.rows("pupils"))
        text = _element("CTfile", _element("Header", header) + _element("CTFpupilData", pupils))
        (into / f"928{self.estab}_ctf.xml").write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8")
        (into / f"928{self.estab}_school.csv").write_text(
            "laestab,urn,dsl_name,dsl_phone,hours,fallback\n"
            f"928{self.estab},90{self.estab},Mrs Joan Okoro,01922 496 0355,term time 08:00-16:30,Education duty officer\n",
            encoding="utf-8",
        )


def _element(name: str, inner: str) -> str:
    return f"<{name}>\n{inner}</{name}>\n"


def _elements(fields: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in fields.items() if value)
