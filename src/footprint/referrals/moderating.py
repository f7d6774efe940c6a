"""Two sides mark one form, each alone; then they see each other's marks, talk where they differ, and agree.

Nothing of one side's marks is open to the other before both have finished. What was given alone is kept beside what was agreed:
agreement between markers is counted of the first, and the form is graded by the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from footprint.referrals.criteria import CRITERIA, CRITICAL, MARKS
from footprint.referrals.framework import Framework
from footprint.referrals.kappa import WEIGHTS, Agreement, agreement, tally

Marks = Mapping[str, int]


class NotYetMarked(ValueError):
    """A side has not finished. Its message says what is left to do, and nothing of what the other side gave."""


class Audited(NamedTuple):
    """One form, and what each side gave alone: by the side's partner, a mark for each criterion that has one."""

    referral: str
    given: Mapping[str, Marks]


def is_finished(marks: Marks, framework: Framework) -> bool:
    """Say whether a side has given every mark that the framework asks for."""
    return all(code in marks for code in framework.criteria)


def seen_by(side: str, audited: Audited, framework: Framework) -> dict[str, Marks]:
    """Return the marks that one side may see: its own; and everybody's once every party has finished."""
    parties = [party.partner for party in framework.parties]
    given = {name: audited.given.get(name, {}) for name in parties}
    if all(is_finished(marks, framework) for marks in given.values()):
        return given
    return {side: given.get(side, {})}


def to_talk_about(audited: Audited, framework: Framework) -> tuple[str, ...]:
    """Return the criteria about which the sides talk: far apart, or critical and not alike. Raises NotYetMarked."""
    both = _all_marks(audited, framework)
    return tuple(
        code
        for code in framework.criteria
        if (apart := max(marks[code] for marks in both) - min(marks[code] for marks in both))
        and (apart >= framework.talk_from or code in CRITICAL)
    )


def agreed(audited: Audited, said: Marks, framework: Framework) -> dict[str, int]:
    """Return the marks of a form after moderation: what the sides said together, else what they gave.

    Of a criterion about which they need not talk and differ, the lower mark stands: the author hears what one of two readers
    missed. Raises NotYetMarked while a side has not finished or something to talk about has no agreed mark.
    """
    both = _all_marks(audited, framework)
    if open_ := [code for code in to_talk_about(audited, framework) if code not in said]:
        raise NotYetMarked(f"Agree on {', '.join(open_)}: there the two sides differ.")
    if wrong := [code for code, mark in said.items() if code not in framework.criteria or mark not in MARKS]:
        raise NotYetMarked(f"{wrong[0]} cannot be marked so. Marks are {', '.join(map(str, MARKS))}.")
    return {code: said.get(code, min(marks[code] for marks in both)) for code in framework.criteria}


def agreements(audits: Iterable[Audited], framework: Framework) -> dict[str, Agreement]:
    """Return how far the first two parties agree beyond chance, by criterion, of what each gave alone.

    Forms that a side has not finished are left out, and a criterion without pairs says that nothing can be said. A form that
    was marked under an earlier version counts for each criterion that was then asked for.
    """
    one, other = (party.partner for party in framework.parties[:2])
    both = [(audit.given.get(one, {}), audit.given.get(other, {})) for audit in audits]
    # Every version asks for the critical ones, and both sides for the same: with fewer a side has not finished.
    finished = [pair for pair in both if pair[0].keys() == pair[1].keys() and pair[0].keys() >= CRITICAL]
    weights = WEIGHTS[framework.weights](len(MARKS))
    return {
        code: agreement(
            tally(((ours[code], theirs[code]) for ours, theirs in finished if code in ours), tuple(MARKS)),
            weights,
        )
        for code in CRITERIA
        if code in framework.criteria
    }


def to_meet_about(found: Mapping[str, Agreement], framework: Framework) -> list[str]:
    """Return the criteria in which the markers agree less than the framework asks for: they meet and mark some together."""
    return [
        code for code, one in found.items() if one.kappa is not None and one.kappa < framework.agreement_from
    ]


def _all_marks(audited: Audited, framework: Framework) -> Sequence[Marks]:
    for party in framework.parties:
        if not is_finished(audited.given.get(party.partner, {}), framework):
            raise NotYetMarked(f"{party.name} has not finished marking.")
    return [audited.given[party.partner] for party in framework.parties]
