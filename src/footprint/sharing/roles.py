"""Who there is in a partnership, as data: every role, what it is for, and the rights that come with it.

A right says what somebody may do here at all; what they are then told about whom is the sharing agreement's to say. Knows no
user, page or password. A role that is not in the table has no right.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Right(StrEnum):
    """What a role may do. Each is explained in RIGHTS."""

    ASK = "ask"
    ASK_OWN_PUPILS = "ask-own-pupils"
    BREAK_GLASS = "break-glass"
    DISPUTE = "dispute"
    SUBSCRIBE = "subscribe"
    STEWARD = "steward"
    GUARD = "guard"
    GATEKEEP = "gatekeep"
    GOVERN = "govern"
    FEEDS = "feeds"
    RELEASE = "release"
    ADMINISTER = "administer"
    OVERSEE = "oversee"
    AUDIT = "audit"
    FRESHNESS = "freshness"
    REFER = "refer"
    SUPERVISE_REFERRALS = "supervise-referrals"
    GRADE_REFERRALS = "grade-referrals"
    DECIDE_REFERRALS = "decide-referrals"
    AUDIT_REFERRALS = "audit-referrals"


RIGHTS: Final[dict[Right, str]] = {
    Right.ASK: "Open cases and look people and addresses up.",
    Right.ASK_OWN_PUPILS: "Open cases and look up the pupils of the own school, and nobody else.",
    Right.BREAK_GLASS: "Look where the agreement does not reach, in an emergency; others are told at once.",
    Right.DISPUTE: 'Say "this is not them" or "these are the same".',
    Right.SUBSCRIBE: "Be told when something new happens to a child of an own case.",
    Right.STEWARD: "Settle disputes: rule which records are one human being.",
    Right.GUARD: "Shield people and places, and approve that a shield is looked behind; never alone.",
    Right.GATEKEEP: "Keep an adopted child's two identities apart: seals.",
    Right.GOVERN: "Read who looked up whom and why, without case content; review break-glass, alerts and breaches.",
    Right.FEEDS: "See how fresh each partner's data is, and the receipts of deliveries.",
    Right.RELEASE: "Release or refuse what a held delivery would remove.",
    Right.ADMINISTER: "Manage users, their roles and partners; never case content.",
    Right.OVERSEE: "See aggregates in which small numbers are suppressed, and no person.",
    Right.AUDIT: "Check that the record of look-ups is whole, and read the entry of a receipt; never case content.",
    Right.FRESHNESS: "See how fresh each partner's data is, and no delivery's receipt.",
    Right.REFER: "Write referrals, send them, add to them, and read what became of the own ones.",
    Right.SUPERVISE_REFERRALS: "See the referrals of the own team on the day they leave it, and ask for more.",
    Right.GRADE_REFERRALS: "Read referrals within reach and mark how well each is written.",
    Right.DECIDE_REFERRALS: "See every referral at the front door, accept it, route it and decide what happens next.",
    Right.AUDIT_REFERRALS: "See what is audited under the framework that police and social care signed; its two sides mark.",
}


class Role(NamedTuple):
    """A role: its name on a page, one sentence that says who has it, and its rights."""

    id: str
    label: str
    sentence: str
    rights: frozenset[Right]


_PRACTICE: Final = frozenset({Right.ASK, Right.DISPUTE, Right.SUBSCRIBE, Right.REFER})
_EMERGENCY: Final = _PRACTICE | {Right.BREAK_GLASS}


def _role(role: str, label: str, sentence: str, rights: frozenset[Right]) -> tuple[str, Role]:
    return role, Role(role, label, sentence, rights)


ROLES: Final[dict[str, Role]] = dict(
    (
        _role(
            "frontline",
            "Officer or frontline practitioner",
            "Meets children and families, and asks about those of an own case.",
            _EMERGENCY,
        ),
        _role(
            "police-supervisor",
            "Police supervisor",
            "Answers for the cases of a team of officers, and asks about them.",
            _EMERGENCY | {Right.SUPERVISE_REFERRALS},
        ),
        _role(
            "central-referral-unit",
            "Central referral unit",
            "Brings what the police know to the hub, and asks about any child who is referred to it.",
            _EMERGENCY | {Right.GRADE_REFERRALS, Right.AUDIT_REFERRALS},
        ),
        _role(
            "social-work-decision-maker",
            "Social work decision maker",
            "Decides at the front door and in enquiries what happens next for a child.",
            _EMERGENCY | {Right.GRADE_REFERRALS, Right.DECIDE_REFERRALS, Right.AUDIT_REFERRALS},
        ),
        _role(
            "navigator",
            "Health or education navigator",
            "Brings what health or schools know to the hub, and asks about those of whom it was asked.",
            _PRACTICE,
        ),
        _role(
            "school-lead",
            "School's designated safeguarding lead",
            "Keeps the pupils of one school safe, and asks about those on its roll.",
            frozenset({Right.ASK_OWN_PUPILS, Right.DISPUTE, Right.SUBSCRIBE, Right.REFER}),
        ),
        _role(
            "early-help",
            "Early help practitioner",
            "Works with families who agreed to early help, and asks about them.",
            _PRACTICE,
        ),
        _role(
            "exploitation-analyst",
            "Exploitation analyst",
            "Writes the partnership's problem profile from figures, without names.",
            frozenset({Right.OVERSEE, Right.FRESHNESS}),
        ),
        _role(
            "identity-guardian",
            "Protected-identity guardian",
            "Shields people and places, and decides with a second guardian who may look behind a shield.",
            frozenset({Right.GUARD}),
        ),
        _role(
            "adoption-gatekeeper",
            "Adoption gatekeeper",
            "Keeps the two identities of an adopted child apart, and alone knows that they are one.",
            frozenset({Right.GATEKEEP}),
        ),
        _role(
            "information-governance",
            "Information-governance lead",
            "Shows who looked at whom and why, and acts where that was wrong; sees no case content.",
            frozenset({Right.GOVERN, Right.FEEDS}),
        ),
        _role(
            "independent-auditor",
            "Independent auditor",
            "Checks from outside that the rules are kept, on figures and on samples handed over.",
            frozenset({Right.OVERSEE, Right.AUDIT, Right.AUDIT_REFERRALS}),
        ),
        _role(
            "overseer",
            "Overseer",
            "Scrutinises the partnership for the public, on suppressed figures alone.",
            frozenset({Right.OVERSEE}),
        ),
        _role(
            "data-steward",
            "Data steward",
            "Rules which records are one human being, and lets in what a delivery was held for.",
            frozenset({Right.STEWARD, Right.FEEDS, Right.RELEASE}),
        ),
        _role(
            "administrator",
            "Administrator",
            "Gives people their accounts and roles; no screen shows case content to this role.",
            frozenset({Right.ADMINISTER}),
        ),
    )
)

#: Any of these lets a role put a question, each for its own purposes.
ASKING: Final = frozenset({Right.ASK, Right.ASK_OWN_PUPILS, Right.STEWARD})


def holds(role: str, right: Right) -> bool:
    """Say whether a role has a right. A role that nobody listed has none."""
    found = ROLES.get(role)
    return found is not None and right in found.rights


def may_ask(role: str) -> bool:
    """Say whether a role may open cases and look people up, if only own pupils."""
    return holds(role, Right.ASK) or holds(role, Right.ASK_OWN_PUPILS)
