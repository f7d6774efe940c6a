"""The policy: a sharing agreement compiled for the partners that deliver, and what it rules when somebody asks.

What no rule shares is not shared; what a rule withholds is withheld whatever others share; what cannot be decided is refused.
Knows no user and no person: only roles, partners, purposes, kinds and days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from footprint.records.codes import INVOLVEMENTS
from footprint.records.disclosure import LEVELS, NOTHING, Disclosure, Level
from footprint.records.mask import Mask
from footprint.sharing.agreement import ALL, Agreement, Reach, Rule
from footprint.sharing.roles import ROLES, Right, holds

#: The rule that stands where no other does.
DENY: Final = "deny-by-default"
LONGEST: Final = 200


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, why and when: a role at a partner (its id and sector), for a purpose, on a day."""

    role: str
    partner: str
    sector: str
    purpose: str
    day: dt.date


class Decision(NamedTuple):
    """What may be told of one kind of involvement with one partner, and the rule that says so."""

    level: Level
    rule: str


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may know who asks like this, or in a `sentence` why they may not ask.

    `rule` names the rules that decided and `version` the agreement to the letter: both belong in every ledger entry. With
    `reach` own-pupils only people on the roll of the asking partner exist.
    """

    allowed: bool
    rule: str
    version: str
    sentence: str = ""
    disclosure: Disclosure = NOTHING
    partners: frozenset[str] = frozenset()
    reach: Reach = "everyone"

    def mask(self, among: frozenset[str] | None = None) -> Mask:
        """Return the mask of this ruling. `among` are the own pupils' records; without them whoever needs them sees nobody."""
        if self.reach == "everyone":
            return Mask(partners=self.partners)
        return Mask(partners=self.partners, among=among or frozenset())


class _Refusal(NamedTuple):
    """Why somebody may not ask at all: an id for the ledger, and a sentence for them."""

    rule: str
    sentence: str


_NOT_IN_FORCE: Final = _Refusal(
    "not-in-force",
    "The sharing agreement is not in force today, so nothing may be asked. Tell your information-governance lead.",
)
_NO_PURPOSE: Final = _Refusal(
    "no-such-purpose", "The sharing agreement has no such purpose. Choose one that it has."
)
_MAY_NOT_ASK: Final = _Refusal("role-may-not-ask", "Your role does not look people up for this purpose.")
_NOT_A_PARTY: Final = _Refusal(
    "not-a-party", "Your organisation is no party to the sharing agreement, so nothing is shared with it."
)
_NOTHING_SHARED: Final = _Refusal(
    DENY,
    "The sharing agreement shares nothing with your role for this purpose. If that is wrong, tell your "
    "information-governance lead.",
)


class Policy:
    """A compiled agreement. It never changes, so threads may share one; `providers` maps partner ids to sectors."""

    def __init__(self, agreement: Agreement, providers: Mapping[str, str]) -> None:
        self.agreement = agreement
        self.version = agreement.stamp
        self.providers = dict(providers)
        self._rules: dict[tuple[str, str], list[Rule]] = {}
        for rule in agreement.rules:
            for role in rule.recipients.roles:
                for purpose in agreement.purposes if ALL in rule.reasons else rule.reasons:
                    self._rules.setdefault((role, purpose), []).append(rule)

    def decide(self, ask: Ask) -> Ruling:
        """Return what may be known by somebody who asks like this."""
        if refusal := self._refusal(ask):
            return self._refused(refusal)
        rules = self._rules_for(ask)
        cells = self._shared(ask, rules)
        partners = frozenset(
            partner
            for partner, kinds in cells.items()
            if any(one.level != "nothing" for one in kinds.values())
        )
        if not partners:
            return self._refused(_NOTHING_SHARED)
        said = {one.rule for partner in partners for one in cells[partner].values()}
        return Ruling(
            allowed=True,
            rule=_listed([rule.id for rule in rules if rule.id in said]),
            version=self.version,
            disclosure=Disclosure(
                levels={
                    partner: {kind: one.level for kind, one in cells[partner].items()} for partner in partners
                },
                months=self.agreement.windows,
            ),
            partners=partners,
            reach=_reach(ask, rules),
        )

    def level(self, ask: Ask, provider: str, kind: str) -> Decision:
        """Return what may be told of one kind of involvement with one partner."""
        refusal = self._refusal(ask)
        nothing = Decision("nothing", refusal.rule if refusal else DENY)
        return self.cells(ask).get(provider, {}).get(kind, nothing)

    def cells(self, ask: Ask) -> dict[str, dict[str, Decision]]:
        """Return every decision of a question, by provider and kind; of a question that may not be asked none."""
        return {} if self._refusal(ask) else self._shared(ask, self._rules_for(ask))

    def _refusal(self, ask: Ask) -> _Refusal | None:
        """Why somebody may not ask at all, or None."""
        if not self.agreement.valid.holds_on(ask.day):
            return _NOT_IN_FORCE
        purpose = self.agreement.purposes.get(ask.purpose)
        if purpose is None:
            return _NO_PURPOSE
        if not _may_ask_for(ask.role, Right(purpose.needs)):
            return _MAY_NOT_ASK
        return None if self.agreement.has_signed(ask.partner, ask.sector, ask.day) else _NOT_A_PARTY

    def _refused(self, refusal: _Refusal) -> Ruling:
        return Ruling(allowed=False, rule=refusal.rule, version=self.version, sentence=refusal.sentence)

    def _rules_for(self, ask: Ask) -> list[Rule]:
        """The rules about this role, partner and purpose that are in force, in the agreement's order."""
        return [
            rule
            for rule in self._rules.get((ask.role, ask.purpose), ())
            if rule.holds_on(ask.day) and rule.recipients.include(ask.role, ask.partner, ask.sector)
        ]

    def _shared(self, ask: Ask, rules: Sequence[Rule]) -> dict[str, dict[str, Decision]]:
        """What each provider that has signed shares, kind by kind. Providers of whom the same rules speak share one dict."""
        shared: dict[tuple[str, ...], dict[str, Decision]] = {}
        cells: dict[str, dict[str, Decision]] = {}
        for provider, sector in self.providers.items():
            if not self.agreement.has_signed(provider, sector, ask.day):
                continue
            about = [rule for rule in rules if rule.speaks_of(provider, sector, ask.partner)]
            names = tuple(rule.id for rule in about)
            if names not in shared:
                shared[names] = {kind: _weighed(about, kind) for kind in INVOLVEMENTS}
            cells[provider] = shared[names]
        return cells


def compile_policy(agreement: Agreement, providers: Mapping[str, str]) -> Policy:
    """Return the policy that an agreement makes for the partners that deliver: their ids, and the sector of each."""
    return Policy(agreement, providers)


def _may_ask_for(role: str, right: Right) -> bool:
    return holds(role, right) or (right == Right.ASK and holds(role, Right.ASK_OWN_PUPILS))


def _weighed(rules: Iterable[Rule], kind: str) -> Decision:
    """The most that any rule shares, and no more than every rule that withholds leaves."""
    most, least = Decision("nothing", DENY), Decision("content", DENY)
    for rule in rules:
        if ALL not in rule.kinds and kind not in rule.kinds:
            continue
        if rule.effect == "share":
            most = _more(most, Decision(rule.level, rule.id))
        else:
            left: Level = "nothing" if rule.level == "existence" else "existence"
            least = _less(least, Decision(left, rule.id))
    return _less(most, least)


def _more(one: Decision, other: Decision) -> Decision:
    return other if LEVELS.index(other.level) > LEVELS.index(one.level) else one


def _less(one: Decision, other: Decision) -> Decision:
    return other if LEVELS.index(other.level) < LEVELS.index(one.level) else one


def _reach(ask: Ask, rules: Iterable[Rule]) -> Reach:
    """The narrowest reach: of the role, and of every rule that shares."""
    everyone = Right.ASK in ROLES[ask.role].rights or Right.STEWARD in ROLES[ask.role].rights
    narrow = any(rule.effect == "share" and rule.reach == "own-pupils" for rule in rules)
    return "everyone" if everyone and not narrow else "own-pupils"


def _listed(names: Sequence[str]) -> str:
    """The names in one line that the ledger takes; where they are too many, how many more there are."""
    for count in range(len(names), 0, -1):
        rest = f" +{len(names) - count}" if count < len(names) else ""
        line = f"{' '.join(names[:count])}{rest}"
        if len(line) <= LONGEST:
            return line
    return f"{len(names)} rules"
