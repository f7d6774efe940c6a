"""The child's voice: the fixed concepts under which it is kept, and the prompts by which a force or a council asks for it.

A prompt (AWARE, ARTHUR, a local one) is a list of lines in its own words, and each line belongs to a concept. So whatever was
asked with reports alike. Concepts never change with a prompt; prompts are files, which a partnership may add to.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.reading import Choice, ChoiceError, Dated, load
from footprint.referrals.referral import Voice

SHIPPED: Final = Path(__file__).parent / "voice"


class Concept(NamedTuple):
    """One thing to know of a child's life: its label, and the fields of `Voice` that say it, or () where it is noted in words."""

    label: str
    fields: tuple[str, ...] = ()


CONCEPTS: Final = MappingProxyType(
    {
        "presence": Concept("Where the child was", ("present",)),
        "seen": Concept("Seen and spoken to", ("spoken_by", "alone")),
        "words": Concept("The child's own words"),
        "appearance": Concept("How the child looks"),
        "activity": Concept("What the child does"),
        "relationships": Concept("Who the child turns to"),
        "environment": Concept("Where the child lives and sleeps"),
        "wishes": Concept("What the child wants"),
        "concern": Concept("What is worrying for this child, and why"),
    }
)
#: The concepts that are noted in words: of these a child needs several, with their own words or why there are none.
WRITTEN: Final = tuple(concept for concept, of in CONCEPTS.items() if not of.fields)
#: So many concepts in words are taken to show a child and not only an event. Unverified: to be agreed with the force.
ENOUGH: Final = 3

#: What a briefing on the prompt is about, where others are about a criterion of the form.
BRIEFED_ON: Final = "prompt"
BRIEFED_ON_LABEL: Final = "The prompt for the child’s voice"

PRESENCE: Final = MappingProxyType(
    {
        "there": "There, and saw or was part of it",
        "heard": "In the home, and may have heard it",
        "asleep": "In the home, said to be asleep",
        "out": "Lives there, and was out",
        "elsewhere": "Lives elsewhere",
    }
)

#: Why there are no words of a child. The last is an honest answer and explains nothing.
NOT_ASKED: Final = "not-asked"
ABSENCES: Final = MappingProxyType(
    {
        "baby": "A baby, or too young to say",
        "not-there": "The child was not there",
        "asleep": "Asleep, and it was right to let the child sleep",
        "would-not": "The child did not want to talk",
        "not-alone": "There was no safe moment without an adult listening",
        "distress": "The child was too upset",
        "language": "No interpreter could be had yet",
        "communication": "The child communicates in another way, and nobody there knew it",
        NOT_ASKED: "Nobody asked",
    }
)


class Line(Choice, frozen=True, kw_only=True):
    """One line of a prompt: its letter, what to do, what to look for, and the same of a baby or a child without speech.

    `concept` is one of CONCEPTS; a line without one is a reminder, under which nothing is noted.
    """

    letter: str
    label: str
    ask: str
    baby: str = ""
    concept: str = ""

    def __post_init__(self) -> None:
        if self.concept and self.concept not in CONCEPTS:
            raise ValueError(f"'{self.concept}' is no concept. Write one of: {', '.join(CONCEPTS)}.")


class Prompt(Dated, frozen=True, kw_only=True):
    """A prompt for the child's voice. `name` is what `Voice.prompt` says."""

    name: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if "words" not in (asked := [line.concept for line in self.lines if line.concept]):
            raise ValueError(
                "no line of this prompt asks for the child's own words. Add one with 'concept: words'."
            )
        if twice := [concept for concept in CONCEPTS if asked.count(concept) > 1]:
            raise ValueError(f"two lines ask for '{twice[0]}'. Give each line a concept of its own.")


def load_prompts(data: Path | None = None) -> dict[str, Prompt]:
    """Return every prompt by name: those that come with Footprint, then DATA/prompts/*.yaml, which win.

    Raises ChoiceError, naming file and line, on the first that cannot be read.
    """
    found: dict[str, Prompt] = {}
    for folder in [SHIPPED, data / "prompts"] if data else [SHIPPED]:
        names: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yaml")):
            prompt = load(path, Prompt)
            if prompt.name in names:
                raise ChoiceError(
                    f"{path}: {names[prompt.name]} has the name '{prompt.name}', too. Rename one."
                )
            names[prompt.name] = path
            found[prompt.name] = prompt
    return found


def covered(voice: Voice) -> frozenset[str]:
    """Return the concepts about which this voice says something, whichever prompt asked."""
    noted = {words.concept for words in voice.noted if words.text.strip()}
    said = {concept for concept, of in CONCEPTS.items() if any(voice.gives(field) for field in of.fields)}
    return frozenset((noted & set(WRITTEN)) | said)


def has_words(voice: Voice) -> bool:
    """Say whether the child's own words, or what stands for them, were noted."""
    return "words" in covered(voice)


def absence_explained(voice: Voice) -> bool:
    """Say whether it is explained why there are no words: by a reason of the list, or in the writer's own."""
    return bool(voice.absence_said.strip()) or (voice.absence in ABSENCES and voice.absence != NOT_ASKED)
