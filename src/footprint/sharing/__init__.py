"""From the sharing agreement to a policy, and from a policy to what somebody may know: mask and disclosure.

Deny by default. Existence and content are separate rights, and every ruling names its rules and the agreement's version. This
room knows roles, partners, purposes and kinds; no user, no person, no page and no ledger.
"""

from footprint.sharing.agreement import Agreement, Limits, Purpose
from footprint.sharing.policy import Ask, Decision, Policy, Ruling, compile_policy
from footprint.sharing.reading import AgreementError, agreement_of, load_agreement, packaged_agreement
from footprint.sharing.roles import RIGHTS, ROLES, Right, Role, holds, may_ask

__all__ = [
    "RIGHTS",
    "ROLES",
    "Agreement",
    "AgreementError",
    "Ask",
    "Decision",
    "Limits",
    "Policy",
    "Purpose",
    "Right",
    "Role",
    "Ruling",
    "agreement_of",
    "compile_policy",
    "holds",
    "load_agreement",
    "may_ask",
    "packaged_agreement",
]
