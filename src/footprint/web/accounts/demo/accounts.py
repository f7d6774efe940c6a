"""The accounts of the demonstration, as data: who they are, where they work, and what one tries with them."""

from __future__ import annotations

from typing import Final, NamedTuple

from footprint.sharing.roles import ROLES
from footprint.web.accounts.founding import OFFICE

PASSWORD: Final = "an invented borough"  # noqa: S105 - printed on the sign-in page of the demonstration


class DemoAccount(NamedTuple):
    """Somebody invented. `sector` finds the partner; `place` is which of several (the second school)."""

    username: str
    name: str
    role: str
    sector: str
    place: int = 0
    team: str = ""


_HUB: Final = "Multi-agency safeguarding hub"
#: A team that the invented police feed names, so that a sergeant sees its incidents.
_RESPONSE: Final = "Aldermarch Response"
ACCOUNTS: Final = (
    DemoAccount(
        "social-worker", "Rukhsana Malik", "social-work-decision-maker", "childrens-social-care", 0, _HUB
    ),
    DemoAccount("officer", "Daniel Whitmore", "frontline", "police", 0, _RESPONSE),
    DemoAccount("sergeant", "Farah Siddiqui", "police-supervisor", "police", 0, _RESPONSE),
    DemoAccount("referral-unit", "Owen Price", "central-referral-unit", "police", 0, _HUB),
    DemoAccount("navigator", "Grace Okafor", "navigator", "acute-trust", 0, _HUB),
    DemoAccount("school-lead", "Helen Marsh", "school-lead", "school", 0),
    DemoAccount("second-school-lead", "Tariq Aziz", "school-lead", "school", 1),
    DemoAccount("early-help", "Joanna Nowak", "early-help", "childrens-social-care", 0, "Early help"),
    DemoAccount("steward", "Samuel Boateng", "data-steward", "childrens-social-care", 0, "Data"),
    DemoAccount("guardian", "Miriam Lloyd", "identity-guardian", OFFICE),
    DemoAccount("second-guardian", "Peter Hallam", "identity-guardian", OFFICE),
    DemoAccount("gatekeeper", "Sunita Rao", "adoption-gatekeeper", "childrens-social-care", 0, "Adoption"),
    DemoAccount("governance", "Colin Ferris", "information-governance", OFFICE),
    DemoAccount("auditor", "Amelia Stone", "independent-auditor", OFFICE),
    DemoAccount("overseer", "Bernard Quaye", "overseer", OFFICE),
    DemoAccount("analyst", "Kavita Desai", "exploitation-analyst", "police", 0, "Intelligence"),
    DemoAccount("admin", "Leah Morgan", "administrator", OFFICE),
)


def demo_table() -> tuple[dict[str, str], ...]:
    """Return what the sign-in page shows of each: the username, the role and what it is for."""
    return tuple(
        {
            "username": one.username,
            "name": one.name,
            "role": ROLES[one.role].label,
            "sentence": ROLES[one.role].sentence,
        }
        for one in ACCOUNTS
    )
