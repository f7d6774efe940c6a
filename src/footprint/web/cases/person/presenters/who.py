"""Who this is: the name to call them by, their birthday and age, and what to know before anything else."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, Standing

#: How a mark looks. What it says, it says in words.
Tone = Literal["plain", "care", "loud"]

_STANDING: Final[dict[Standing, str]] = {
    "open": "",
    "protected": "Protected",
    "restricted": "Closed",
    "declared": "",
}


class Mark(NamedTuple):
    """A word or two beside a name: "Child", "Protected"."""

    text: str
    tone: Tone = "plain"


class Who(NamedTuple):
    """A person at the top of a page: `born` is a phrase, `death` a sentence or empty."""

    name: str
    born: str
    marks: tuple[Mark, ...]
    death: str


def who(answer: Footprint) -> Who:
    """Return who a footprint is of."""
    return Who(
        name=answer.name,
        born=born(answer.birth, answer.age) or "Birthday not known",
        # That somebody died has a sentence of its own, which of a child lost before birth is another.
        marks=marks(answer.standing, is_child=answer.is_child, unborn=answer.unborn),
        death=answer.death,
    )


def note(standing: Standing) -> str:
    """Return what is said in place of somebody of whom not even a name may be said; empty for everybody else."""
    return words.DECLARED if standing == "declared" else ""


def born(birth: str, age: str) -> str:
    """Return a birthday with the age: "Born 9 July 2017, aged 9", "Expected 20 December 2026"; empty where it is not known."""
    if birth.startswith("expected"):
        return f"E{birth[1:]}"
    said = [f"Born {birth}"] if birth else []
    if age:
        said.append(f"aged {age}" if age[-1].isdigit() else f"{age} old")
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}"


def marks(standing: Standing, *, is_child: bool, unborn: bool, died: str = "") -> tuple[Mark, ...]:
    """Return the marks of anybody whom an answer names, the most important first."""
    found = [Mark(_STANDING[standing], "loud")] if _STANDING[standing] else []
    if died:
        found.append(Mark("Died" if died == "day not said" else f"Died {died}", "care"))
    if unborn:
        found.append(Mark("Unborn child"))
    elif is_child:
        found.append(Mark("Child"))
    return tuple(found)
