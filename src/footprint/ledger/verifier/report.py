"""What a check found, in plain sentences: the verdict, the faults, and what is merely worth knowing."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from .tree import EMPTY_ROOT

MOST_FAULTS = 50  # a history that is wrong from its first entry needs no million sentences


@dataclass
class Report:
    """The outcome of a check. `faults` speak of tampering or damage; `remarks` of what is so and breaks nothing.

    `entries` and `root` (32 bytes) say what was looked at.
    """

    entries: int = 0
    root: bytes = EMPTY_ROOT
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults

    def fault(self, sentence: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(sentence)

    def text(self) -> str:
        """Return the whole report, one sentence a line, the verdict first."""
        verdict = "Sound" if self.sound else "NOT SOUND"
        summary = f"{verdict}: {self.entries} entries, root {base64.b64encode(self.root).decode()}."
        return "\n".join([summary, *self.faults, *self.remarks])
