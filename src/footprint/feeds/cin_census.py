"""The faults of a Children in Need census return, named for the council that sent it.

A fault is named and costs nothing by itself: what a field can still say is kept by the contract's own rules. One table
says which rules look at which element. Source: DfE, Children in Need census guide; Working together to safeguard children.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from footprint.calendars import is_working_day, working_days_after
from footprint.feeds import cin_codes as codes
from footprint.feeds.reading_fields import Place
from footprint.feeds.reading_xml import Node

#: An element below the one looked at ("" for itself), and what is wrong with it.
Fault = tuple[str, str]
_LONGEST_ID: Final = 20
#: The longest that a child can be known of before birth.
_TERM: Final = dt.timedelta(weeks=42)
_CONFERENCE_WORKING_DAYS: Final = 15


class CensusCheck:
    """Looks through one return, child by child. Remembers which ids it has seen, and the day to which the return refers."""

    def __init__(self, header: Node, place: Place) -> None:
        self._place = place
        self._seen: set[str] = set()
        self._reference = _day(header, "Header/CollectionDetails/ReferenceDate")
        for path, sentence in _header_faults(header, self._reference):
            place.say_at(_line(header, path), path.rpartition("/")[2], sentence)

    def look_at(self, child: Node) -> None:
        """Name every fault of one child's element."""
        number = child.value(("ChildIdentifiers", "LAchildID"))
        if number in self._seen:
            self._place.say_at(
                child.line,
                "LAchildID",
                "This child stands in the return twice. Send one element for each child.",
            )
        self._seen.add(number)
        for path, rules in RULES:
            for node in child.all(tuple(path.split("/"))):
                for rule in rules:
                    for element, sentence in rule(node, self._reference):
                        self._place.say_at(_line(node, element), element or node.name, sentence)


def _header_faults(header: Node, reference: dt.date | None) -> Iterator[Fault]:
    details = "Header/CollectionDetails"
    year = header.value(tuple(f"{details}/Year".split("/")))
    if reference is None:
        yield (
            f"{details}/ReferenceDate",
            "The reference date is missing or no date. It is 31 March of the collection year.",
        )
        return
    if year != str(reference.year):
        yield (
            f"{details}/Year",
            f"The collection year is {year or 'not said'}, and the reference date is {reference}.",
        )
    if (reference.month, reference.day) != (3, 31):
        yield (
            f"{details}/ReferenceDate",
            f"The reference date is {reference}. It is 31 March of the collection year.",
        )
    made = _day(header, "Header/Source/DateTime")
    if made and made < reference:
        yield (
            "Header/Source/DateTime",
            f"The return was made on {made}, before its reference date {reference}.",
        )


def _child_id(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    number = node.value(("LAchildID",))
    if len(number) > _LONGEST_ID:
        yield (
            "LAchildID",
            f"The id has {len(number)} characters; at most {_LONGEST_ID} are allowed. It is kept as it is.",
        )
    if number and not (number.isalnum() and number.isascii()):
        yield "LAchildID", "The id holds other characters than letters and figures. It is kept as it is."


def _upn(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    upn, unknown = node.value(("UPN",)), node.value(("UPNunknown",))
    if upn and unknown:
        yield "UPNunknown", "A UPN is given, and a reason why there is none. Leave one out."
    if not (upn or unknown):
        yield "UPN", "There is neither a UPN nor a reason why there is none."
    if unknown and unknown not in codes.UPN_UNKNOWN:
        yield "UPNunknown", f"'{unknown[:6]}' is no reason for a missing UPN. Use UN1 to UN10."


def _birth(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    born, expected = node.value(("PersonBirthDate",)), node.value(("ExpectedPersonBirthDate",))
    if born and expected:
        yield "ExpectedPersonBirthDate", "A born child has no expected date of birth. Leave it out."
    if not (born or expected):
        yield "PersonBirthDate", "There is neither a date of birth nor an expected one."
    day, died = _day(node, "PersonBirthDate"), _day(node, "PersonDeathDate")
    if day and reference and day > reference:
        yield "PersonBirthDate", f"The child was born after the reference date {reference}."
    if day and died and died < day:
        yield "PersonDeathDate", "The child died before being born."


def _characteristics(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    ethnicity = node.value(("Ethnicity",))
    if ethnicity and ethnicity not in codes.ETHNICITY:
        yield "Ethnicity", f"'{ethnicity[:8]}' is no code of the ethnicity list."
    said = [one.text for one in node.all(("Disabilities", "Disability"))]
    for disability in sorted(set(said) - codes.DISABILITY):
        yield "Disabilities", f"'{disability[:8]}' is no code of the disability list."
    if "NONE" in said and len(said) > 1:
        yield "Disabilities", "NONE stands beside a disability. Leave one out."


def _details_codes(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    for element, allowed, what in (
        ("ReferralSource", codes.REFERRAL_SOURCE, "a source of referral"),
        ("PrimaryNeedCode", codes.PRIMARY_NEED, "a primary need"),
        ("ReasonForClosure", codes.CLOSURE, "a reason for closure"),
        ("ReferralNFA", codes.TRUTH, "true or false"),
    ):
        said = node.value((element,))
        if said and said not in allowed:
            yield element, f"'{said[:8]}' is no code for {what}."
    if node.value(("ReferralNFA",)) in codes.TRUE:
        for element in ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"):
            if node.children.get(element):
                yield element, "No further action was taken on the referral, and yet this followed."


def _details_dates(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    referred, closed = _day(node, "CINreferralDate"), _day(node, "CINclosureDate")
    if referred is None:
        yield "CINreferralDate", "The referral date is missing or no date."
    yield from _after_reference(node, reference, "CINreferralDate", "CINclosureDate", "DateOfInitialCPC")
    born = _day(node, "../ChildIdentifiers/PersonBirthDate")
    if referred and born and referred < born - _TERM:
        yield "CINreferralDate", f"The referral of {referred} lies long before the child's birth."
    if referred and closed and closed < referred:
        yield "CINclosureDate", f"The case closed on {closed}, before it was referred on {referred}."
    if bool(node.value(("CINclosureDate",))) != bool(node.value(("ReasonForClosure",))):
        yield "ReasonForClosure", "A closure needs both its date and its reason."
    yield from _conference(node, "DateOfInitialCPC", referred)
    own = _day(node, "DateOfInitialCPC")
    others = [
        day for enquiry in node.children.get("Section47", ()) if (day := _day(enquiry, "DateOfInitialCPC"))
    ]
    if own and others and own not in others:
        yield (
            "DateOfInitialCPC",
            f"The case says its conference was on {own}, its section 47 enquiry {_listed(others)}.",
        )


def _conference(node: Node, element: str, referred: dt.date | None) -> Iterator[Fault]:
    held = _day(node, element)
    if held and not is_working_day(held):
        yield element, f"The conference of {held} ({held:%A}) was not on a working day."
    if held and referred and held < referred:
        yield element, f"The conference of {held} lies before the referral of {referred}."


def _assessment_dates(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    start, end = _day(node, "AssessmentActualStartDate"), _day(node, "AssessmentAuthorisationDate")
    referred = _day(node, "../CINreferralDate")
    if start is None:
        yield "AssessmentActualStartDate", "The assessment's start is missing or no date."
    yield from _after_reference(node, reference, "AssessmentActualStartDate", "AssessmentAuthorisationDate")
    if start and end and end < start:
        yield (
            "AssessmentAuthorisationDate",
            f"The assessment was authorised on {end}, before it started on {start}.",
        )
    yield from _before_referral(referred, "AssessmentActualStartDate", "assessment started", start)
    yield from _before_referral(referred, "AssessmentAuthorisationDate", "assessment was authorised", end)


def _factors(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    said = [one.text for one in node.all(("FactorsIdentifiedAtAssessment", "AssessmentFactors")) if one.text]
    if not said and node.value(("AssessmentAuthorisationDate",)):
        yield (
            "FactorsIdentifiedAtAssessment",
            "The assessment is finished and names no factor. Write 21 where there was none.",
        )
    for factor in sorted(set(said)):
        if said.count(factor) > 1:
            yield "FactorsIdentifiedAtAssessment", f"The factor {factor[:8]} stands twice."
    if codes.NO_FACTOR in said and len(set(said)) > 1:
        yield "FactorsIdentifiedAtAssessment", "21 (no factor) stands beside a factor. Leave one out."


def _factor(node: Node, _reference: dt.date | None) -> Iterator[Fault]:
    if node.text in codes.RETIRED_FACTORS:
        yield "", f"The factor {node.text} is retired. Use {codes.RETIRED_FACTORS[node.text]}."
    elif node.text not in codes.FACTORS:
        yield "", f"'{node.text[:8]}' is no code of the list of factors."


def _child_in_need_plan(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    start, end = _day(node, "CINPlanStartDate"), _day(node, "CINPlanEndDate")
    yield from _after_reference(node, reference, "CINPlanStartDate", "CINPlanEndDate")
    yield from _before_referral(_day(node, "../CINreferralDate"), "CINPlanStartDate", "plan started", start)
    if start and end and end < start:
        yield "CINPlanEndDate", f"The plan ended on {end}, before it started on {start}."
    for plan in node.all(("..", "ChildProtectionPlans")):
        protected, until = _day(plan, "CPPstartDate"), _day(plan, "CPPendDate") or dt.date.max
        if start and protected and start < until and (end or dt.date.max) > protected:
            yield (
                "CINPlanStartDate",
                f"The child was on a protection plan from {protected}: both plans cannot run at once.",
            )


def _section_47(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    start, held = _day(node, "S47ActualStartDate"), _day(node, "DateOfInitialCPC")
    if start is None:
        yield "S47ActualStartDate", "The start of the enquiry is missing or no date."
    yield from _after_reference(node, reference, "S47ActualStartDate", "DateOfInitialCPC")
    yield from _before_referral(
        _day(node, "../CINreferralDate"), "S47ActualStartDate", "enquiry started", start
    )
    yield from _conference(node, "DateOfInitialCPC", _day(node, "../CINreferralDate"))
    if start and held and held < start:
        yield "DateOfInitialCPC", f"The conference of {held} lies before the enquiry of {start}."
    spared = node.value(("ICPCnotRequired",))
    if spared and spared not in codes.TRUTH:
        yield "ICPCnotRequired", f"'{spared[:8]}' is neither true nor false."
    if spared in codes.TRUE and held:
        yield "ICPCnotRequired", "A conference was held that is said not to be required."
    target = _day(node, "InitialCPCtarget")
    if start and target and target != (due := working_days_after(start, _CONFERENCE_WORKING_DAYS)):
        yield "InitialCPCtarget", f"The target is {target}; fifteen working days after {start} is {due}."


def _protection_plan(node: Node, reference: dt.date | None) -> Iterator[Fault]:
    start, end = _day(node, "CPPstartDate"), _day(node, "CPPendDate")
    closed = _day(node, "../CINclosureDate")
    if start is None:
        yield "CPPstartDate", "The start of the plan is missing or no date."
    yield from _after_reference(node, reference, "CPPstartDate", "CPPendDate")
    yield from _before_referral(
        _day(node, "../CINreferralDate"), "CPPstartDate", "protection plan started", start
    )
    if start and end and end < start:
        yield "CPPendDate", f"The plan ended on {end}, before it started on {start}."
    if end and closed and end > closed:
        yield "CPPendDate", f"The plan ended on {end}, after the case closed on {closed}."
    conferences = {
        day
        for place in (("..",), ("..", "Section47"))
        for one in node.all(place)
        if (day := _day(one, "DateOfInitialCPC"))
    }
    if start and start not in conferences:
        yield "CPPstartDate", f"No initial conference was on {start}, the day on which the plan started."
    for element in ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse"):
        said = node.value((element,))
        if said and said not in codes.ABUSE:
            yield element, f"'{said[:8]}' is no category of abuse."
    for review in node.children.get("Reviews", ()):
        day = _day(review, "CPPreviewDate")
        if day and ((start and day < start) or (end and day > end)):
            yield "Reviews", f"The review of {day} lies outside the plan."


def _after_reference(node: Node, reference: dt.date | None, *elements: str) -> Iterator[Fault]:
    for element in elements:
        day = _day(node, element)
        if day and reference and day > reference:
            yield element, f"{day} lies after the reference date {reference}."


def _before_referral(
    referred: dt.date | None, element: str, what: str, day: dt.date | None
) -> Iterator[Fault]:
    if day and referred and day < referred:
        yield element, f"The {what} on {day}, before the referral of {referred}."


def _day(node: Node, path: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(node.value(tuple(path.split("/")))[:10])
    except ValueError:
        return None


def _line(node: Node, path: str) -> int:
    found = node.all(tuple(path.split("/"))) if path else []
    return found[0].line if found else node.line


def _listed(days: list[dt.date]) -> str:
    return " and ".join(str(day) for day in days)


#: Which rules look at which element of a child.
RULES: Final[tuple[tuple[str, tuple[Callable[[Node, dt.date | None], Iterator[Fault]], ...]], ...]] = (
    ("ChildIdentifiers", (_child_id, _upn, _birth)),
    ("ChildCharacteristics", (_characteristics,)),
    ("CINdetails", (_details_codes, _details_dates)),
    ("CINdetails/Assessments", (_assessment_dates, _factors)),
    ("CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors", (_factor,)),
    ("CINdetails/CINPlanDates", (_child_in_need_plan,)),
    ("CINdetails/Section47", (_section_47,)),
    ("CINdetails/ChildProtectionPlans", (_protection_plan,)),
)
