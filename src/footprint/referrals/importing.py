"""Another system's referrals as ours, by a contract a source. What could not be read of one is kept in it as it was said.

Refused is only what cannot be told apart: a file that was cut short, a row that runs into the next. Whoever takes a file tells
somebody of that at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.fields import FIELDS
from footprint.referrals.import_contract import (
    DANGER,
    NOTED,
    NUMBERED,
    ROW,
    Column,
    ImportContract,
    People,
    column,
)
from footprint.referrals.import_trees import (
    NUMBERS,
    Fault,
    Rows,
    UnreadableError,
    at,
    csv_rows,
    json_trees,
    leaves,
    steps,
    texts_at,
    xml_trees,
)
from footprint.referrals.import_values import NotKnown, UnreadValue, read_value
from footprint.referrals.parts import Place, next_key, put
from footprint.referrals.referral import Adult, Child, Referral, Said, SourceForm, Unread, Words, encode
from footprint.referrals.submissions import import_key, message_key

_ROUTE: Final = "imported"
#: Between several texts that stand at one place.
_BETWEEN: Final = "; "
#: What other systems, and we, write for a letter that they could not read.
_LOST: Final = "\ufffd"
_OWN_TEXT: Final = "its own text"
_NO_DANGER: Final = (
    "No referral of the file has what the contract reads of danger: {}. Nothing was taken, since danger under another name is "
    "missed. Send the file again with it in each referral, empty where nothing is said, or put into the contract what its source "
    "calls it now."
)
_NONE_FOUND: Final = "No referral was found where the contract says. Send the file again, or name the contract that describes it."
#: Letters in one referral. The longest that anybody writes has a tenth of it.
LONGEST: Final = 200_000
_TOO_LONG: Final = "this is longer than any referral. Send it to the front door as a document."

Path = tuple[str, ...]


class Imported(NamedTuple):
    """One referral, the key by which it is known when it comes again, and the first line where it stood.

    Of JSON and XML the line is which referral of the file it is. `referral.imported` holds what was not read.
    """

    line: int
    key: str
    referral: Referral


class ImportRead(NamedTuple):
    """A whole file: its referrals in its order, and what cannot be told apart."""

    referrals: tuple[Imported, ...]
    faults: tuple[Fault, ...]


class _Group(NamedTuple):
    """What one referral is read from: where it begins, and its trees."""

    line: int
    trees: list[Any]


def import_file(content: bytes, contract: ImportContract) -> ImportRead:
    """Return the referrals of a file. Raises UnreadableError where nothing in it can be told apart.

    What stands in the file outside any referral is kept with the first.
    """
    rows = _READERS[contract.format](content, contract)
    groups = _grouped(rows, contract)
    if not groups and not rows.faults:
        raise UnreadableError(_NONE_FOUND)
    _check_danger(rows, contract)
    found = [_imported(group, contract) for group in groups]
    if found:
        outside = tuple(_outside(rows.trees, contract))
        found[0] = found[0]._replace(referral=_with_unread(found[0].referral, outside))
    too_long = [one for one in found if len(encode(one.referral)) > LONGEST]
    faults = (*rows.faults, *(Fault(one.line, _TOO_LONG) for one in too_long))
    return ImportRead(tuple(one for one in found if one not in too_long), tuple(sorted(faults)))


_READERS: Final[Mapping[str, Callable[[bytes, ImportContract], Rows]]] = MappingProxyType(
    {
        "csv": lambda content, contract: csv_rows(content, contract.sign, contract.columns),
        "json": lambda content, _contract: json_trees(content),
        "xml": lambda content, _contract: xml_trees(content),
    }
)


class _Reading:
    """One referral being read: takes texts from trees, and remembers which it took and which it could not read."""

    def __init__(self, contract: ImportContract) -> None:
        self.referral = _begun(contract)
        self.unread: list[Unread] = []
        self.danger_unread = False
        self.path = contract.path
        self.danger = [contract.path(name) for name in contract.danger]
        self.taken: set[Path] = {contract.path(contract.reference), *_not_taken(contract)}

    def fill(
        self, tree: Any, place: Place, fields: Mapping[str, str | Column], above: Path = (), number: str = ""
    ) -> None:
        """Put what a tree says into the parts at `place`; a child's voice has the child's key."""
        for key, said in fields.items():
            where = column(said)
            paths = [self.path(name.replace("{n}", number)) for name in where.columns]
            self.taken |= {(*above, *path) for path in paths}
            texts = [text for path in paths if (text := _BETWEEN.join(texts_at(tree, path)))]
            if texts:
                stood = ", ".join(where.columns).replace("{n}", number)
                self._answer(key, " ".join(texts), where, place, stood)

    def begin(self, part: str, tree: Any, people: People, above: Path, number: str) -> None:
        """Read one child or adult. One of whom nothing is said is none, and neither is an adult who was named before."""
        before, unread = self.referral, len(self.unread)
        key = next_key(before, part)
        begun = self.referral = _with(before, part, key)
        self.fill(tree, Place(part, key), people.fields, above, number)
        is_empty = self.referral == begun and len(self.unread) == unread
        if is_empty or (part == "adult" and _is_repeated(self.referral.adults)):
            self.referral = before

    def keep(self, trees: Iterable[Any]) -> None:
        """Keep every text that nothing took, and say which of those that were taken had lost a letter before they came."""
        left = [
            (path, text)
            for path, text in dict.fromkeys(leaf for tree in trees for leaf in leaves(tree))
            if path not in self.taken or _LOST in text
        ]
        self.unread += [Unread(where="/".join(path) or _OWN_TEXT, text=text) for path, text in left]
        below = any(path[: len(where)] == where for path, _ in left for where in self.danger)
        if below and not self.danger_unread and self.referral.safety.danger_now is None:
            self._cannot_tell_danger()

    def _answer(self, key: str, text: str, where: Column, place: Place, stood: str) -> None:
        part = Place(key.partition(".")[0], place.key)
        if key.startswith(NOTED):
            self._note(part, Words(concept=key.removeprefix(NOTED), text=text))
            return
        field = FIELDS[key]
        try:
            self.referral = put(
                self.referral, part, {field.name: read_value(field, text, where.codes, where.order)}
            )
        except NotKnown:
            self.referral = put(self.referral, part, {}, [field.name])
        except UnreadValue:
            self.unread.append(Unread(where=stood, text=text))
            if key == DANGER:
                self._cannot_tell_danger()

    def _cannot_tell_danger(self) -> None:
        """It may say that somebody is in danger. That nobody could read it is no reason to wait."""
        self.danger_unread = True
        self.referral = put(self.referral, Place("safety"), {"danger_now": Said.NOT_KNOWN})

    def _note(self, place: Place, words: Words) -> None:
        (child,) = (child for child in self.referral.children if child.key == place.key)
        before = child.voice.noted if child.voice else ()
        self.referral = put(self.referral, place, {"noted": (*before, words)})


def _begun(contract: ImportContract) -> Referral:
    return put(Referral(route=_ROUTE), Place("referrer"), {"partner": contract.partner})


def _check_danger(rows: Rows, contract: ImportContract) -> None:
    """Raise UnreadableError where no referral of a file that is no table names what is read of danger, be it empty."""
    within = steps(contract.records)
    lacking = [name for name in contract.danger if (*within, *contract.path(name)) not in rows.named]
    if lacking and contract.format != "csv":
        raise UnreadableError(_NO_DANGER.format(", ".join(lacking)))


def _not_taken(contract: ImportContract) -> set[Path]:
    names = (
        name.replace("{n}", str(number))
        for name in contract.not_taken
        for number in (NUMBERS if "{n}" in name else ("",))
    )
    return {contract.path(name) for name in names}


def _grouped(rows: Rows, contract: ImportContract) -> list[_Group]:
    """The trees of each referral: one, or where children or adults have rows of their own, all rows of one reference."""
    if ROW not in {people.each for people in (contract.children, contract.adults) if people}:
        found = [one for one in at(rows.trees, steps(contract.records)) if one]
        return [
            _Group(line, [one])
            for line, one in zip(rows.lines or range(1, len(found) + 1), found, strict=False)
        ]
    groups: dict[str, _Group] = {}
    for line, row in zip(rows.lines, rows.trees, strict=True):
        # A row without a reference belongs to no other.
        reference = _reference([row], contract)
        key = import_key(contract.name, reference) if reference else f"line {line}"
        groups.setdefault(key, _Group(line, [])).trees.append(row)
    return list(groups.values())


def _outside(trees: list[Any], contract: ImportContract) -> Iterator[Unread]:
    within, left_out = steps(contract.records), _not_taken(contract)
    for path, text in dict.fromkeys(leaves(trees)):
        if path[: len(within)] != within and path not in left_out:
            yield Unread(where="/".join(path) or _OWN_TEXT, text=text)


def _with_unread(referral: Referral, unread: tuple[Unread, ...]) -> Referral:
    form = referral.imported
    form = msgspec.structs.replace(form, unread=(*form.unread, *unread))
    return msgspec.structs.replace(referral, imported=form)


def _reference(trees: list[Any], contract: ImportContract) -> str:
    return _BETWEEN.join(texts_at(trees, contract.path(contract.reference)))


def _imported(group: _Group, contract: ImportContract) -> Imported:
    reading, trees = _Reading(contract), group.trees
    reading.fill(trees, Place("referral"), contract.fields)
    listed = (("child", contract.children), ("adult", contract.adults))
    for part, people in ((part, people) for part, people in listed if people):
        for tree, above, number in _each(trees, people):
            reading.begin(part, tree, people, above, number)
    for child in reading.referral.children:
        if child.voice:
            reading.referral = put(reading.referral, Place("voice", child.key), {"prompt": contract.prompt})
    reading.keep(trees)
    # However the rows of one form spell it.
    reference = _reference(trees[:1], contract)
    content = msgspec.json.encode(trees)
    key = import_key(contract.name, reference) if reference else message_key(contract.name, content)
    form = SourceForm(reference=reference, unread=tuple(reading.unread), danger_unread=reading.danger_unread)
    return Imported(group.line, key, msgspec.structs.replace(reading.referral, imported=form))


def _is_repeated(adults: tuple[Adult, ...]) -> bool:
    """Say whether the last adult has a name and was read before: rows of children repeat their parents.

    Two children who look alike on paper stay two.
    """
    *before, last = adults
    return bool(last.name) and any(msgspec.structs.replace(one, key=last.key) == last for one in before)


def _with(referral: Referral, part: str, key: str) -> Referral:
    if part == "child":
        return msgspec.structs.replace(referral, children=(*referral.children, Child(key=key)))
    return msgspec.structs.replace(referral, adults=(*referral.adults, Adult(key=key)))


def _each(trees: list[Any], people: People) -> Iterator[tuple[Any, Path, str]]:
    """The tree of each child or adult, the path above it, and its number in the names of columns."""
    if people.each == ROW:
        yield from ((tree, (), "") for tree in trees)
    elif people.each == NUMBERED:
        yield from ((trees[0], (), str(number)) for number in NUMBERS)
    else:
        path = steps(people.each)
        yield from ((one, path, "") for one in at(trees[0], path))
