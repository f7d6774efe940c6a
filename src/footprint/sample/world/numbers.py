"""Numbers by which people are known, invented so that they pass their checks and belong to nobody.

* NHS numbers come from 999 000 0000 to 999 999 9999, which the NHS keeps for tests; above 400,000 people from 8.., not issued.
* UPNs carry local authority 928 (Northamptonshire, abolished in 2021).
* Mobiles begin with 072, a range that has not been opened; landlines with 01632, a code that no place has.
* Duty lines, which a reader of a demo may be tempted to ring, lie in Ofcom's numbers for drama: 01632 960000 to 960999.
"""

from __future__ import annotations

from typing import Final

LOCAL_AUTHORITY: Final = "928"
UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"

# (people up to, first nine digits, a prime below half the size of the range, a multiplier that shuffles)
NHS_RANGES: Final = ((400_000, 999_000_000, 499_979, 314_159), (10**9, 800_000_000, 49_999_991, 31_415_927))
PHONE_PRIME: Final = 99_999_989
PHONE_STEP: Final = 61_803_399
LANDLINE_PRIME: Final = 899_981
LANDLINE_STEP: Final = 618_041


def nhs_check(nine: int) -> int:
    """Return the check digit of the first nine digits of an NHS number; 10 means that the number is never issued."""
    total = sum((10 - place) * int(digit) for place, digit in enumerate(f"{nine:09}"))
    return (11 - total % 11) % 11


def upn_check(twelve: str) -> str:
    """Return the check letter of the twelve characters after it (a temporary UPN's last one is a letter)."""
    values = UPN_LETTERS + "0123456789"
    total = sum(
        place * (int(sign) if sign.isdigit() else values.index(sign)) for place, sign in enumerate(twelve, 2)
    )
    return UPN_LETTERS[total % 23]


class Registry:
    """Gives out numbers, each once, in an order that tells nothing about neighbours or families."""

    def __init__(self, people: int) -> None:
        self._nhs_range = next(row for row in NHS_RANGES if people <= row[0])
        self._nhs = 0
        self._phones = 0
        self._landlines = 0
        self._serials: dict[tuple[str, int], int] = {}

    def nhs(self) -> str:
        _, base, prime, step = self._nhs_range
        while True:
            self._nhs += 1
            nine = base + 2 * ((self._nhs * step) % prime)
            if (check := nhs_check(nine)) < 10:
                return f"{nine}{check}"

    def nhs_pair(self) -> tuple[str, str]:
        """Return two numbers as alike as twins' numbers are: one apart but for the check digit."""
        while True:
            first = self.nhs()
            nine = int(first[:9]) + 1
            if (check := nhs_check(nine)) < 10:
                return first, f"{nine}{check}"

    def upn(self, laestab: str, year: int) -> str:
        """Return the next UPN of a school for pupils who came in a year."""
        key = (laestab, year)
        serial = self._serials[key] = self._serials.get(key, 0) + 1
        twelve = f"{laestab}{year % 100:02}{serial % 1000:03}"
        return upn_check(twelve) + twelve

    def mobile(self) -> str:
        self._phones += 1
        return f"072{(self._phones * PHONE_STEP) % PHONE_PRIME:08}"

    def landline(self) -> str:
        """Return a landline outside the numbers for drama, which are the duty lines'."""
        while True:
            self._landlines += 1
            number = 100_000 + (self._landlines * LANDLINE_STEP) % LANDLINE_PRIME
            if not 960_000 <= number < 970_000:
                return f"01632{number}"
