"""The published snapshot as this session may see it, and what a steward's words mean in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from footprint.cli.exits import CommandError, Exit
from footprint.cli.session import Session

if TYPE_CHECKING:
    from footprint.answer.opened import OpenedSnapshot
    from footprint.answer.people import People
    from footprint.decisions import Subject


def open_people(session: Session) -> tuple[People, OpenedSnapshot]:
    """Return the published snapshot, and its people under the overlay of every ruling made to this moment."""
    from footprint.answer.opened import OpenedSnapshot
    from footprint.answer.people import People
    from footprint.publishing.task import root
    from footprint.records.mask import Mask
    from footprint.snapshot import NothingPublished, open_current

    try:
        opened = open_current(root(session.data))
    except NothingPublished:
        raise CommandError(
            f"Nothing is published in {session.data} yet. Receive deliveries, then run `footprint publish`.",
            Exit.NOT_READY,
        ) from None
    content = OpenedSnapshot(opened)
    return People(content, Mask(), session.decisions.overlay()), content


def subjects_of(session: Session, text: str) -> list[Subject]:
    """Return what a steward means: a record by its key, a person by its id with the records it has now.

    Raises CommandError where there is no such person.
    """
    from footprint.decisions import Subject

    if "/" in text:
        return [Subject("record", text)]
    people, _ = open_people(session)
    shown = people.find(text)
    if shown is None:
        raise CommandError(
            f"There is no person '{text}' in the published snapshot. Search for it first.", Exit.NOTHING_FOUND
        )
    records = [Subject("record", key) for key in shown.keys]
    return [Subject("person", shown.id), *records] if "." not in shown.id else records


def own_numbers(session: Session, former: list[Subject], new: list[Subject]) -> set[str]:
    """Return the numbers ("scheme:VALUE") that records of the former identity carry and none of the new one."""
    from footprint.records.codes import STRONG_SCHEMES
    from footprint.records.comparing import comparable

    _, content = open_people(session)

    def numbers(side: list[Subject]) -> set[str]:
        known = [one.value for one in side if content.number_of_record(one.value) is not None]
        listed = (number for key in known for number in comparable(content.entry(key).record).identifiers)
        return {number for number in listed if number.partition(":")[0] in STRONG_SCHEMES}

    return numbers(former) - numbers(new)
