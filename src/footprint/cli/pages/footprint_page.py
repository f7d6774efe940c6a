"""One person's footprint in a terminal: the worker to ring first, then partner by partner, then who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from footprint.answer import words
from footprint.answer.involvements import when
from footprint.answer.values import (
    Footprint,
    InvolvementLine,
    PartnerAnswer,
    PossibleOther,
    Relative,
    Said,
    Stated,
    Worker,
)
from footprint.cli.pages.layout import CARE, LOUD, QUIET, birth, heading, paragraph, rows, section
from footprint.records import DutyContact
from footprint.records.codes import SECTORS

_FIELDS = {"name": "Name", "birth": "Born", "sex": "Sex", "death": "Died", "home": "Home"}
# A sector with more silent partners than this is told in one line.
_SILENT_ONE_BY_ONE = 3


def page(answer: Footprint) -> Iterator[RenderableType]:
    """Yield the parts of the page."""
    lived = birth(answer.birth, answer.age, answer.died)
    yield heading(", ".join(filter(None, (answer.name, lived))), answer.person_id, LOUD)
    yield paragraph(
        f"As published for {words.day(answer.day)}. Shown: since {words.day(answer.shown_from)}, and everything open.",
        QUIET,
    )
    if answer.death:
        yield paragraph(answer.death, CARE)
    yield Text()
    if answer.standing != "open":
        yield section("Protected" if answer.standing == "protected" else "Closed", _brokered(answer))
        return
    for title, some in _to_ring(answer):
        yield section(title, rows(_workers(some)))
    if doubts := list(_doubts(answer)):
        yield section("Look twice", Group(*(paragraph(doubt, CARE) for doubt in doubts)))
    silent = [one for one in answer.partners if not (one.involvements or one.existence)]
    for partner in answer.partners:
        if partner not in silent:
            yield section(partner.name, _partner(partner), partner.freshness)
    yield from _silent(silent)
    yield section("What partners say", rows(_stated(answer), widths=(5,)))
    if answer.relatives:
        yield section("Family and household", rows(_relatives(answer)))
    if answer.links:
        yield section("Why these records are one person", rows(_links(answer)))
    if answer.possible:
        yield section("May be the same person: compare before you rely on it", rows(_possible(answer)))


def _brokered(answer: Footprint) -> RenderableType:
    ring = words.contact(answer.ring)
    return Group(paragraph(answer.sentence), paragraph(f"Ring {ring}", LOUD) if ring else Text())


def _to_ring(answer: Footprint) -> Iterator[tuple[str, list[Worker]]]:
    """Whom to ring first, under what it is: a police investigation of an adult is no help that somebody has."""
    police = [one for one in answer.workers if one.investigates(is_child=answer.is_child)]
    if police:
        yield "Under police investigation: ring before anybody contacts them", police
    if others := [one for one in answer.workers if one not in police]:
        yield "Open to a worker: ring here first", others


def _workers(workers: Iterable[Worker]) -> Iterator[tuple[str | Text, str]]:
    for worker in workers:
        also = [one for one in worker.episodes if one != worker.label]
        what = f"{worker.label} since {words.day(worker.since)}{f'; {words.listed(also)}' if also else ''}"
        confirmed = f"last confirmed open on {words.day(worker.confirmed_on)}"
        whom = words.contact(worker.contact) or worker.name
        yield Text(whom, style=LOUD), f"{what}; {confirmed} ({worker.name})"


def _doubts(answer: Footprint) -> Iterator[str]:
    """What may make this another person, or two, or what partners do not agree about."""
    for baby in answer.perhaps_baby:
        yield f"{baby.sentence} ({baby.person_id})"
    for part in answer.apart:
        yield f"{words.DISPUTED} Another part: {words.known_by(part.name, part.birth)} ({part.person_id})."
    if answer.may_be_same:
        yield answer.may_be_same
    if answer.conflicts:
        yield f"Partners disagree: {words.listed(_FIELDS.get(one, one).lower() for one in answer.conflicts)}."


def _partner(partner: PartnerAnswer) -> RenderableType:
    contacts = {line.contact for line in partner.involvements if not line.contact.worker}
    ring = contacts.pop() if len(contacts) == 1 else partner.duty
    parts: list[RenderableType] = []
    if partner.involvements:
        parts.append(rows((_line(line, ring) for line in partner.involvements), widths=(30,)))
    if partner.existence:
        parts.append(paragraph(partner.says))
    if words.contact(ring):
        parts.append(paragraph(f"Ring {words.contact(ring)}"))
    return Group(*parts)


def _line(line: InvolvementLine, ring: DutyContact) -> tuple[str | Text, str]:
    reference = f" ({line.reference})" if line.reference else ""
    elsewhere = words.contact(line.contact) if line.contact != ring else ""
    remark = f"\nring {elsewhere}" if elsewhere else ""
    return Text(line.label, style=LOUD if line.open else ""), f"{when(line)}{reference}{remark}"


def _silent(partners: list[PartnerAnswer]) -> Iterator[RenderableType]:
    """Partners with nothing to share: each by itself, or where a sector has many, all of them in one line."""
    sectors: dict[str, list[PartnerAnswer]] = {}
    for partner in partners:
        sectors.setdefault(partner.sector, []).append(partner)
    for sector, silent in sectors.items():
        if len(silent) <= _SILENT_ONE_BY_ONE:
            for partner in silent:
                ring = words.contact(partner.duty)
                body = [paragraph(partner.says), *([paragraph(f"Ring {ring}")] if ring else [])]
                yield section(partner.name, Group(*body), partner.freshness)
        else:
            states = Counter(partner.state for partner in silent)
            told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            title = f"{SECTORS.get(sector, sector)}: {len(silent)} others"
            yield section(title, paragraph(silent[0].says), told)


def _stated(answer: Footprint) -> Iterator[tuple[str | Text, str | Text, str | Text]]:
    for field in answer.stated:
        for number, statement in enumerate(field.statements):
            use = f" ({statement.use})" if statement.use not in {"", "usual", "home"} else ""
            title = _FIELDS.get(field.field, field.field) if number == 0 else ""
            yield (
                Text(title, style=QUIET),
                f"{statement.value}{use}",
                Text(who(statement.said_by, answer.day), style=QUIET),
            )
        if field.conflict:
            yield "", Text(_disagreement(field), style=CARE), ""


def _disagreement(field: Stated) -> str:
    return f"Partners disagree: {len(field.statements)} different values."


def _relatives(answer: Footprint) -> Iterator[tuple[str | Text, str, str, str | Text]]:
    for relative in answer.relatives:
        name = _named(relative)
        yield relative.kind, name, relative.person_id, Text(who(relative.said_by, answer.day), style=QUIET)


def _links(answer: Footprint) -> Iterator[tuple[str, str | Text]]:
    for link in answer.links:
        why = "; ".join(link.why)
        yield f"{link.one}\n{link.other}", Text(f"{link.rule}, {link.weight:g} bits: {why}", style=QUIET)


def _possible(answer: Footprint) -> Iterator[tuple[str, str, str | Text]]:
    for other in answer.possible:
        doubt = "disputed; " if other.disputed else ""
        why = f"{doubt}{other.weight:g} bits: {'; '.join(other.why)}" if other.why else doubt
        yield _named(other), other.person_id, Text(why, style=QUIET)


def _named(other: Relative | PossibleOther) -> str:
    mark = {"protected": " (protected)", "restricted": " (closed)"}.get(other.standing, "")
    return ", ".join(filter(None, (other.name, birth(other.birth, other.age, other.died)))) + mark


def who(said_by: tuple[Said, ...], day: str) -> str:
    """Return who says so, each partner once; with the last day of data that did, where that is not the snapshot's."""
    latest: dict[str, str] = {}
    for said in said_by:
        latest[said.name] = max(said.on, latest.get(said.name, ""))
    return ", ".join(name if on == day else f"{name} ({words.day(on)})" for name, on in latest.items())
