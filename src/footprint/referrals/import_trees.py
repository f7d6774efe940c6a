"""Files of referrals as trees: names with texts, lists and trees below them, the same for CSV, JSON and XML.

Names are compared without case and spare spaces, XML's without their prefix. Knows no contract and no referral. A row of a table
that cannot be told from its neighbours is told by its line, and never repeated: it may hold two families.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from footprint.referrals.table_lines import CUT, is_whole, lines_of

Tree = Mapping[str, Any]
_DEEPEST: Final = 20
#: An element's own text, where it has attributes or elements, too.
OWN_TEXT: Final = "#text"
#: What stands in a row beyond the last column that the header names.
BEYOND: Final = "beyond the header"

_NO_HEADER: Final = "The file has no header. Send it again with the names of the columns in its first line."
_NOT_JSON: Final = "This is no whole JSON: it was cut short, or is another kind of file. Send it again once it is written whole."
_NOT_XML: Final = (
    "This is no whole XML, or has a DOCTYPE. Send it again once it is written whole, without one."
)
_TOO_DEEP: Final = "The file nests deeper than any form. Send it as its contract describes."
_TWO_ENCODINGS: Final = (
    "The file is neither UTF-8 nor Windows-1252 throughout: it has two encodings, or is damaged, and names in it would be read "
    "wrongly. Nothing was taken. Send it again, saved as UTF-8."
)
#: A letter in UTF-8, which as Windows-1252 is two or three that no word has side by side.
_UTF_8: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LACKS: Final = (
    "The header lacks columns that the contract reads: {}. Nothing was taken, since what has another name is missed. "
    "Send the file again with these columns, or put into the contract what its source calls them now."
)
_PARTED: Final = (
    "The columns of the header are parted by another sign than the contract says. Nothing was taken. "
    "Send the file again as the contract says, or correct 'delimiter' in the contract."
)
#: Where people have numbered columns, {n} in a name stands for each of these.
NUMBERS: Final = range(1, 31)
_SHORT: Final = "this row has fewer columns ({}) than the header ({}). Send the row again as the header says."


class UnreadableError(ValueError):
    """Nothing in the file can be told apart, and nothing of it is taken. The message says what to do."""


class Fault(NamedTuple):
    """What could not be taken: from which line (of JSON and XML, which referral of the file), why, and what to do."""

    line: int
    says: str

    @property
    def where(self) -> str:
        """As a person is told where it stands."""
        return f"line {self.line}"


class Rows(NamedTuple):
    """A file as trees, of a table one a row; the line of each row; and the rows that cannot be told apart.

    `named` is every path of a file that is no table, whether a text stands there or not.
    """

    trees: list[Any]
    lines: list[int]
    faults: tuple[Fault, ...] = ()
    named: frozenset[tuple[str, ...]] = frozenset()


def plain(name: str) -> str:
    """Return a name of a column or an element as names are compared."""
    return " ".join(name.rpartition("}")[2].split()).casefold()


def steps(path: str) -> tuple[str, ...]:
    """Return the names of a path written a/b/c."""
    return tuple(plain(step) for step in path.split("/") if step.strip())


def decoded(content: bytes) -> str:
    """Return a file's text: UTF-8 where it is that, else Windows-1252. Raises UnreadableError where it is neither throughout.

    Bytes of UTF-8 within what is none are two encodings in one file, or a damaged one: as Windows-1252 a name would be another.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _UTF_8.search(content):
            raise UnreadableError(_TWO_ENCODINGS) from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableError(_TWO_ENCODINGS) from None


def csv_rows(content: bytes, delimiter: str, columns: Iterable[str] = ()) -> Rows:
    """Return the rows of a table. Raises UnreadableError where there is no header, or it lacks one of `columns`."""
    text = decoded(content)
    lines = [one for one in lines_of(text, delimiter) if any(map(str.strip, one.cells)) or one.fault]
    if not lines or lines[0].fault:
        raise UnreadableError(_NO_HEADER)
    header = [plain(name) for name in lines[0].cells]
    _check_header(header, delimiter, columns)
    if len(lines) > 1 and not is_whole(text):
        lines[-1] = lines[-1]._replace(fault=lines[-1].fault or CUT)
    rows = Rows([], [])
    faults: list[Fault] = []
    for line, cells, fault in lines[1:]:
        if fault or len(cells) < len(header):
            faults.append(Fault(line, fault or _SHORT.format(len(cells), len(header))))
        else:
            rows.trees.append(_row(header, cells))
            rows.lines.append(line)
    return rows._replace(faults=tuple(faults))


def json_trees(content: bytes) -> Rows:
    """Return the file as one tree or several. Raises UnreadableError."""
    try:
        said = msgspec.json.decode(decoded(content))
    except (msgspec.DecodeError, RecursionError):
        raise UnreadableError(_NOT_JSON) from None
    tree = _from_json(said, 0)
    return Rows(tree if isinstance(tree, list) else [tree], [], named=frozenset(_json_paths(said, ())))


def xml_trees(content: bytes) -> Rows:
    """Return the file as one tree, whose only name is that of its root. Raises UnreadableError."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise UnreadableError(_NOT_XML) from None
    return Rows([{plain(root.tag): _from_xml(root, 0)}], [], named=frozenset(_xml_paths(root, ())))


def at(tree: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Return everything at a path, lists opened on the way: none where it leads nowhere."""
    if isinstance(tree, list):
        for one in tree:
            yield from at(one, path)
    elif not path:
        yield tree
    elif isinstance(tree, Mapping) and path[0] in tree:
        yield from at(tree[path[0]], path[1:])


def texts_at(tree: Any, path: tuple[str, ...]) -> list[str]:
    """Return every different text at a path, in order."""
    said = (found.get(OWN_TEXT, "") if isinstance(found, Mapping) else found for found in at(tree, path))
    return [str(text) for text in dict.fromkeys(said) if text]


def leaves(tree: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return every text of a tree that is not empty, with its path."""
    if isinstance(tree, list):
        for one in tree:
            yield from leaves(one, above)
    elif isinstance(tree, Mapping):
        for name, below in tree.items():
            yield from leaves(below, above if name == OWN_TEXT else (*above, name))
    elif tree:
        yield above, tree


def _check_header(header: list[str], delimiter: str, columns: Iterable[str]) -> None:
    """Raise UnreadableError where a column is not there. It names columns of the contract, and nothing of the file."""
    lacking = [name for name in dict.fromkeys(columns) if not _spelled(name) & set(header)]
    if not lacking:
        return
    if len(header) == 1 and any(sign in header[0] for sign in set(",;\t|") - {delimiter}):
        raise UnreadableError(_PARTED)
    raise UnreadableError(_LACKS.format(", ".join(lacking)))


def _spelled(name: str) -> set[str]:
    """Every name that a column may have in a header."""
    return {plain(name.replace("{n}", str(number))) for number in NUMBERS}


def _row(header: list[str], row: list[str]) -> Tree:
    beyond = [BEYOND] * (len(row) - len(header))
    return _gathered(zip((*header, *beyond), (said.strip() for said in row), strict=False))


def _from_json(said: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise UnreadableError(_TOO_DEEP)
    if isinstance(said, Mapping):
        return _gathered((plain(str(name)), _from_json(below, depth + 1)) for name, below in said.items())
    if isinstance(said, list):
        return [_from_json(one, depth + 1) for one in said]
    if isinstance(said, bool):
        return "yes" if said else "no"
    # No database keeps a NUL, and one in a name must not keep a referral out.
    return "" if said is None else str(said).replace("\0", "\ufffd").strip()


def _json_paths(said: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(said, Mapping):
        for name, below in said.items():
            path = (*above, plain(str(name)))
            yield path
            yield from _json_paths(below, path)
    elif isinstance(said, list):
        for one in said:
            yield from _json_paths(one, above)


def _xml_paths(element: Element, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    path = (*above, plain(str(element.tag)))
    yield path
    yield from ((*path, plain(name)) for name in element.attrib)
    for below in element:
        yield from _xml_paths(below, path)


def _from_xml(element: Element, depth: int) -> Any:
    if depth > _DEEPEST:
        raise UnreadableError(_TOO_DEEP)
    own = " ".join((element.text or "").split()) if len(element) else (element.text or "").strip()
    tails = [" ".join(below.tail.split()) for below in element if below.tail and below.tail.strip()]
    attributes = ((plain(name), said.strip()) for name, said in element.attrib.items())
    tree = _gathered((*attributes, *((plain(str(one.tag)), _from_xml(one, depth + 1)) for one in element)))
    text = " ".join(part for part in (own, *tails) if part)
    return _gathered((*tree.items(), (OWN_TEXT, text))) if tree else text


def _gathered(said: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A tree of names and what stands below them: a name that comes twice has a list, so that neither is lost."""
    found: dict[str, list[Any]] = {}
    for name, below in said:
        if below:
            found.setdefault(name, []).append(below)
    return {name: below[0] if len(below) == 1 else below for name, below in found.items()}
