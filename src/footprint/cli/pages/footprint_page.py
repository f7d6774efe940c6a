"""One person's footprint in a terminal: the worker to ring first, then partner by partner, then who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

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
)
from footprint.cli.pages.layout import CARE, LOUD, QUIET, birth, heading, paragraph, rows, section
from footprint.records import DutyContact
from footprint.records.codes import SECTORS

_FIELDS = {"name": "Name", "birth": "Born", "sex": "Sex", "death": "Died", "home": "Home"}
# A sector with more silent partners than this is told in one line.
_SILENT_ONE_BY_ONE = 3


def page(answer: Footprint) -> Iterator[RenderableType]:
    """Yield the parts of the page."""
    yield heading(
        ", ".join(filter(None, (answer.name, birth(answer.birth, answer.age)))), answer.person_id, LOUD
    )
    yield paragraph(
        f"As published for {words.day(answer.day)}. Shown: since {words.day(answer.shown_from)}, and everything open.",
        QUIET,
    )
    yield Text()
    if answer.standing != "open":
        yield section("Protected" if answer.standing == "protected" else "Closed", _brokered(answer))
        return
    if answer.workers:
        yield section("Open to a worker: ring here first", rows(_workers(answer)))
    shared = [partner for partner in answer.partners if partner.involvements]
    for partner in shared:
        yield section(partner.name, _partner(partner), partner.freshness)
    yield from _silent([partner for partner in answer.partners if not partner.involvements])
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


def _workers(answer: Footprint) -> Iterator[tuple[str | Text, str]]:
    for worker in answer.workers:
        since = f"{worker.label} since {words.day(worker.since)}, confirmed {words.day(worker.confirmed_on)}"
        yield Text(words.contact(worker.contact), style=LOUD), f"{since} ({worker.name})"


def _partner(partner: PartnerAnswer) -> RenderableType:
    contacts = {line.contact for line in partner.involvements if not line.contact.worker}
    ring = contacts.pop() if len(contacts) == 1 else partner.duty
    body = rows((_line(line, ring) for line in partner.involvements), widths=(30,))
    return Group(body, paragraph(f"Ring {words.contact(ring)}")) if words.contact(ring) else body


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
    return ", ".join(filter(None, (other.name, birth(other.birth, other.age)))) + mark


def who(said_by: tuple[Said, ...], day: str) -> str:
    """Return who says so, each partner once; with the last day of data that did, where that is not the snapshot's."""
    latest: dict[str, str] = {}
    for said in said_by:
        latest[said.name] = max(said.on, latest.get(said.name, ""))
    return ", ".join(name if on == day else f"{name} ({words.day(on)})" for name, on in latest.items())
