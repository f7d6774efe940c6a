"""The code lists of the field, as data: what may be said, its label, and what kind of thing it is.

Sources: MAIS draft vocabularies (July 2026), HL7 v3 RoleCode and ParticipationType, the Children in Need census guide
2024-25, and headline lists agreed with partners. Adding a code is adding a row here.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Shape = Literal["event", "episode"]


class InvolvementCode(NamedTuple):
    """A headline fact: its label on a page, whether it is an event or an episode, and the kind of partner that says it."""

    label: str
    shape: Shape
    sector: str


INVOLVEMENTS: Final[dict[str, InvolvementCode]] = {
    # children's social care and family help
    "contact": InvolvementCode("Contact to the front door", "event", "childrens-social-care"),
    "referral": InvolvementCode("Referral", "event", "childrens-social-care"),
    "early-help": InvolvementCode("Early help or family help", "episode", "childrens-social-care"),
    "assessment": InvolvementCode("Social work assessment", "episode", "childrens-social-care"),
    "child-in-need": InvolvementCode("Open child in need case", "episode", "childrens-social-care"),
    "cin-plan": InvolvementCode("Child in need plan", "episode", "childrens-social-care"),
    "section-47": InvolvementCode("Section 47 enquiry", "episode", "childrens-social-care"),
    "initial-cp-conference": InvolvementCode(
        "Initial child protection conference", "event", "childrens-social-care"
    ),
    "cp-plan": InvolvementCode("Child protection plan", "episode", "childrens-social-care"),
    "cp-review": InvolvementCode("Child protection review conference", "event", "childrens-social-care"),
    "child-looked-after": InvolvementCode("Looked after", "episode", "childrens-social-care"),
    "care-leaver": InvolvementCode("Care leaver", "episode", "childrens-social-care"),
    "missing-episode": InvolvementCode(
        "Missing episode known to social care", "episode", "childrens-social-care"
    ),
    "allocated-worker": InvolvementCode("Allocated worker", "episode", "childrens-social-care"),
    # police
    "incident": InvolvementCode("Incident attended", "event", "police"),
    "domestic-abuse-incident": InvolvementCode("Domestic abuse incident", "event", "police"),
    "missing-person": InvolvementCode("Reported missing", "event", "police"),
    "police-protection": InvolvementCode("Police protection (section 46)", "event", "police"),
    "custody": InvolvementCode("In police custody", "event", "police"),
    "investigation": InvolvementCode("Open investigation", "episode", "police"),
    "neighbourhood-engagement": InvolvementCode("Neighbourhood team engagement", "event", "police"),
    "schools-officer-engagement": InvolvementCode("Schools officer engagement", "event", "police"),
    # schools
    "on-roll": InvolvementCode("On roll", "episode", "school"),
    "persistent-absence": InvolvementCode("Persistent absence", "episode", "school"),
    "school-suspension": InvolvementCode("Suspension", "event", "school"),
    "school-exclusion": InvolvementCode("Permanent exclusion", "event", "school"),
    # health
    "ae-attendance": InvolvementCode("A&E attendance", "event", "acute-trust"),
    "ae-did-not-wait": InvolvementCode("Left A&E before being seen", "event", "acute-trust"),
    "was-not-brought": InvolvementCode("Was not brought", "event", "acute-trust"),
}

ROLES: Final[dict[str, str]] = {
    "subject": "the person concerned",
    "victim": "victim",
    "witness": "witness",
    "suspect": "suspect",
    "child-present": "child present",
    "reporting": "person reporting",
    "involved": "involved, role not said",
    "missing": "missing person",
}

NAME_USES: Final = ("usual", "official", "temp", "nickname", "anonymous", "old", "maiden", "alias")
ADDRESS_USES: Final = ("home", "work", "temp", "old", "billing")

IDENTIFIER_SCHEMES: Final[dict[str, str]] = {
    "nhs": "NHS number",
    "upn": "Unique pupil number",
    "former-upn": "Former unique pupil number",
    "pnc": "Police National Computer id",
    "cro": "Criminal Records Office number",
    "uln": "Unique learner number",
    "national-insurance": "National Insurance number",
}

# Identifiers strong enough for the evidence rule's E1, when their check digit holds.
STRONG_SCHEMES: Final = ("nhs", "upn")

RELATIONSHIPS: Final[dict[str, str]] = {
    # our code: HL7 v3 RoleCode
    "mother": "NMTH",
    "father": "NFTH",
    "parent": "PRN",
    "step-parent": "STPPRN",
    "foster-parent": "PRNFOST",
    "adoptive-parent": "ADOPTP",
    "guardian": "GUARD",
    "grandparent": "GRPRN",
    "child": "CHILD",
    "sibling": "SIB",
    "half-sibling": "HSIB",
    "twin": "TWIN",
    "partner": "SIGOTHR",
    "former-partner": "FMRSPS",
    "household": "ROOM",
    "other-relative": "FAMMEMB",
    "carer": "CAREGIVER",
    "contact": "ECON",
}

SECTORS: Final[dict[str, str]] = {
    "police": "Police",
    "childrens-social-care": "Children's social care",
    "school": "School",
    "acute-trust": "Acute hospital trust",
}
