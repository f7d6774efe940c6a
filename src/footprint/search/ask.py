"""One look-up of a person, from a question to an answer that claims no more than the index shows under this mask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from footprint.comparison import COMPARISONS, UNKNOWN
from footprint.records import Comparable
from footprint.records.mask import Mask
from footprint.search.distinguishing import telling_apart
from footprint.search.index import Index
from footprint.search.kernel import Flags
from footprint.search.outcome import NARROWING, Claim, Contest, Outcome, judged, missing, tied_by
from footprint.search.question import Question, readings, years_of
from footprint.search.ranking import Ranked, rank
from footprint.search.verdicts import NAMES, Verdict, fields_asked, verdicts

LIMIT: Final = 20
# Below this weight (bits, prior included) somebody is shown only if nothing that was asked speaks against them.
FLOOR: Final = -8.0
# Nobody is shown who fits so many bits less well than the best; where too many are left, the next, narrower bound holds.
FARTHEST: Final = (15.0, 8.0, 4.0)
_SPEAKS: Final = ("given", "family", "identifier", "contact")
# People move and change their telephones: that an address differs speaks against nobody.
_SPEAKS_AGAINST: Final = ("given", "family", "birth", "sex")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One person who may be meant: number in the index, weight in bits, verdict on every field asked, known record numbers."""

    person: int
    weight: float
    verdicts: dict[str, Verdict]
    records: tuple[int, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a look-up found. `reason` says why this outcome; `tied` how many fit equally well (0 or more than 1).

    `ask_next` names what would tell the first of them apart (such as "date of birth"), empty where nothing known would.
    `further` counts those who fit less well and are not listed. Nobody is listed where the outcome is refine or none; then `add`
    names the terms of which one more would let the search begin, or narrow it.
    """

    outcome: Outcome
    reason: str
    people: tuple[Candidate, ...] = ()
    tied: int = 0
    ask_next: str = ""
    further: int = 0
    add: tuple[str, ...] = ()


def ask(
    index: Index, question: Question, mask: Mask, limit: int = LIMIT, *, beside_match: bool = False
) -> Answer:
    """Return who may be meant. What `mask` hides is no candidate, feeds no count, no order and no outcome.

    With `beside_match` those who fit less well than a match are listed after it.
    """
    if need := missing(question):
        return Answer(outcome="refine", reason=need.sentence, add=need.add)
    flags = index.flags(mask)
    rows = readings(question, index.schemes(mask))
    years = years_of(question, index.day)
    fields = fields_asked(rows, years)
    ranked = rank(index, rows, years, flags)
    plausible, further = _plausible(ranked, fields, limit)
    people = [
        _candidate(index, rows[0], years, fields, ranked, place, flags) for place in plausible[: limit + 1]
    ]
    contest = Contest([Claim(one.weight, one.verdicts) for one in people], limit, ranked.crowded)
    rule = judged(contest)
    if rule.outcome in ("refine", "none"):
        return Answer(
            outcome=rule.outcome, reason=rule.reason, add=NARROWING if rule.outcome == "refine" else ()
        )
    if rule.outcome == "match":
        listed = people if beside_match else people[:1]
        further += len(people) - len(listed)
        return Answer(outcome="match", reason=rule.reason, people=tuple(listed), further=further)
    tied = tied_by(rule, contest)
    again = telling_apart(index, [one.records for one in people[: max(2, tied)]], flags)
    return Answer(
        outcome=rule.outcome,
        reason=rule.reason,
        people=tuple(people),
        tied=tied,
        ask_next=again,
        further=further,
    )


def _plausible(ranked: Ranked, fields: Sequence[str], limit: int) -> tuple[list[int], int]:
    """Return the places in the ranking of those to be shown, best first, and how many more fit less well."""
    if not ranked.people:
        return [], 0
    against, speaks = (
        np.zeros(len(ranked.people), dtype=np.bool_),
        np.zeros(len(ranked.people), dtype=np.bool_),
    )
    for field in fields:
        levels = ranked.levels[:, NAMES.index(field)]
        differs = levels == COMPARISONS[NAMES.index(field)].else_level
        if field in _SPEAKS_AGAINST:
            against |= differs
        if field in _SPEAKS:
            speaks |= (levels != UNKNOWN) & ~differs
    # Whose number it is, is said even where all else differs: the number may have been typed on the wrong person's record.
    numbered = (ranked.levels[:, NAMES.index("identifier")] == 0) & ("identifier" in fields)
    fit = numbered | (speaks & ((ranked.weights >= FLOOR) | ~against))
    near = within = fit & (numbered | (ranked.weights >= _best(ranked, fit) - FARTHEST[0]))
    for distance in FARTHEST[1:]:
        if np.count_nonzero(near) > limit:
            near = within & (numbered | (ranked.weights >= _best(ranked, fit) - distance))
    return np.flatnonzero(near).tolist(), int(np.count_nonzero(within) - np.count_nonzero(near))


def _best(ranked: Ranked, fit: npt.NDArray[np.bool_]) -> float:
    return float(ranked.weights[fit].max(initial=-np.inf))


def _candidate(
    index: Index,
    row: Comparable,
    years: tuple[int, int],
    fields: Sequence[str],
    ranked: Ranked,
    place: int,
    flags: Flags,
) -> Candidate:
    person = ranked.people[place]
    return Candidate(
        person=person,
        weight=round(float(ranked.weights[place]), 2),
        verdicts=verdicts(
            index,
            row,
            years,
            fields,
            person,
            ranked.levels[place],
            flags,
            exchanged=bool(ranked.exchanged[place]),
        ),
        records=tuple(index.known(person, flags)),
    )
