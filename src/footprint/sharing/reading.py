"""Agreements from YAML: a partnership's own, and the invented one that comes with Footprint.

A mistake is told with its file, its line and what to write. Nothing that an agreement says is silently ignored.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec
import yaml

from footprint.sharing.agreement import Agreement, Limits, Party, Purpose, Recipients, Rule, Term
from footprint.sharing.checking import Place, faults

msgspec.json.Decoder(Agreement)  # met by one thread, while this is imported

FILE: Final = "agreement.yaml"
PACKAGED: Final = Path(__file__).parent / "agreements" / "aldermarch.yaml"
#: Whose data it is where nobody said: the command's name for a partnership without one, to practise on.
UNNAMED: Final = "borough"

#: The same loader in C where PyYAML was built with it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 6
#: One word alone is a list of one.
_LISTS: Final = frozenset({"of", "for", "kinds", "roles", "partners", "sectors"})
_WORDS: Final = sorted(
    {
        name
        for kind in (Agreement, Limits, Party, Purpose, Recipients, Rule, Term)
        for name in kind.__struct_encode_fields__
    }
)

#: Mappings whose entries have names of the partnership's own, and what each entry is.
_ENTRIES: Final[dict[str | int, type]] = {"purposes": Purpose, "windows": int}

Plain = str | list["Plain"] | dict[str, "Plain"]


class AgreementError(ValueError):
    """An agreement cannot be used. The message names the file and the line, and says what to write instead."""


def load_agreement(path: Path) -> Agreement:
    """Return the agreement in the YAML file `path`. Raises AgreementError, which names every line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AgreementError(f"{path}: there is no such agreement.") from None
    except (OSError, UnicodeDecodeError):
        raise AgreementError(f"{path}: this cannot be read. Save it as UTF-8 text.") from None
    return read_agreement(text, str(path))


def read_agreement(text: str, name: str = "agreement") -> Agreement:
    """Return the agreement that YAML text states; `name` is what an AgreementError calls it."""
    page = _Page(name)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise AgreementError(f"{name}{line}: this is not YAML. Look at the line above, too.") from None
    if not isinstance(node, yaml.MappingNode):
        raise AgreementError(f"{name}, line 1: an agreement is a mapping, 'name: value', one a line.")
    said = page.plain(node, ())
    try:
        agreement = msgspec.convert(said, Agreement, strict=False)
    except msgspec.ValidationError as error:
        place, what = _told(str(error))
        raise page.error([(_exact(place, said), what)]) from None
    if found := list(faults(agreement)):
        raise page.error(found)
    return agreement


def packaged_agreement() -> Agreement:
    """Return the agreement of the invented partnership, to practise on and to begin one's own from."""
    return load_agreement(PACKAGED)


def agreement_of(data: Path, partnership: str = "") -> Agreement:
    """Return the agreement of a data folder: DATA/agreement.yaml, or for invented data the packaged one.

    Give the partnership's id wherever it is known. Raises AgreementError where the agreement is another's, and where a real
    partnership has none: what nobody agreed is not shared.
    """
    own = data / FILE
    agreement = load_agreement(own) if own.exists() else packaged_agreement()
    if partnership in ("", agreement.partnership) or (partnership == UNNAMED and not own.exists()):
        return agreement
    if own.exists():
        raise AgreementError(
            f"{own} is the agreement of '{agreement.partnership}', and this is the data of '{partnership}'. "
            "Correct 'partnership' in one of the two."
        )
    raise AgreementError(
        f"The partnership '{partnership}' has no sharing agreement, so nothing is shared. Write {own} as "
        "docs/agreement.md shows, and try it with `footprint agreement check`."
    )


class _Page:
    """One file being read: remembers on which line each value stands."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[Place, int] = {}

    def plain(self, node: yaml.Node, place: Place) -> Plain:
        """Return texts, lists and dicts. Every scalar is its text: YAML would read 'on' as true and 2026-01 as a sum."""
        self._lines[place] = node.start_mark.line + 1
        if len(place) > _DEEPEST:
            raise self.error([(place, "nothing of an agreement stands as deep as this.")])
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(one, (*place, number)) for number, one in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        text = str(node.value).strip()
        return [text] if place and place[-1] in _LISTS else text

    def error(self, found: Iterable[tuple[Place, str]]) -> AgreementError:
        """Return the error that tells every fault with its line."""
        return AgreementError(
            "\n".join(f"{self._name}, line {self._line(place)}: {what}" for place, what in found)
        )

    def _mapping(self, node: yaml.MappingNode, place: Place) -> Plain:
        entries: dict[str, Plain] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "this"
            self._lines[(*place, name)] = key.start_mark.line + 1
            if name in entries:
                raise self.error([((*place, name), f"'{name}' stands twice. Keep one.")])
            entries[name] = self.plain(value, (*place, name))
        return entries

    def _line(self, place: Place) -> int:
        """The line of a value, or of the nearest one around it that has a line."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _WORDS, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"'{name}' is not a word of agreements in this place.{hint}"


#: What msgspec says, and how we say it.
_SAYINGS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    (r"Object contains unknown field `(.*)`", _unknown),
    (r"Object missing required field `(.*)`", lambda name: f"'{name}' is missing here. Add it."),
    (r"Invalid RFC3339 encoded (date)", lambda _: "this is no date. Write it as 2026-09-01."),
    (r"Expected `(date)`.*", lambda _: "this is no date. Write it as 2026-09-01."),
    (r"Expected `(int)`.*", lambda _: "this is no whole number."),
    (r"Expected `(str)`.*", lambda _: "here belongs one word or sentence."),
    (r"Expected `(array)`.*", lambda _: "here belongs a list, with a dash before each entry."),
    (r"Expected `(object)`.*", lambda _: "here belongs a mapping, 'name: value', one a line."),
    (r"Invalid enum value '(.*)'", lambda word: f"'{word}' is no word for this. See docs/agreement.md."),
)


def _exact(place: Place, said: Plain) -> Place:
    """The place with the name of the entry in it: msgspec says only that one entry of a mapping is wrong."""
    if "..." not in place or not isinstance(said, dict):
        return place
    entries, kind = said[str(place[0])], _ENTRIES[place[0]]
    for name, value in entries.items() if isinstance(entries, dict) else ():
        try:
            msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:
            return (place[0], name, *place[2:])
    return place


def _told(message: str) -> tuple[Place, str]:
    """What msgspec found, as a place and a sentence."""
    what, _, path = message.partition(" - at `$")
    steps = re.findall(r"\.([\w-]+)|\[(\d+|\.\.\.)\]", path)
    place = tuple(name or (int(number) if number.isdigit() else number) for name, number in steps)
    for pattern, say in _SAYINGS:
        if found := re.fullmatch(pattern, what):
            return (*place, *([found[1]] if say is _unknown else [])), say(found[1])
    return place, f"{what}."
