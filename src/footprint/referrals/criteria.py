"""What makes a referral a good one: fifteen criteria about the form, as data. None of them is about a child or a family.

Drawn from the guidance of published referral forms and from what inspectorates found; each is marked from 0 to 3. What a machine
can check of one says `checked`, and it advises: a mark is given by a person who read the referral.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Checked(StrEnum):
    """Who can tell: a machine alone, a person alone, or a machine what is missing and a person whether the rest is good."""

    MACHINE = "machine"
    PERSON = "person"
    BOTH = "both"


class Criterion(NamedTuple):
    """One criterion: its name on a page, what it asks of the form, and what a 3 looks like. A critical one caps the grade."""

    id: str
    label: str
    asks: str
    strong: str
    checked: Checked
    critical: bool


#: What each mark means, for every criterion alike.
MARKS: Final[Mapping[int, str]] = MappingProxyType({0: "Absent", 1: "Weak", 2: "Adequate", 3: "Strong"})
#: From which day on these criteria hold, and that the partnership has not confirmed them: marks keep this beside them.
SINCE: Final = dt.date(2026, 9, 1)
VERSION: Final = f"criteria/{SINCE.isoformat()}"
VERIFIED: Final = False

_M, _P, _B = Checked.MACHINE, Checked.PERSON, Checked.BOTH

CRITERIA: Final[Mapping[str, Criterion]] = MappingProxyType(
    {
        one.id: one
        for one in (
            Criterion(
                "Q1",
                "The right child can be found",
                "Is each child named in full, with other names, birthday or expected date, and where they live?",
                "Full names and other names, date, address, and two things besides that point to this child alone.",
                _M,
                True,
            ),
            Criterion(
                "Q2",
                "Everybody in the household",
                "Is everybody at home named, and each parent, absent ones and new partners too?",
                "All are named with who they are to each child; what is not known is said to be not known.",
                _B,
                False,
            ),
            Criterion(
                "Q3",
                "The family was told, or there is a reason",
                "Were parents told and what did they say; or which recognised reason was there not to?",
                "Who was told and what they agree to; or the reason, explained for this family.",
                _B,
                True,
            ),
            Criterion(
                "Q4",
                "The concern is specific",
                "Who, what, when and where; what was seen, what was told, what is suspected?",
                "A reader knows what happened and how each part is known; opinion is marked as opinion.",
                _P,
                True,
            ),
            Criterion(
                "Q5",
                "The child's voice",
                "What does each child's day look like, and what did each child say?",
                "Each child has words as they were said, was seen alone, or it is explained why not.",
                _B,
                True,
            ),
            Criterion(
                "Q6",
                "What it means for each child",
                "Is it said what this does to each child, and not only what adults did?",
                "The effect on each child is described for that child.",
                _P,
                False,
            ),
            Criterion(
                "Q7",
                "History and pattern",
                "What happened before, how often, and does it get worse?",
                "Earlier incidents with dates, how many, and what they amount to together.",
                _B,
                False,
            ),
            Criterion(
                "Q8",
                "The level of need, argued",
                "Which level of the local threshold document, and why that one?",
                "The level is named and argued from what the document says of it.",
                _B,
                False,
            ),
            Criterion(
                "Q9",
                "Strengths, and the parents' view",
                "What goes well, who helps, and how do the parents see it?",
                "What keeps the child safe is named, and parents are quoted fairly.",
                _P,
                False,
            ),
            Criterion(
                "Q10",
                "What was done, and how the child is safe now",
                "What has been done already, and what keeps the child safe until somebody comes?",
                "Each thing done with its effect, and a plan that says who does what tonight.",
                _B,
                True,
            ),
            Criterion(
                "Q11",
                "What is asked for",
                "What should whoever reads this do?",
                "One clear request that fits the concern.",
                _P,
                False,
            ),
            Criterion(
                "Q12",
                "In time",
                "Was it telephoned if urgent, and sent within the local limit?",
                "Sent in time, and telephoned at once where somebody was in danger.",
                _M,
                False,
            ),
            Criterion(
                "Q13",
                "Linked",
                "Are incident, video, risk assessment and notice to the school referred to, or is it said why not?",
                "Every reference that belongs to it, or the reason for none.",
                _M,
                False,
            ),
            Criterion(
                "Q14",
                "Plain and respectful",
                "Could the family read it, and does it blame no child for what was done to them?",
                "Plain words; it says what adults did, not what a child let happen.",
                _B,
                False,
            ),
            Criterion(
                "Q15",
                "Handled correctly",
                "Is there no intelligence that tells its source, no protected address in text, nobody without need?",
                "Only what is needed of third parties; nothing that could lead to a source or a protected place.",
                _B,
                True,
            ),
        )
    }
)

CRITICAL: Final = frozenset(one.id for one in CRITERIA.values() if one.critical)


def criterion(code: str) -> Criterion:
    """Return a criterion. Raises KeyError with a sentence for one that is not in the table."""
    try:
        return CRITERIA[code]
    except KeyError:
        raise KeyError(f"There is no criterion '{code}'. They are {', '.join(CRITERIA)}.") from None
