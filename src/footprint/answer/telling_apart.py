"""Which questions would tell people apart who may all be meant: as somebody would ask them on the telephone.

Made from what partners say of them to this reader, and from nothing else. The answers are never in the question: whoever
reads two of them out, and asks which is right, is told the one that was named first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

from footprint.answer.people import Shown
from footprint.answer.side_fields import known_forms
from footprint.answer.statements import conflicting

#: More questions than this nobody asks a caller who is in a hurry.
MOST: Final = 3


class _Asking(NamedTuple):
    """One question, by the field in whose values people differ, and how those begin that it is about."""

    field: str
    question: str
    begins: str = ""


#: The surest to be known first. A date of birth is asked with where to read it: many are known by another than their own.
_ASKED: Final = (
    _Asking("birth", "What is the full date of birth, as on a passport or birth certificate?"),
    _Asking("setting", "Which school or nursery is it?", "school:"),
    _Asking("home", "Which street do they live in, or what is the postcode?"),
    _Asking("name", "What is the whole name, with every given name, letter by letter?"),
    _Asking("setting", "Which GP practice are they with?", "gp:"),
    _Asking("sex", "Is it a girl or a boy, a woman or a man?"),
    _Asking("contact", "What is their own telephone number or e-mail address?"),
    _Asking("nhs", "What is the NHS number, as on a letter or in the red book?"),
    _Asking("upn", "What is the unique pupil number? The school has it."),
)


def questions(people: Sequence[Shown]) -> tuple[str, ...]:
    """Return what to ask, the best first: what is known of all of them and differs, then what is known of some and differs.

    Of somebody protected nothing is known by which they are found, so nothing is asked on their account.
    """
    known = [one for one in people if one.standing == "open"]
    if len(known) < 2 or len(known) < len(people):
        return ()
    found = [(asking, how_many) for asking in _ASKED if (how_many := _that_differ(asking, known))]
    found.sort(key=lambda pair: pair[1] < len(known))
    return tuple(asking.question for asking, _ in found[:MOST])


def _that_differ(asking: _Asking, people: Sequence[Shown]) -> int:
    """Of how many people a value is known, where no two of them share one; else 0."""
    said = [known_forms(asking.field, one.sources) for one in people]
    values = [frozenset(form for form in forms if form.startswith(asking.begins)) for forms in said]
    knowing = [place for place, forms in enumerate(values) if forms]
    if len(knowing) < 2 or any(values[one] & values[other] for one, other in combinations(knowing, 2)):
        return 0
    if asking.field == "birth" and not _births_differ([people[place] for place in knowing]):
        return 0
    return len(knowing)


def _births_differ(people: Sequence[Shown]) -> bool:
    """Birthdays known in part differ where their known parts do, and not because one says more."""
    births = [[one.record.birth for one in person.sources if one.record.birth] for person in people]
    return all(
        conflicting([one, other])
        for mine, theirs in combinations(births, 2)
        for one in mine
        for other in theirs
    )
