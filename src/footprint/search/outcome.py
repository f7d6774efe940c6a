"""What a search may claim to have found: one table of rules with reasons, read from the top. No weight is a claim by itself.

A wrong certainty sends an officer to the wrong door; a wrong silence hides a child. So *match* needs facts of several kinds
and no rival; the same name and birthday alone are never one; and who is tied is said to be tied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from footprint.records.text import fold
from footprint.search.question import Question, is_one_word, place_asked
from footprint.search.verdicts import Verdict

Outcome = Literal["match", "possible", "several", "refine", "none"]

CLEAR_GAP: Final = 3.0  # bits between a match and whoever comes next
TIE: Final = 2.0  # bits within which two people fit equally well
_NAME: Final = ("given", "family")
_NEAR_NAMES: Final = ("exact", "alias", "part", "kin", "slip", "middle", "crossed")


class Claim(NamedTuple):
    """One person as the rules see them: the weight in bits and the verdict on every field that was asked."""

    weight: float
    verdicts: Mapping[str, Verdict]

    def agrees(self, field: str) -> bool:
        return field in self.verdicts and self.verdicts[field].agreement == "agrees"

    def differs(self, *fields: str) -> bool:
        return any(field in self.verdicts and self.verdicts[field].agreement == "differs" for field in fields)

    @property
    def number_fits(self) -> bool:
        """Say whether the number agrees, and nothing about the person asked with it contradicts."""
        return self.agrees("identifier") and not self.differs(*_NAME, "birth", "sex")

    @property
    def third_kind(self) -> bool:
        """Say whether a fact of another kind than name and birthday agrees, as far as it was asked."""
        return self.agrees("place") or self.agrees("contact") or self.agrees("identifier")

    @property
    def certain(self) -> bool:
        """Say whether this is the person, unless somebody else is too."""
        names = all(self.agrees(field) for field in _NAME)
        return self.number_fits or (
            names and self._same_birthday and self.third_kind and not self.differs("sex")
        )

    @property
    def rivals(self) -> bool:
        """Say whether this may be the person meant after all: a twin with nearly the same name, at the same home."""
        names = all(field in self.verdicts and self.verdicts[field].level in _NEAR_NAMES for field in _NAME)
        return self.certain or (names and self._same_birthday and self.third_kind)

    @property
    def _same_birthday(self) -> bool:
        return "birth" in self.verdicts and self.verdicts["birth"].level == "exact"


class Contest(NamedTuple):
    """Everybody who may be meant, best first; `limit` is how many may be shown, `crowded` that not all were looked at."""

    claims: Sequence[Claim]
    limit: int
    crowded: bool

    @property
    def gap(self) -> float:
        """Return the bits between the best and the next."""
        return self.claims[0].weight - self.claims[1].weight if len(self.claims) > 1 else float("inf")

    @property
    def tied(self) -> int:
        """Return how many fit as well as the best, the best among them."""
        best = self.claims[0]
        levels = {field: verdict.level for field, verdict in best.verdicts.items()}
        return sum(
            best.weight - claim.weight < TIE
            or {field: one.level for field, one in claim.verdicts.items()} == levels
            for claim in self.claims
        )


class Rule(NamedTuple):
    """One row of the table: the outcome, the reason in words, and when it holds."""

    outcome: Outcome
    reason: str
    holds: Callable[[Contest], bool]


RULES: Final = (
    Rule("none", "Nobody fits what you said.", lambda contest: not contest.claims and not contest.crowded),
    Rule(
        "several",
        "Several people carry this number. A number is sometimes typed on the wrong person's record.",
        lambda contest: sum(claim.number_fits for claim in contest.claims) > 1,
    ),
    Rule(
        "match",
        "The number is this person's alone, and nothing that you said contradicts it.",
        lambda contest: bool(contest.claims) and contest.claims[0].number_fits and not contest.crowded,
    ),
    Rule(
        "refine",
        "More people fit than can be shown. Say more: a full date of birth, an address, a number.",
        lambda contest: contest.crowded or len(contest.claims) > contest.limit,
    ),
    Rule(
        "several",
        "More than one person fits on every count, such as twins at one home.",
        lambda contest: contest.claims[0].certain and sum(claim.rivals for claim in contest.claims) > 1,
    ),
    Rule(
        "match",
        "The name, the birthday and a fact of another kind agree, and nobody else comes near.",
        lambda contest: contest.claims[0].certain and contest.gap >= CLEAR_GAP,
    ),
    Rule("several", "They fit equally well.", lambda contest: contest.tied > 1),
    Rule(
        "possible",
        "What is known does not make it certain. Compare before you rely on it.",
        lambda contest: True,
    ),
)


def judged(contest: Contest) -> Rule:
    """Return the first rule that holds."""
    return next(rule for rule in RULES if rule.holds(contest))


def tied_by(rule: Rule, contest: Contest) -> int:
    """Return how many a rule finds to fit equally well: 0, or more than 1."""
    return contest.tied if rule.outcome == "several" and contest.tied > 1 else 0


#: What to say more of where more people fit than can be shown, as terms of a question.
NARROWING: Final = ("born", "address", "nhs")


class Need(NamedTuple):
    """What is missing before a search may begin, the terms of which one will do, and how to tell."""

    sentence: str
    add: tuple[str, ...]
    is_missing: Callable[[frozenset[str]], bool]


_ENOUGH: Final = (
    frozenset({"number"}),
    frozenset({"family", "birthday"}),
    frozenset({"family", "place"}),
    frozenset({"family", "given", "year"}),
)
NEEDS: Final = (
    Need(
        "Add the family name, or say that the person has one name only.",
        ("family", "one-name"),
        lambda said: "family" not in said,
    ),
    Need(
        "Add one of these: the date of birth, a year of birth or an age, the postcode.",
        ("born", "postcode"),
        lambda said: "given" in said,
    ),
    Need(
        "Add one of these: the date of birth, the postcode, or the given name with a year of birth or an age. "
        "If the person has one name only, say so.",
        ("born", "postcode", "given", "one-name"),
        lambda said: True,
    ),
)


def missing(question: Question) -> Need | None:
    """Return what to add before this may be searched, if anything. A family name alone would list a neighbourhood."""
    said = _said(question)
    if any(enough <= said for enough in _ENOUGH):
        return None
    return next(need for need in NEEDS if need.is_missing(said))


def _said(question: Question) -> frozenset[str]:
    birth, place = question.birth, place_asked(question)
    words = len(fold(question.full_name).split())
    # Who has one name only has said the whole of it: asking for the other would go in a circle.
    one_name = words == 1 and is_one_word(question)
    facts = {
        "number": bool(question.identifiers or question.reference or question.phone or question.email),
        "family": bool(fold(question.family)) or words > 1 or one_name,
        "given": bool(fold(question.given)) or words > 1 or one_name,
        "birthday": birth is not None and birth.whole is not None,
        "year": question.age is not None or (birth is not None and birth.year is not None),
        "place": place is not None and bool(place.postcode or place.uprn),
    }
    return frozenset(fact for fact, is_said in facts.items() if is_said)
