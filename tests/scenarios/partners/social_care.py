"""The council's case system, as its extract of the Standard Safeguarding Dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from footprint.sample.partners.ssd_tables import TABLES
from tests.scenarios.partners.system import Called, Home, Partner


class SocialCare(Partner):
    """The Standard Safeguarding Dataset: every table by its public name, days with a time."""

    feed = partner = "childrens-social-care"
    scheme = "la-child-id"
    tables = TABLES

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
        cared_for: tuple[str, str] | None = None,
        missing: Iterable[tuple[str, str]] = (),
        left_care: str = "",
    ) -> str:
        """Say what the council holds; `plan` and `protection` have the days on which a CIN or CP plan began and ended.

        So has `cared_for` those of being looked after, and `missing` those of each episode; `left_care` is the day on which the
        council was last in touch with a care leaver.
        """
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
            self._add(
                "ssd_mother",
                number,
                moth_table_id=f"M{number}",
                moth_person_id=mother,
                moth_childs_person_id=number,
            )
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
        self._says_of_care(number, cared_for, missing, left_care)
        for day in contacts:
            self._add(
                "ssd_contacts",
                number,
                cont_contact_id=f"C{number}{day}",
                cont_person_id=number,
                cont_contact_date=self._day(day),
            )
        return self.key(number)

    def _says_of_care(
        self,
        number: str,
        cared_for: tuple[str, str] | None,
        missing: Iterable[tuple[str, str]],
        left_care: str,
    ) -> None:
        if cared_for:
            self._add(
                "ssd_cla_episodes", number, clae_cla_episode_id=f"CLA{number}", clae_person_id=number,
                clae_cla_episode_start_date=self._day(cared_for[0]),
                clae_cla_episode_ceased_date=self._day(cared_for[1]),
            )  # fmt: skip
        for start, end in missing:
            self._add(
                "ssd_missing", number, miss_table_id=f"MIS{number}{start}", miss_person_id=number,
                miss_missing_episode_start_date=self._day(start), miss_missing_episode_end_date=self._day(end),
            )  # fmt: skip
        if left_care:
            self._add(
                "ssd_care_leavers", number, clea_table_id=f"CL{number}", clea_person_id=number,
                clea_care_leaver_latest_contact=self._day(left_care), clea_care_leaver_worker_id="W1",
                clea_care_leaver_allocated_team="T1",
            )  # fmt: skip

    def _write(self, into: Path) -> None:
        self._held["ssd_professionals"] = {
            "": [{"prof_professional_id": "W1", "prof_professional_name": "Rosa Bright"}]
        }
        self._held["ssd_department"] = {"": [{"dept_team_id": "T1", "dept_team_name": "Family Help North"}]}
        super()._write(into)

    @staticmethod
    def _day(iso: str) -> str:
        return f"{iso}T00:00:00" if iso else ""
