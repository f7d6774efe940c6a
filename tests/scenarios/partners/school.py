"""A school's system, as its Common Transfer File."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar
from xml.sax.saxutils import escape

from tests.scenarios.partners.system import Called, Home, Partner


class School(Partner):
    """One school's Common Transfer File, and its attendance and exclusions."""

    feed = "schools"
    scheme = "admission-number"
    tables: ClassVar = {"pupils": ()}

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
            "UPN": upn, "AdmissionNumber": number, "Surname": called.family,
            "Forename": called.given, "PreferredForename": known_as, "FormerSurname": former_surname,
            "MiddleNames": called.middle, "DOB": born, "Gender": sex,
        }  # fmt: skip
        inside = ", ".join(filter(None, (place.flat, place.building if place.number else "")))
        address = {
            "PAON": place.number or place.building, "SAON": inside,
            "Street": place.street, "Town": "Walsall" if home else "", "PostCode": place.postcode, "UPRN": uprn,
        }  # fmt: skip
        contact = {
            "Order": "1",
            "Surname": parent.family,
            "Forename": parent.given,
            "Relationship": "MOT",
            "Phone": mobile,
        }
        stay = {
            "LEA": "928",
            "Estab": self.estab,
            "SchoolName": self.name,
            "EntryDate": since,
            "LeavingDate": left,
        }
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
        header = _elements({"DocumentName": "Common Transfer File"}) + _element(
            "SourceSchool", _elements(source)
        )
        pupils = "\n".join(row["xml"] for row in self.rows("pupils"))
        text = _element("CTfile", _element("Header", header) + _element("CTFpupilData", pupils))
        (into / f"928{self.estab}_ctf.xml").write_text(
            f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8"
        )
        (into / f"928{self.estab}_school.csv").write_text(
            "laestab,urn,dsl_name,dsl_phone,hours,fallback\n"
            f"928{self.estab},90{self.estab},Mrs Joan Okoro,01922 496 0355,term time 08:00-16:30,Education duty officer\n",
            encoding="utf-8",
        )


def _element(name: str, inner: str) -> str:
    return f"<{name}>\n{inner}</{name}>\n"


def _elements(fields: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in fields.items() if value)
