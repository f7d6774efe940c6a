"""The acute trust's A&E attendances."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from footprint.sample.partners.acute import COLUMNS
from tests.scenarios.partners.system import Called, Home, Partner


class Acute(Partner):
    """The trust's A&E attendances: one row a visit, three address lines as typed, sex as a number."""

    feed = "acute"
    partner = "acute-trust"
    scheme = "patient-id"
    tables: ClassVar = {"ae_attendances": COLUMNS}

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
        lines = [
            ", ".join(filter(None, (place.flat, place.building))),
            f"{place.number} {place.street}".strip(),
            "Walsall" if home else "",
        ]
        lines = [*filter(None, lines), "", "", ""]
        for day in on:
            self._add(
                "ae_attendances", number, attendance_id=f"AE{number}{day}", patient_id=number, nhs_number=nhs,
                family_name=called.family, given_name=" ".join(filter(None, called[:2])),
                date_of_birth=born, sex={"M": "1", "F": "2"}.get(sex, "9"), address_1=lines[0], address_2=lines[1],
                address_3=lines[2], postcode=place.postcode, telephone=phone, gp_practice=gp, arrived_at=f"{day}T14:05:00",
                site="RZZ01", disposal=disposal,
            )  # fmt: skip
        return self.key(number)
