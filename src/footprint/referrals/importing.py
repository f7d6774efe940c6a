"""Another system's referrals as ours, by a contract a source. Refuses nothing: what could not be read is kept as it was said.

A file that cannot be told apart at all is one referral with its text beside it, so that a human reads it today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.fields import FIELDS
from footprint.referrals.import_contract import (
    DELIMITERS,
    NOTED,
    NUMBERED,
    ROW,
    Column,
    ImportContract,
    People,
    column,
)
from footprint.referrals.import_trees import (
    UnreadableError,
    at,
    csv_trees,
    decoded,
    json_trees,
    leaves,
    steps,
    texts_at,
    xml_trees,
)
from footprint.referrals.import_values import NotKnown, UnreadValue, read_value
from footprint.referrals.parts import Place, next_key, put
from footprint.referrals.referral import Adult, Child, Referral, Words
from footprint.referrals.submissions import import_key, message_key

_ROUTE: Final = "imported"
_MOST_NUMBERED: Final = 30
_NO_FIELD: Final = "The form has no field for it."
#: Between several texts that stand at one place.
_BETWEEN: Final = "; "
_OWN_TEXT: Final = "its own text"
_FILE: Final = "the whole file"

Path = tuple[str, ...]


class Unread(NamedTuple):
    """Something that was said and has no place: where it stood, the text as it was, and why it was not read."""

    where: str
    text: str
    why: str


class Imported(NamedTuple):
    """One referral: the source's own reference, the key by which it is known when it comes again, and what was not read."""

    reference: str
    key: str
    referral: Referral
    unread: tuple[Unread, ...]


def import_file(content: bytes, contract: ImportContract) -> tuple[Imported, ...]:
    """Return the referrals of a file, in its order. A file that is not what the contract says is one, with nothing read.

    What stands in the file outside any referral is kept with the first.
    """
    try:
        trees = _READERS[contract.format](content, contract)
    except UnreadableError as error:
        return (_unread(content, contract, str(error)),)
    groups = _grouped(trees, contract)
    if not groups:
        return (_unread(content, contract, "No referral was found where the contract says."),)
    first, *more = (_imported(group, contract) for group in groups)
    return (first._replace(unread=(*first.unread, *_outside(trees, contract))), *more)


_READERS: Final[Mapping[str, Callable[[bytes, ImportContract], list[Any]]]] = MappingProxyType(
    {
        "csv": lambda content, contract: csv_trees(content, DELIMITERS[contract.delimiter]),
        "json": lambda content, _contract: json_trees(content),
        "xml": lambda content, _contract: xml_trees(content),
    }
)


class _Reading:
    """One referral being read: takes texts from trees, and remembers which it took and which it could not read."""

    def __init__(self, contract: ImportContract) -> None:
        self.referral = _begun(contract)
        self.unread: list[Unread] = []
        self.taken: set[Path] = {steps(path) for path in (contract.reference, *contract.not_taken)}

    def fill(
        self, tree: Any, place: Place, fields: Mapping[str, str | Column], above: Path = (), number: str = ""
    ) -> None:
        """Put what a tree says into the parts at `place`; a child's voice has the child's key."""
        for key, said in fields.items():
            where = column(said)
            paths = [steps(path.replace("{n}", number)) for path in where.columns]
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
        """Keep every text that nothing took."""
        self.unread += [
            Unread("/".join(path) or _OWN_TEXT, text, _NO_FIELD)
            for path, text in dict.fromkeys(leaf for tree in trees for leaf in leaves(tree))
            if path not in self.taken
        ]

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
        except UnreadValue as error:
            self.unread.append(Unread(stood, text, str(error)))

    def _note(self, place: Place, words: Words) -> None:
        (child,) = (child for child in self.referral.children if child.key == place.key)
        before = child.voice.noted if child.voice else ()
        self.referral = put(self.referral, place, {"noted": (*before, words)})


def _begun(contract: ImportContract) -> Referral:
    return put(Referral(route=_ROUTE), Place("referrer"), {"partner": contract.partner})


def _unread(content: bytes, contract: ImportContract, why: str) -> Imported:
    """The whole file as one referral of which nothing could be read."""
    unread = (Unread(_FILE, decoded(content), why),)
    return Imported("", message_key(contract.name, content), _begun(contract), unread)


def _grouped(trees: list[Any], contract: ImportContract) -> list[list[Any]]:
    """The trees of each referral: one, or where children or adults have rows of their own, all rows of one reference."""
    if ROW not in {people.each for people in (contract.children, contract.adults) if people}:
        return [[one] for one in at(trees, steps(contract.records)) if one]
    groups: dict[str, list[Any]] = {}
    for number, row in enumerate(trees):
        # A row without a reference belongs to no other.
        groups.setdefault(_reference([row], contract) or f"\0{number}", []).append(row)
    return list(groups.values())


def _outside(trees: list[Any], contract: ImportContract) -> Iterator[Unread]:
    within = steps(contract.records)
    for path, text in dict.fromkeys(leaves(trees)):
        if path[: len(within)] != within:
            yield Unread("/".join(path) or _OWN_TEXT, text, "It stands outside any referral.")


def _reference(trees: list[Any], contract: ImportContract) -> str:
    return _BETWEEN.join(texts_at(trees, steps(contract.reference)))


def _imported(trees: list[Any], contract: ImportContract) -> Imported:
    reading = _Reading(contract)
    reading.fill(trees, Place("referral"), contract.fields)
    listed = (("child", contract.children), ("adult", contract.adults))
    for part, people in ((part, people) for part, people in listed if people):
        for tree, above, number in _each(trees, people):
            reading.begin(part, tree, people, above, number)
    for child in reading.referral.children:
        if child.voice:
            reading.referral = put(reading.referral, Place("voice", child.key), {"prompt": contract.prompt})
    reading.keep(trees)
    reference = _reference(trees, contract)
    content = msgspec.json.encode(trees)
    key = import_key(contract.name, reference) if reference else message_key(contract.name, content)
    return Imported(reference, key, reading.referral, tuple(reading.unread))


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
        yield from ((trees[0], (), str(number)) for number in range(1, _MOST_NUMBERED + 1))
    else:
        path = steps(people.each)
        yield from ((one, path, "") for one in at(trees[0], path))
