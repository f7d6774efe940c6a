"""Ids and references as partners give them out: each once, in an order that tells nothing about who belongs to whom."""

from __future__ import annotations

from typing import Final

PRIME: Final = 99_999_989
PNC_PRIME: Final = 9_999_973
PNC_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
DUTY_LINES: Final = 1000


class Ids:
    """A series of numbers below a prime, of eight figures unless said. `step` makes each series its own."""

    def __init__(self, step: int, prime: int = PRIME) -> None:
        self._step, self._prime = step, prime
        self._count = 0

    def next(self) -> int:
        self._count += 1
        return (self._count * self._step) % self._prime

    def text(self, prefix: str = "") -> str:
        return f"{prefix}{self.next():08}"


def pnc_id(year: int, serial: int) -> str:
    """Return a Police National Computer id, 2019/0123456X, with the check letter that fits."""
    return f"{year}/{serial:07}{PNC_LETTERS[int(f'{year % 100:02}{serial:07}') % 23]}"


def duty_line(index: int) -> str:
    """Return a duty number out of Ofcom's numbers for drama, which reach nobody."""
    return f"01632 960{index % DUTY_LINES:03}"
