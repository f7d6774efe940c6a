"""What a search found, in a terminal: the people, field by field why, and how fresh each partner is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from footprint.answer import words
from footprint.answer.found import (
    AddressAnswer,
    FieldVerdict,
    FoundPerson,
    Household,
    Resident,
    SearchAnswer,
)
from footprint.answer.values import PartnerState
from footprint.cli.pages.footprint_page import who
from footprint.cli.pages.layout import LOUD, QUIET, birth, heading, paragraph, rows, section
from footprint.records.codes import SECTORS

_STYLES = {"agrees": "green", "close": "yellow", "differs": "red"}
# A sector with more partners than this is told in one line.
_ONE_BY_ONE = 3


def page_of(answer: SearchAnswer | AddressAnswer, *, fresh: bool = True) -> Iterator[RenderableType]:
    """Yield the parts of the page of either answer; with `fresh`, how fresh each partner is at its end."""
    yield from address_page(answer) if isinstance(answer, AddressAnswer) else page(answer)
    if fresh:
        yield from partners(answer.partners)


def page(answer: SearchAnswer) -> Iterator[RenderableType]:
    """Yield the parts of the page about people."""
    yield heading(answer.outcome.upper(), f"as published for {words.day(answer.day)}", LOUD)
    yield paragraph(answer.sentence)
    for group in answer.apart:
        parts = (f"{words.known_by(one.name, one.birth)} ({one.person_id})" for one in group.parts)
        yield paragraph(f"{words.DISPUTED} The parts: {'; '.join(parts)}.")
    yield Text()
    for number, person in enumerate(answer.people, start=1):
        yield from _person(number, person)


def address_page(answer: AddressAnswer) -> Iterator[RenderableType]:
    """Yield the parts of the page about an address."""
    yield heading(answer.outcome.upper(), f"as published for {words.day(answer.day)}", LOUD)
    yield paragraph(answer.sentence)
    yield Text()
    for residence in answer.residences:
        doubt = "" if residence.certain else "not certain: a flat or the postcode is missing or differs"
        listed = [
            *_residents("now", residence.now, answer.day),
            *_residents("before", residence.before, answer.day),
        ]
        yield section(residence.address, rows(listed, widths=(9,)), doubt)


def _person(number: int, person: FoundPerson) -> Iterator[RenderableType]:
    facts = ", ".join(part for part in (birth(person.birth, person.age, person.died), person.sex) if part)
    yield heading(f"{number}. {person.name}{f', {facts}' if facts else ''}", person.person_id, LOUD)
    said: list[tuple[str | Text, str | Text]] = [
        (Text(field, style=QUIET), Text(_verdict(verdict), style=_STYLES.get(verdict.agreement, QUIET)))
        for field, verdict in person.verdicts.items()
    ]
    said += [(Text("home", style=QUIET), home) for home in person.homes]
    said += [(Text("old home?", style=QUIET), f"{one.address}. {one.says}") for one in person.old_homes]
    known = {"open": ", ".join(person.partners), "protected": words.PROTECTED, "restricted": words.RESTRICTED}
    said.append((Text("known to", style=QUIET), known[person.standing]))
    said.append((Text("weight", style=QUIET), f"{person.weight:.1f} bits"))
    yield rows(said, widths=(10,))
    yield Text()


def _verdict(verdict: FieldVerdict) -> str:
    return verdict.words if verdict.agreement == "unknown" else f"{verdict.agreement}: {verdict.words}"


def _residents(when: str, households: Sequence[Household], day: str) -> Iterator[Sequence[str | Text]]:
    """The rows of all households then or now, each household's first row titled."""
    for number, household in enumerate(households, start=1):
        for place, resident in enumerate(household.residents):
            yield _resident(f"{when} {number}" if place == 0 else "", resident, day)


def _resident(title: str, resident: Resident, day: str) -> Sequence[str | Text]:
    name = ", ".join(filter(None, (resident.name, birth(resident.birth, resident.age, resident.died))))
    if resident.same_name:
        name = f"{name}\n{resident.same_name}"
    if resident.old_home:
        name = f"{name}\nMay be an old home. {resident.old_home}"
    span = [f"from {words.day(resident.start)}"] if resident.start else []
    span += [f"to {words.day(resident.end)}"] if resident.end else []
    said_by = who(resident.said_by, day)
    return (
        Text(title, style=QUIET),
        name,
        resident.person_id,
        " ".join(span),
        Text(said_by, style=QUIET),
    )


def partners(states: Sequence[PartnerState]) -> Iterator[RenderableType]:
    """Yield how fresh the partners are; a sector of many in one line."""
    sectors: dict[str, list[PartnerState]] = {}
    for state in states:
        sectors.setdefault(state.sector, []).append(state)
    told: list[tuple[str, str]] = []
    for sector, listed in sectors.items():
        if len(listed) <= _ONE_BY_ONE:
            told += [(state.name, state.says) for state in listed]
        else:
            counts = Counter(state.state for state in listed)
            states_told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
            told.append((f"{SECTORS.get(sector, sector)} ({len(listed)})", states_told))
    yield section("How fresh this is", rows(told, widths=(24,)))
