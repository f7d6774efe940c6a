"""What a section of the page is: what it is called, how it is measured, and how its figures are told."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.machine import ROOT
from bench.runs import Run

FOOTPRINT: Final = (str(Path(sys.executable).with_name("footprint")),)
"""The command as it is installed: what is measured is what a user runs."""

SHARED: Final = ROOT.parent / "shared" / "data"
"""Labelled data that are no part of the project; a section that needs what is not there says so and goes on."""


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """What a measurement is given: where it may write, from which seed it draws, and how often it kills."""

    folder: Path
    seed: int = 1
    kills: int = 200

    def place(self, residents: int) -> Path:
        """Return the folder of the borough of a size: `borough/` is its partners' files, `data/` what is made of them."""
        return self.folder / str(residents)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One section. `measure` is given None for a section that needs no borough; `tell` gets its runs, smallest first."""

    name: str
    title: str
    by_size: bool
    about: str
    measure: Callable[[Bench, int | None], Any]
    tell: Callable[[Sequence[Run]], str]

    @property
    def command(self) -> str:
        """The command that measures this section again."""
        return f"python -m bench --only {self.name}" + (" --sizes 30000,285000" if self.by_size else "")
