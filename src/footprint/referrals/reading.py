"""A partnership's own choices from YAML, strictly: what is wrong is told with its file, its line and what to write.

Knows YAML and shapes; what a file is about says the shape that is asked for. Nothing in a file is silently ignored, so a
shape is a `Choice`, which takes no field that it does not have.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import msgspec
import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Whose shape it is comes with the call, so it may be met here first: by one thread.
_ONE_AT_A_TIME: Final = Lock()
Plain = str | list["Plain"] | dict[str, "Plain"]
Place = tuple[str | int, ...]


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a file of choices."""


class Dated(Choice, frozen=True, kw_only=True):
    """A whole file of choices: from which day on it holds, where it comes from, and whether the field has confirmed it."""

    title: str
    since: dt.date
    source: str
    verified: bool


Shape = TypeVar("Shape", bound=Choice)


class ChoiceError(ValueError):
    """A file of choices cannot be used. The message names the file and the line, and says what to write instead."""


def load(path: Path, shape: type[Shape]) -> Shape:
    """Return what the YAML file says. Raises ChoiceError where it is absent, not UTF-8, not YAML or of another shape."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ChoiceError(f"{path}: there is no such file.") from None
    except (OSError, UnicodeDecodeError):
        raise ChoiceError(f"{path}: this cannot be read. Save it as UTF-8 text.") from None
    return read(text, shape, str(path))


def read(text: str, shape: type[Shape], name: str) -> Shape:
    """Return what YAML text says, as a value of `shape`; `name` is what a ChoiceError calls the file."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ChoiceError(f"{name}{where}: this is not YAML. Look at the line above, too.") from None
    if not isinstance(node, yaml.MappingNode):
        raise ChoiceError(f"{name}, line 1: here belongs a mapping, 'name: value', one a line.")
    lines: dict[Place, int] = {}
    said = _plain(node, (), lines, name)
    try:
        with _ONE_AT_A_TIME:
            return msgspec.convert(said, shape, strict=False)
    except msgspec.ValidationError as error:
        place, what = _told(str(error), _field_names(shape))
        raise ChoiceError(f"{name}, line {lines.get(place, 1)}: {what}") from None


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> Plain:
    """Return texts, lists and dicts. Every scalar is its text: YAML would read `no` as false and 2026-01 as a sum."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*place, number), lines, name) for number, one in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value).strip()
    entries: dict[str, Plain] = {}
    for key, value in node.value:
        word = str(key.value).strip()
        line = key.start_mark.line + 1
        if word in entries:
            raise ChoiceError(f"{name}, line {line}: '{word}' stands twice. Keep one.")
        entries[word] = _plain(value, (*place, word), lines, name)
        lines[(*place, word)] = line
    return entries


#: What msgspec says of a value that does not fit, and what we say. Anything else it says is one of our own sentences.
_SAYINGS: Final = (
    (r"Object missing required field `(.*)`", "'{}' is missing here. Add it."),
    (r"(Invalid RFC3339 encoded date)", "this is no date. Write it as 2026-09-01."),
    (r"Expected `(date)`.*", "this is no date. Write it as 2026-09-01."),
    (r"Expected `(?:int|float)` >= (.*)", "this is less than {}, the least that can be meant."),
    (r"Expected `(?:int|float)` <= (.*)", "this is more than {}, the most that can be meant."),
    (r"Expected `(int|float)`.*", "this is no number."),
    (r"Expected `(bool)`.*", "this is neither true nor false. Write one of the two."),
    (r"Expected `(array)`.*", "here belongs a list, with a dash before each entry."),
    (r"Expected `(object)`.*", "here belongs a mapping, 'name: value', one a line."),
    (r"Expected `(str)`.*", "here belongs one word or sentence."),
    (r"Invalid enum value '(.*)'", "'{}' is no word for this."),
)


def _told(message: str, known: frozenset[str]) -> tuple[Place, str]:
    """What msgspec found, as a place and a sentence."""
    what, _, path = message.partition(" - at `")
    # Of an entry of a mapping msgspec says only that it is one of them: "[...]".
    steps = re.findall(r"\.([\w-]+)|\[(\d+)\]", path.partition("[...]")[0])
    place: Place = tuple(word or int(number) for word, number in steps)
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what):
        near = difflib.get_close_matches(unknown[1], known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return (*place, unknown[1]), f"'{unknown[1]}' is not a word of this file in this place.{hint}"
    for pattern, sentence in _SAYINGS:
        if found := re.fullmatch(pattern, what):
            return place, sentence.format(found[1])
    return place, what


def _field_names(shape: type[Choice]) -> frozenset[str]:
    """Every word that a file of this shape may use, to guess what a mistyped one meant."""
    schema = msgspec.json.schema(shape)
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(word for part in parts for word in part.get("properties", {}))
