"""The police system: names in capitals, days as DD/MM/YYYY, a role in every occurrence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from footprint.sample.partners import police as columns
from tests.scenarios.partners.system import Called, Home, Partner


class Police(Partner):
    """Names in capitals, days as DD/MM/YYYY, roles in every occurrence."""

    feed = partner = "police"
    scheme = "person-id"
    tables: ClassVar = {
        "persons": columns.PERSONS,
        "aliases": columns.ALIASES,
        "addresses": columns.ADDRESSES,
        "relationships": columns.RELATIONSHIPS,
        "occurrences": columns.OCCURRENCES,
        "investigations": columns.INVESTIGATIONS,
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
            forename2=called.middle, dob=_day(born), sex=sex, nhs_number=nhs, mobile=mobile, protected="N", warning="none",
        )  # fmt: skip
        for alias in map(Called.of, aliases):
            self._add(
                "aliases", number, person_id=number, surname=alias.family.upper(), forename1=alias.given
            )
        if home == "NFA":
            self._add("addresses", number, person_id=number, street="NFA", kind="TEMP", protected="N")
        elif home:
            parts = Home.of(home)._asdict()
            self._add(
                "addresses", number, person_id=number, **parts, town="Walsall", uprn=uprn, kind="HOME",
                **{"from": _day(moved)}, protected="Y" if protected else "N",
            )  # fmt: skip
        if before:
            parts = Home.of(before)._asdict()
            self._add(
                "addresses",
                number,
                person_id=number,
                **parts,
                town="Walsall",
                kind="OLD",
                to=_day(moved),
                protected="N",
            )
        for what, other in related:
            self._add("relationships", number, person_id=number, other_person_id=other, relationship=what)
        for day, category, role in seen:
            self._add(
                "occurrences", number, occurrence_ref=f"20/{day}", person_id=number, role=role, category=category,
                occurred_on=_day(day), team="Walsall Response",
            )  # fmt: skip
        for day, role in investigated:
            self._add(
                "investigations", number, investigation_ref=f"20CR/{day}", person_id=number, role=role, category="VIOLENCE",
                opened_on=_day(day), officer_name="DC Priya Shah", officer_phone="01922 496 0155", team="Walsall CID",
            )  # fmt: skip
        return self.key(number)


def _day(iso: str) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}" if iso else ""
