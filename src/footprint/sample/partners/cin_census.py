"""The Children in Need census: the council's yearly return on children in need, in XML. It has no names.

Returned for the year to 31 March, and joined to the council's own data by its child id alone. A few of its children carry
the faults that real returns carry, so that a receipt has something to say.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from footprint.sample.delivery import Delivery
from footprint.sample.dice import Dice
from footprint.sample.partners.elements import element
from footprint.sample.partners.social_care_events import Journey
from footprint.sample.timeline import Timeline
from footprint.sample.world.names import communities
from footprint.sample.world.numbers import LOCAL_AUTHORITY

PARTNER: Final = "childrens-social-care"
FAULTS: Final = {
    "assessment-ends-before-it-starts": 0.01,
    "retired-factor": 0.01,
    "old-sex-code": 0.015,
    "no-birthday": 0.006,
    "unknown-need": 0.006,
}
"""Share of the census's children who carry each fault: about one return in twenty, as validators report."""

FACTORS: Final = ("3A", "3B", "4B", "16A", "17A", "1B", "2B", "10A", "14A", "15A", "18B", "21")
DISABLED: Final = 0.12


class CensusFeed:
    """Writes the census, delivered once, on the first day."""

    def __init__(self, out: Path, timeline: Timeline) -> None:
        self._timeline = timeline
        year = (
            timeline.end.year if timeline.end >= dt.date(timeline.end.year, 5, 31) else timeline.end.year - 1
        )
        self.last = dt.date(year, 3, 31)
        self.first = dt.date(year - 1, 4, 1)
        missed = frozenset(range(1, timeline.days))
        self.delivery = Delivery(out, timeline, "cin-census", PARTNER, missed=missed)
        self._document = self.delivery.document(
            f"cin_census_{year}.xml", self._head, "    </Children>\n</Message>\n"
        )

    def _head(self, _day: int) -> str:
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n    <Header>\n        <CollectionDetails>\n'
            f"            <Collection>CIN</Collection>\n            <Year>{self.last.year}</Year>\n"
            f"            <ReferenceDate>{self.last.isoformat()}</ReferenceDate>\n"
            "        </CollectionDetails>\n        <Source>\n"
            f"            <SourceLevel>L</SourceLevel>\n            <LEA>{LOCAL_AUTHORITY}</LEA>\n"
            "            <SoftwareCode>Sample case system</SoftwareCode>\n            <Release>1.0</Release>\n"
            f"            <SerialNo>001</SerialNo>\n            <DateTime>{self.last.year}-05-28T09:30:00</DateTime>\n"
            "        </Source>\n    </Header>\n    <Children>\n"
        )

    def child(self, journey: Journey, number: str, dice: Dice) -> None:
        """Write a child who was in need at any time in the census year."""
        span = journey.in_need
        if span is None or span[0] > self.last or (span[1] is not None and span[1] < self.first):
            return
        fault = next((name for name, share in FAULTS.items() if dice.chance(share)), "")
        self._document.add(
            "        <Child>\n"
            + self._identifiers(journey, number, fault)
            + self._characteristics(journey, dice)
            + self._details(journey, fault, dice)
            + "        </Child>\n"
        )

    def _until(self, day: dt.date | None) -> str:
        """Return a day that the council knew of when it made the return."""
        return day.isoformat() if day is not None and day <= self.last else ""

    def _identifiers(self, journey: Journey, number: str, fault: str) -> str:
        person = journey.person
        birth = "" if fault == "no-birthday" else self._until(person.birth)
        due = person.expected or person.birth
        expected = due.isoformat() if not birth and due and fault != "no-birthday" else ""
        sex = {"M": "1", "F": "2"}.get(person.sex, "0") if fault == "old-sex-code" else person.sex or "U"
        return (
            "            <ChildIdentifiers>\n"
            + element("LAchildID", number, 4)
            + element("UPN", person.upn, 4)
            + (element("UPNunknown", "UN1", 4) if not person.upn else "")
            + element("PersonBirthDate", birth, 4)
            + element("ExpectedPersonBirthDate", expected, 4)
            + element("Sex", sex, 4)
            + element("PersonDeathDate", self._until(person.death), 4)
            + "            </ChildIdentifiers>\n"
        )

    def _characteristics(self, journey: Journey, dice: Dice) -> str:
        ethnicity = communities()[journey.person.community]["ethnicity"][0]
        disability = dice.pick(("LD", "AUT", "MOB", "BEH", "HEAR")) if dice.chance(DISABLED) else "NONE"
        return (
            "            <ChildCharacteristics>\n"
            + element("Ethnicity", ethnicity, 4)
            + f"                <Disabilities>\n{element('Disability', disability, 5)}                </Disabilities>\n"
            + "            </ChildCharacteristics>\n"
        )

    def _details(self, journey: Journey, fault: str, dice: Dice) -> str:
        span = journey.in_need or (self.first, None)
        need = "N12" if fault == "unknown-need" else journey.need
        return (
            "            <CINdetails>\n"
            + element("CINreferralDate", span[0].isoformat(), 4)
            + element("ReferralSource", journey.source, 4)
            + element("PrimaryNeedCode", need, 4)
            + element("CINclosureDate", self._until(span[1]), 4)
            + (element("ReasonForClosure", journey.closure, 4) if self._until(span[1]) else "")
            + element("DateOfInitialCPC", self._until(journey.conference), 4)
            + self._assessment(journey, fault, dice)
            + self._plans(journey)
            + element("ReferralNFA", "0", 4)
            + "            </CINdetails>\n"
        )

    def _assessment(self, journey: Journey, fault: str, dice: Dice) -> str:
        if journey.assessment is None:
            return ""
        start, end = journey.assessment
        if fault == "assessment-ends-before-it-starts" and end is not None:
            start, end = end, start
        factor = "18A" if fault == "retired-factor" else dice.pick(FACTORS)
        return (
            "                <Assessments>\n"
            + element("AssessmentActualStartDate", self._until(start), 5)
            + element("AssessmentAuthorisationDate", self._until(end), 5)
            + "                    <FactorsIdentifiedAtAssessment>\n"
            + element("AssessmentFactors", factor, 6)
            + "                    </FactorsIdentifiedAtAssessment>\n                </Assessments>\n"
        )

    def _plans(self, journey: Journey) -> str:
        text = ""
        if journey.in_need_plan and journey.in_need_plan[0] <= self.last:
            start, end = journey.in_need_plan
            text += "                <CINPlanDates>\n" + element("CINPlanStartDate", start.isoformat(), 5)
            text += element("CINPlanEndDate", self._until(end), 5) + "                </CINPlanDates>\n"
        if journey.enquiry and journey.enquiry[0] <= self.last:
            text += "                <Section47>\n" + element(
                "S47ActualStartDate", journey.enquiry[0].isoformat(), 5
            )
            text += element("DateOfInitialCPC", self._until(journey.conference), 5)
            text += (
                element("ICPCnotRequired", "0" if journey.conference else "1", 5)
                + "                </Section47>\n"
            )
        if journey.protection and journey.protection[0] <= self.last:
            start, end = journey.protection
            text += "                <ChildProtectionPlans>\n" + element("CPPstartDate", start.isoformat(), 5)
            text += element("CPPendDate", self._until(end), 5) + element(
                "InitialCategoryOfAbuse", journey.category, 5
            )
            text += element("LatestCategoryOfAbuse", journey.category, 5) + element(
                "NumberOfPreviousCPP", "0", 5
            )
            text += "                </ChildProtectionPlans>\n"
        return text
