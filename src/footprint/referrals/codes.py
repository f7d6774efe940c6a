"""The code lists of a referral, as data: what may be said, and its label on a page and in a count.

Sources: the grounds for not telling the family and the ways in are those of published referral forms; reasons for no
body-worn video are a suggestion until the force confirms its own list. Adding a code is adding a row.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

#: How it came, where nobody filled in this form. An anonymous contact has no referrer to ask, and that is no gap.
ROUTES: Final = MappingProxyType(
    {
        "imported": "Another system's form, imported",
        "phone": "By phone, taken down at the front door",
        "email": "By e-mail, taken down at the front door",
        "letter": "By letter, taken down at the front door",
        "public": "A member of the public or the family, taken down at the front door",
        "anonymous": "Somebody who gave no name, taken down at the front door",
    }
)
ANONYMOUS: Final = "anonymous"
#: The ways by which somebody comes whose work it is not: nobody asks them for a threshold.
PRIVATE: Final = frozenset({"public", ANONYMOUS})

#: Why the family was not told. Each needs an explanation beside it.
NOT_INFORMED: Final = MappingProxyType(
    {
        "risk-to-child": "It would put the child at more risk",
        "risk-to-another": "It would put somebody else at risk",
        "prejudice": "It would get in the way of an investigation",
        "delay": "Waiting to tell them would take too long",
        "not-reached": "They could not be reached",
    }
)

#: Why nothing was recorded on body-worn video.
NO_VIDEO: Final = MappingProxyType(
    {
        "not-issued": "No camera was issued",
        "fault": "The camera did not work",
        "sensitive-place": "A hospital, a bedroom or another sensitive place",
        "childs-distress": "It distressed the child",
        "covert": "The work was covert",
        "forgot": "It was forgotten",
        "not-attended": "Nobody attended: it came to notice another way",
    }
)


class Decision(NamedTuple):
    """What the front door may decide: its label, and what the author is told that it means."""

    label: str
    means: str


DECISIONS: Final = MappingProxyType(
    {
        "information": Decision(
            "Information and advice",
            "Nothing further is opened now. What you sent is kept, and counts next time.",
        ),
        "early-help": Decision(
            "Early help or family help", "A family worker will offer help, if they agree."
        ),
        "section-17": Decision(
            "Assessment (section 17)", "A social worker will see the child and ask what the family needs."
        ),
        "strategy-discussion": Decision(
            "Strategy discussion",
            "Police, health and social care decide together, today or as soon as can be, how to keep the child safe, and whether "
            "there is to be an enquiry (section 47).",
        ),
        "routed": Decision(
            "Passed to the family's worker",
            "The family’s own worker has accepted it, and decides.",
        ),
    }
)
