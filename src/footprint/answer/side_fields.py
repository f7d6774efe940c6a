"""What each side of two says of one field, and whether the two agree: the rows of a comparison, one reader a field.

A value is known again by its forms (a folded name, a residence to the flat, a checked number), never by how it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal

from footprint.answer import words
from footprint.answer.statements import HIDDEN_USES, Source, conflicting
from footprint.answer.values import Said, Statement, Value
from footprint.decisions import places
from footprint.records import Address, Record
from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.records.contacting import check_email, check_phone
from footprint.records.identifying import check
from footprint.records.text import fold

Agreement = Literal["agrees", "differs", "one side"]


class SideField(Value, frozen=True, kw_only=True):
    """One field on both sides, each value with who says so. `one side`: the other side says nothing, which is no difference."""

    field: str
    label: str
    agreement: Agreement
    one: tuple[Statement, ...]
    other: tuple[Statement, ...]


class _Said(Value, frozen=True, kw_only=True):
    """A value as people read it, and the forms by which it is known again."""

    text: str
    use: str = ""
    forms: frozenset[str] = frozenset()


_Reader = Callable[[Record], Iterator[_Said]]


def _names(record: Record) -> Iterator[_Said]:
    for name in record.names:
        if name.text and name.use not in HIDDEN_USES:
            yield _Said(
                text=name.text, use=name.use, forms=frozenset({" ".join(sorted(fold(name.text).split()))})
            )


def _births(record: Record) -> Iterator[_Said]:
    if text := words.birth(record.birth, record.expected):
        yield _Said(text=text, forms=frozenset({text}))


def _sexes(record: Record) -> Iterator[_Said]:
    if record.sex:
        yield _Said(
            text={"M": "male", "F": "female"}.get(record.sex, record.sex), forms=frozenset({record.sex})
        )


def _deaths(record: Record) -> Iterator[_Said]:
    if record.death:
        text = words.birth(record.death) or "day not said"
        yield _Said(text=text, forms=frozenset({text}))


def _homes(record: Record) -> Iterator[_Said]:
    for place in record.addresses:
        if place.text and place.use != "work":
            yield _Said(text=place.text, use=_when(place), forms=frozenset(places(place)))


def _when(place: Address) -> str:
    return f"until {words.day(place.end)}" if place.end else place.use


def _numbers(scheme: str) -> _Reader:
    def numbers(record: Record) -> Iterator[_Said]:
        own = [(record.key.id, True, False)] if record.key.scheme == scheme else []
        said = [(one.value, one.valid, one.superseded) for one in record.identifiers if one.scheme == scheme]
        for value, valid, superseded in (*own, *said):
            number = check(scheme, value)
            sound = valid and not number.reason
            use = "replaced" if superseded else "" if sound else "not valid"
            yield _Said(text=value, use=use, forms=frozenset({number.value} if sound else ()))

    return numbers


def _contacts(record: Record) -> Iterator[_Said]:
    for contact in record.contacts:
        read = (check_email if "@" in contact.value else check_phone)(contact.value)
        yield _Said(
            text=contact.value, use=contact.kind, forms=frozenset(() if read.reason else {read.value})
        )


def _settings(record: Record) -> Iterator[_Said]:
    for setting in record.settings:
        kind = {"gp": "GP"}.get(setting.kind, setting.kind)
        use = f"{kind}, until {words.day(setting.end)}" if setting.end else kind
        yield _Said(
            text=setting.name or setting.code, use=use, forms=frozenset({f"{setting.kind}:{setting.code}"})
        )


_FIELDS: Final[tuple[tuple[str, str, _Reader], ...]] = (
    ("name", "Name", _names),
    ("birth", "Birthday", _births),
    ("sex", "Sex", _sexes),
    ("death", "Died", _deaths),
    ("home", "Home", _homes),
    *((scheme, label, _numbers(scheme)) for scheme, label in IDENTIFIER_SCHEMES.items()),
    ("contact", "Phone or e-mail", _contacts),
    ("setting", "School or GP", _settings),
)


def fields(mine: Sequence[Source], theirs: Sequence[Source]) -> Iterator[SideField]:
    """Yield every field of which one of the two says something."""
    for field, label, read in _FIELDS:
        here, there = _said(mine, read), _said(theirs, read)
        if here or there:
            yield SideField(
                field=field,
                label=label,
                agreement=_agreement(field, mine, theirs, here, there),
                one=_statements(here),
                other=_statements(there),
            )


def known_forms(field: str, sources: Sequence[Source]) -> frozenset[str]:
    """Return everything by which the values of one field are known again, over all of a person's records."""
    readers = {name: read for name, _, read in _FIELDS}
    return frozenset(form for said, _ in _said(sources, readers[field]) for form in said.forms)


def _said(sources: Sequence[Source], read: _Reader) -> list[tuple[_Said, Said]]:
    return [(said, source.said) for source in sources for said in dict.fromkeys(read(source.record))]


def _agreement(
    field: str,
    mine: Sequence[Source],
    theirs: Sequence[Source],
    here: Sequence[tuple[_Said, Said]],
    there: Sequence[tuple[_Said, Said]],
) -> Agreement:
    if not (here and there):
        return "one side"
    if field == "birth":
        # Birthdays known in part agree as far as they are known.
        pairs = ((one.record.birth, other.record.birth) for one in mine for other in theirs)
        known = [(one, other) for one, other in pairs if one and other]
        if known:
            return "differs" if all(conflicting(pair) for pair in known) else "agrees"
    forms = [frozenset[str]().union(*(said.forms for said, _ in side)) for side in (here, there)]
    return "differs" if forms[0].isdisjoint(forms[1]) else "agrees"


def _statements(said: Sequence[tuple[_Said, Said]]) -> tuple[Statement, ...]:
    by_value: dict[tuple[str, str], list[Said]] = {}
    for value, who in said:
        by_value.setdefault((value.text, value.use), []).append(who)
    return tuple(
        Statement(value=value, use=use, said_by=tuple(dict.fromkeys(who)))
        for (value, use), who in by_value.items()
    )


def live_numbers(sources: Iterable[Source], scheme: str) -> set[str]:
    """Return the valid numbers of a scheme that nothing has replaced."""
    return {
        form
        for source in sources
        for said in _numbers(scheme)(source.record)
        if said.use != "replaced"
        for form in said.forms
    }
