"""Why somebody may ask: purpose codes, what they mean, and the legal basis that the ledger records with each look-up.

The agreement of a partnership will narrow these; until it is data of its own they are this table. Sources: Children Act
1989 and 2004, Domestic Abuse Act 2021, Data Protection Act 2018, UK GDPR.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Purpose(NamedTuple):
    """A purpose: the words for it, and its basis in law."""

    label: str
    basis: str


_PUBLIC_TASK: Final = "UK GDPR Art. 6(1)(e), 9(2)(g); DPA 2018 Sch. 1 para. 18"

PURPOSES: Final[dict[str, Purpose]] = {
    "front-door": Purpose("Screening a contact or referral", f"Children Act 2004 s.10, s.11; {_PUBLIC_TASK}"),
    "s47": Purpose("Section 47 enquiry", f"Children Act 1989 s.47; {_PUBLIC_TASK}"),
    "s17": Purpose("Assessment of a child in need", f"Children Act 1989 s.17; {_PUBLIC_TASK}"),
    "early-help": Purpose("Early help or family help", f"Children Act 2004 s.10; {_PUBLIC_TASK}"),
    "missing": Purpose("A missing child", f"Children Act 2004 s.11; {_PUBLIC_TASK}"),
    "domestic-abuse": Purpose(
        "Domestic abuse with a child concerned", f"Domestic Abuse Act 2021 s.49A; {_PUBLIC_TASK}"
    ),
    "police-protection": Purpose("Police protection", f"Children Act 1989 s.46; {_PUBLIC_TASK}"),
    "adult-safeguarding": Purpose("Enquiry about an adult at risk", f"Care Act 2014 s.42; {_PUBLIC_TASK}"),
    "steward": Purpose("Checking who is who", "UK GDPR Art. 5(1)(d), 16; DPA 2018 s.38"),
}
