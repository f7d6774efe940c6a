"""What the first page says to each role that opens no case: what it may see here and what not, in two sentences."""

from __future__ import annotations

from typing import Final

FIRST_PAGES: Final[dict[str, tuple[str, str]]] = {
    "exploitation-analyst": (
        "You see figures in which small numbers are suppressed, and how fresh each partner’s data is.",
        "You see no name, no case and no user; problem profiles are not here yet.",
    ),
    "identity-guardian": (
        "You see requests to shield, pass a question on or look behind a shield, shields that stand, and sentences held back.",
        "Of a protected place you see nothing, and nobody looks behind a shield without a second guardian.",
    ),
    "adoption-gatekeeper": (
        "What is sealed, an adopted child’s two identities or an enquiry, comes only to those who are named for it.",
        "There is no page for that here yet: you see no case, no person and no figures.",
    ),
    "information-governance": (
        "You see who looked up whom, when, why and by which rule, and the break-glass, alerts and breaches to be reviewed.",
        "You see no case content, and each reading of yours is recorded.",
    ),
    "independent-auditor": (
        "You see whether the record of look-ups is whole, single entries by receipt, referrals that you mark, and figures.",
        "Beyond those referrals you see no case content, and nobody’s look-ups as a list; each reading of yours is recorded.",
    ),
    "overseer": (
        "You see how much each partner uses Footprint and how often children are heard, by month, with small numbers suppressed.",
        "You see no person, no case, no user and no entry of the record.",
    ),
    "data-steward": (
        "You see records that may or may not be one person side by side, and deliveries that wait for somebody to let them in.",
        "You open no case and look nobody up.",
    ),
    "administrator": (
        "You see who has an account, in which role and for which partner.",
        "No page shows you a case, or anybody whom a partner knows.",
    ),
}
