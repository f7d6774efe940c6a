"""One partner's habits: its column of `rates.py` ready to be asked, and the tape of chance that each record is played from."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Final

from footprint.sample import rates

TAPE: Final = 48
"""Numbers that a record needs: one for each question below, the rest for how a slip falls out."""

(
    AT_GIVEN, AT_FAMILY, AT_ORDER, AT_MIDDLE, AT_BIRTH, AT_SEX, AT_OLD, AT_HOME, AT_POSTCODE, AT_UPRN, AT_NHS, AT_NHS_SLIP,
    AT_UPN, AT_UPN_SLIP, AT_MOBILE, AT_PARENT, AT_LANDLINE, AT_EMAIL, AT_OLD_PHONE, AT_LAG, AT_FORMER, AT_CORRECTED, AT_DAY,
) = range(23)  # fmt: skip
SPARE: Final = 23


class Habits:
    """One partner's column of the table, ready to be asked."""

    def __init__(self, partner: str) -> None:
        column = rates.PARTNERS.index(partner)
        self.partner = partner

        def bounds(table: dict[str, rates.Row]) -> tuple[tuple[str, ...], list[float]]:
            sums, total = [], 0.0
            for row in table.values():
                total += row[column]
                sums.append(total)
            return tuple(table), sums

        self.nhs_slips, self.upn_slips = bounds(rates.NHS_SLIPS), bounds(rates.UPN_SLIPS)
        self.given, self.family = bounds(rates.GIVEN), bounds(rates.FAMILY)
        self.birth, self.sex = bounds(rates.BIRTH), bounds(rates.SEX)
        self.postcode = bounds(rates.POSTCODE)
        self.home = bounds({kind: row for kind, row in rates.HOME.items() if kind != "old"})
        self.old_home = rates.HOME["old"][column]
        self.swapped = rates.ORDER["swapped"][column]
        self.swapped_foreign = rates.ORDER["swapped-foreign"][column]
        self.middle_missing = rates.MIDDLE["missing"][column]
        self.uprn = rates.UPRN["present"][column]
        self.nhs_child, self.nhs_adult, self.upn = (
            rates.NHS_CHILD[column],
            rates.NHS_ADULT[column],
            rates.UPN[column],
        )
        self.mobile, self.parents_mobile = rates.MOBILE[column], rates.PARENTS_MOBILE[column]
        self.landline, self.email, self.old_phone = (
            rates.LANDLINE[column],
            rates.EMAIL[column],
            rates.OLD_PHONE[column],
        )
        self.twice = rates.TWICE[column]


def kind_at(table: tuple[tuple[str, ...], list[float]], number: float) -> str:
    """Return the slip that a number falls on, or nothing."""
    place = bisect_right(table[1], number)
    return table[0][place] if place < len(table[0]) else ""


def learnt_after(tape: list[float]) -> dt.timedelta:
    """Return how long this partner takes to learn of a move or a new name, if it learns of it."""
    low, high = rates.LEARNT_OF_MOVE_DAYS
    return dt.timedelta(days=low + int(tape[AT_LAG] * (high - low)))
