"""Whether two given names may be one person's: the question on which twins are told apart.

Answered twice, side by side, because it is asked twice: of millions of pairs in SQL (over columns NAME_l and NAME_r), and
of the records across a merge in Python. A test holds the two together. Knows names only, no homes, birthdays or numbers.
"""

from __future__ import annotations

from typing import Final

import msgspec
from rapidfuzz.distance import Levenshtein

from footprint.comparison import BY_NAME, sql
from footprint.comparison.predicates import Crossed, Initial, OneSlip
from footprint.comparison.reference import SLIP_LENGTH

#: The columns that the conditions below read, on both sides. `own_kin` and `seconds` come from `facts`.
COLUMNS: Final = (
    "given",
    "given_letters",
    "middle",
    "seconds",
    "given_all",
    "given_kin",
    "own_kin",
    "family_all",
    "sex",
)

# Sex never votes for. Where it differs, Ali is not Alice, and Daniel not Daniela misspelt.
_ONE_SEX: Final = "(sex_l = '' OR sex_r = '' OR sex_l = sex_r)"
# The name by which one of the two goes (not a part of it, nor Muhammad before Ibrahim) is one of the other's, or its kin.
ALIKE: Final = (
    "(given_l <> '' AND given_r <> '' AND (given_l = given_r"
    " OR list_contains(given_all_r, given_l) OR list_contains(given_all_l, given_r)"
    f" OR {_ONE_SEX} AND (list_has_any(own_kin_l, given_kin_r) OR list_has_any(own_kin_r, given_kin_l))))"
)
# The name by which both go is the same, or of one family of spellings and nicknames.
SAME_NAME: Final = (
    f"(given_l <> '' AND (given_l = given_r OR {_ONE_SEX} AND list_has_any(own_kin_l, own_kin_r)))"
)
# Two spellings of one name, a letter or two apart: one child misspelt, or twins whom their parents named Ibrahim and
# Ebrahim, each known to one partner. A home and a birthday cannot tell which; nicknames (William, Billy) lie further apart.
TWIN_SPELLINGS: Final = (
    "(given_l <> '' AND given_r <> '' AND given_l <> given_r AND levenshtein(given_l, given_r) <= 2)"
)
# One letter off is a misspelling, unless both are names in their own right: Amina is not Amira.
SLIP: Final = (
    f"({sql.condition(OneSlip('given', 'given_letters'))} AND (len(own_kin_l) = 0 OR len(own_kin_r) = 0)"
    f" AND {_ONE_SEX} AND NOT {ALIKE})"
)
# Neither the same name, nor the same perhaps: an initial, a middle name gone by, names in each other's fields.
UNLIKE: Final = (
    f"(given_l <> '' AND given_r <> '' AND NOT {ALIKE} AND NOT {SLIP}"
    " AND NOT list_contains(seconds_l, given_r) AND NOT list_contains(seconds_r, given_l)"
    f" AND NOT {sql.condition(Initial('given'))} AND NOT {sql.condition(Crossed('given', 'family_all'))})"
)
_MIDDLE: Final = BY_NAME["middle"]
# Noor Fatima and Noor Aisha: the first name is shared, and no second name is.
SECOND_DIFFERS: Final = (
    "(len(seconds_l) > 0 AND len(seconds_r) > 0 AND NOT list_has_any(seconds_l, seconds_r)"
    f" AND {sql.level(_MIDDLE)} = {_MIDDLE.else_level})"
)


class GivenName(msgspec.Struct, frozen=True):
    """A given name as a merge asks about it; the fields are the columns of a comparable record, lists as tuples."""

    given: str
    seconds: tuple[str, ...]
    given_all: tuple[str, ...]
    given_kin: tuple[str, ...]
    own_kin: tuple[str, ...]
    family_all: tuple[str, ...]
    sex: str


def _one_sex(a: GivenName, b: GivenName) -> bool:
    return not (a.sex and b.sex) or a.sex == b.sex


def alike(a: GivenName, b: GivenName) -> bool:
    """Say whether the name by which one goes is one of the other's, or of its family of spellings and nicknames."""
    if not (a.given and b.given):
        return False
    if a.given == b.given or a.given in b.given_all or b.given in a.given_all:
        return True
    kin = not (set(a.own_kin).isdisjoint(b.given_kin) and set(b.own_kin).isdisjoint(a.given_kin))
    return kin and _one_sex(a, b)


def slip(a: GivenName, b: GivenName) -> bool:
    """Say whether one is the other misspelt by a letter, and not a name in its own right."""
    if min(len(a.given), len(b.given)) < SLIP_LENGTH or (a.own_kin and b.own_kin):
        return False
    if not _one_sex(a, b) or alike(a, b):
        return False
    edits = Levenshtein.distance(a.given, b.given, score_cutoff=2)
    return edits <= 1 or (edits == 2 and sorted(a.given) == sorted(b.given))


def unlike(a: GivenName, b: GivenName) -> bool:
    """Say whether both are known and cannot be one person's name, as far as names can tell."""
    return bool(a.given and b.given) and not (
        alike(a, b)
        or slip(a, b)
        or b.given in a.seconds
        or a.given in b.seconds
        or (min(len(a.given), len(b.given)) == 1 and a.given[0] == b.given[0])
        or a.given in b.family_all
        or b.given in a.family_all
    )
