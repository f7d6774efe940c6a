"""An adult of two households, each with a child: both children's workers should know that there is another.

It says whom to ring and nothing of the other child, not even a name: whoever rings will be told what there is to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from footprint.answer import words
from footprint.answer.joined import Joined
from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.relatives import relatives
from footprint.answer.statements import called
from footprint.answer.values import Footprint, PartnerAnswer, Relative
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.records import DutyContact

#: Return a footprint as this reader may see it, or None.
Opened = Callable[[str], Footprint | None]

_CARE: Final = "childrens-social-care"
# Who is called so is grown, whatever is known of the birthday.
_GROWN: Final = frozenset(
    {
        "mother",
        "father",
        "parent",
        "step-parent",
        "foster-parent",
        "adoptive-parent",
        "guardian",
        "grandparent",
    }
)


class SharedAdult(Joined, frozen=True, kw_only=True):
    """An adult of this family who also belongs to children who are not of it; whom to `ring` about those, and no more of them."""

    person_id: str
    name: str
    birth: str
    ring: tuple[DutyContact, ...]


def shared_adults(
    people: People, found: Sequence[Footprint], opened: Opened, wrong: Wrong = NONE_WRONG
) -> tuple[SharedAdult, ...]:
    """Return the adults of this family who are also family or household of a child who belongs to nobody else of it.

    Told where children's social care shares something of that child; of the child itself nothing, and of one who is protected
    not even that. Whoever may only have lived at an old home belongs to nobody by that. `wrong` are the numbers that were
    reported so.
    """
    of: dict[str, list[Footprint]] = {
        person.person_id: [] for person in found if not (person.is_child or person.died)
    }
    for person in found:
        for relative in person.relatives:
            if _is_adult(relative):
                of.setdefault(relative.person_id, []).append(person)
    prompts = [_shared(people, person_id, members, found, opened, wrong) for person_id, members in of.items()]
    return tuple(prompt for prompt in prompts if prompt)


def _is_adult(relative: Relative) -> bool:
    grown = bool(relative.birth) or not _GROWN.isdisjoint(relative.kind.split(", "))
    is_alive = relative.standing == "open" and not relative.died
    return _belongs(relative) and grown and is_alive and not relative.is_child


def _belongs(relative: Relative) -> bool:
    """Whether somebody who is known is family, or of a home in which both live now as far as no partner says otherwise."""
    return bool(relative.person_id) and not relative.is_of_old_home


def _shared(
    people: People,
    person_id: str,
    of: Sequence[Footprint],
    found: Sequence[Footprint],
    opened: Opened,
    wrong: Wrong,
) -> SharedAdult | None:
    adult = people.find(person_id)
    if adult is None or not of:
        return None
    family = {person.person_id for person in found}
    for person in found:
        if person.person_id != person_id:
            family |= {relative.person_id for relative in person.relatives if _belongs(relative)}
        # A part that was taken out in a dispute may be this same child: it is no other child to be told of.
        family |= {other.person_id for other in person.possible if other.disputed}
    # Of an adult who is protected, no relatives are known.
    children = [one for one in relatives(people, adult) if _is_another_child(one, family)]
    files = [file for one in children if (file := opened(one.person_id)) and any(_in_care(file))]
    return _prompt(adult, of, files, people.content.day, wrong) if files else None


def _is_another_child(relative: Relative, family: set[str]) -> bool:
    is_another = _belongs(relative) and relative.person_id not in family
    return is_another and relative.is_child and not relative.died


def _in_care(file: Footprint) -> Iterator[PartnerAnswer]:
    """The parts of children's social care that share something of a child: of one who is protected there are none."""
    return (
        partner
        for partner in file.partners
        if partner.sector == _CARE and (partner.involvements or partner.existence)
    )


def _prompt(
    adult: Shown, of: Sequence[Footprint], files: Sequence[Footprint], day: str, wrong: Wrong
) -> SharedAdult:
    ring = dict.fromkeys(
        whose
        for file in files
        for whose in (
            [(worker.contact, worker.partner) for worker in file.workers]
            or [(partner.duty, partner.partner) for partner in _in_care(file)]
        )
    )
    name, birth = called(adult.sources), life(adult.sources, day).birth
    known_by = words.known_by(name, birth)
    children = "a child who is" if len(files) == 1 else f"{len(files)} children who are"
    whom = words.listed(words.contact(contact, partner, wrong) for contact, partner in ring)
    return SharedAdult(
        person_ids=(adult.id, *(one.person_id for one in of), *(file.person_id for file in files)),
        sentence=(
            f"{known_by}, belongs to the family or household of {words.listed(one.name for one in of)}, "
            f"and to that of {children} not of this family. Ring {whom}."
        ),
        person_id=adult.id,
        name=name,
        birth=birth,
        ring=tuple(dict.fromkeys(contact for contact, _ in ring)),
    )
