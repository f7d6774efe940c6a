"""The sharing agreement of a partnership as a value: dated, versioned, signed by its parties, and made of rules.

Knows what an agreement says, not how it is written down (`reading`), and not what follows from it (`policy`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final, Literal

import msgspec

from footprint.records.window import KEPT_MONTHS

Effect = Literal["share", "withhold"]
Reach = Literal["everyone", "own-pupils"]
#: What a rule shares or withholds. To withhold existence withholds all; to withhold content leaves existence.
Shared = Literal["existence", "content"]

ALL: Final = "all"
OWN: Final = "own"
LONGEST_WINDOW: Final = KEPT_MONTHS


#: Words of Python that an agreement needs for its own: how they stand in the file.
_IN_THE_FILE: Final = {"first": "from", "last": "until", "recipients": "with", "reasons": "for"}


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=_IN_THE_FILE.get):
    """A part of an agreement. What it does not know in the file is an error, for it would be silently ignored."""


class Term(Value, frozen=True, kw_only=True):
    """From which day on and until which day, both included, something holds; without a last day until it is changed."""

    first: dt.date
    last: dt.date = dt.date.max

    def holds_on(self, day: dt.date) -> bool:
        """Say whether `day` lies within."""
        return self.first <= day <= self.last


class Party(Value, frozen=True, kw_only=True):
    """Who signed: one partner, or where none is named every partner of the sector; and until when, where it has left."""

    name: str
    sector: str
    signed_by: str
    signed_on: dt.date
    partner: str = ""
    last: dt.date = dt.date.max

    def covers(self, partner: str, sector: str, day: dt.date) -> bool:
        """Say whether this is the signature of `partner`, of that sector, on that day."""
        mine = sector == self.sector and self.partner in ("", partner)
        return mine and self.signed_on <= day <= self.last


class Purpose(Value, frozen=True, kw_only=True):
    """Why somebody may ask: in words, its basis in a word, its basis in law, and the right that asking for it needs."""

    label: str
    short: str
    basis: str
    needs: Literal["ask", "steward"] = "ask"


class Recipients(Value, frozen=True, kw_only=True):
    """To whom a rule applies: people of these roles; where partners or sectors are named, only those of one of them."""

    roles: tuple[str, ...]
    partners: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()

    def include(self, role: str, partner: str, sector: str) -> bool:
        """Say whether the rule applies to somebody of this role at this partner."""
        placed = not (self.partners or self.sectors) or partner in self.partners or sector in self.sectors
        return role in self.roles and placed


class Rule(Value, frozen=True, kw_only=True):
    """One rule: that providers share with recipients, or withhold from them, kinds of involvement, for purposes.

    `of` names providers by partner id or sector, "own" being the recipient's own partner; `reasons` are purpose codes, `kinds`
    codes of involvements. In each of the three "all" stands for all.
    """

    id: str
    effect: Effect
    of: tuple[str, ...]
    recipients: Recipients
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    level: Shared
    basis: str
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    reach: Reach = "everyone"

    def speaks_of(self, provider: str, sector: str, recipient: str) -> bool:
        """Say whether the rule is about what `provider`, of that sector, shares with the partner `recipient`."""
        named = ALL in self.of or provider in self.of or sector in self.of
        return named or (OWN in self.of and provider == recipient)

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the rule is in force on `day`."""
        return self.first <= day <= self.last


class Limits(Value, frozen=True, kw_only=True):
    """What stops trawling and never a front door at work: people looked up in an hour and a day; a family counts once.

    Above a soft limit the next look-up asks why; above the hard one it is refused. `results` is how many a search lists.
    """

    soft_per_hour: int = 40
    soft_per_day: int = 120
    hard_per_day: int = 200
    results: int = 20


class Agreement(Value, frozen=True, kw_only=True):
    """What the partners of one partnership agreed. `windows` gives kinds that are shown for other than twelve months.

    Whoever breaks the glass in an emergency sees of one person, for a quarter of an hour, what the role `emergency` would.
    """

    id: str
    partnership: str
    title: str
    version: str
    valid: Term
    review: dt.date
    parties: tuple[Party, ...]
    purposes: dict[str, Purpose]
    rules: tuple[Rule, ...]
    windows: dict[str, int] = {}
    limits: Limits = Limits()
    emergency: str = "social-work-decision-maker"

    @property
    def stamp(self) -> str:
        """Which agreement this is to the letter: id, version, and the beginning of a hash of all that it says."""
        content = msgspec.json.encode(self, order="deterministic")
        return f"{self.id}/{self.version}/{hashlib.sha256(content).hexdigest()[:12]}"

    def has_signed(self, partner: str, sector: str, day: dt.date) -> bool:
        """Say whether a partner is a party on that day."""
        return any(party.covers(partner, sector, day) for party in self.parties)
