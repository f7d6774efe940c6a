"""People who were opened before, named once more for a list that leads back to them: who they are, and nothing else of them.

Each is looked at anew: who may not be known any more is not among them, nor is a closed identity, which no list may put beside
the one that followed it. Of somebody protected no more is said than a search says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from footprint.answer.found import FoundPerson
from footprint.answer.lives import life
from footprint.answer.people import People
from footprint.answer.searching import neutral
from footprint.answer.statements import called


def named_again(people: People, person_ids: Iterable[str]) -> Iterator[FoundPerson]:
    """Yield those of these people who may be known now, in the order given."""
    for person_id in person_ids:
        shown = people.find(person_id)
        if shown and shown.standing != "restricted":
            name, lived = called(shown.sources), life(shown.sources, people.content.day)
            yield FoundPerson(
                person_id=person_id,
                standing=shown.standing,
                weight=0.0,
                name=name if shown.standing == "open" else neutral(name),
                birth=lived.birth,
                age=lived.age,
                sex="",
                homes=(),
                partners=(),
                verdicts={},
                records=(),
                died=lived.died,
                is_child=lived.is_child,
                unborn=lived.unborn,
            )
