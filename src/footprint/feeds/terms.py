"""YAML read word by word, so that whatever is wrong with a contract is told with its file, its line and what to write.

Knows YAML and plain values; what a contract says is `contract_reading`'s.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final, TypeVar

import yaml

Value = TypeVar("Value")
#: The same loader in C where PyYAML was built with it: five contracts in ten milliseconds instead of a sixth of a second.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContractError(ValueError):
    """A contract cannot be used. The message names the file and the line, and says what to write instead."""


class Term:
    """One value of a contract and where it stands. Every method raises ContractError, with the line, on another shape."""

    def __init__(self, node: yaml.Node, path: str) -> None:
        self._node = node
        self._path = path

    def wrong(self, what: str) -> ContractError:
        """Return the error that says `what` of this place."""
        return ContractError(f"{self._path}, line {self._node.start_mark.line + 1}: {what}")

    @property
    def is_mapping(self) -> bool:
        return isinstance(self._node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self._node, yaml.SequenceNode)

    def entries(self) -> dict[str, Term]:
        """Return a mapping's entries; a key that stands twice is an error, for one of the two would be lost."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.wrong("here belongs a mapping, 'name: value', one a line.")
        found: dict[str, Term] = {}
        for key, value in self._node.value:
            name = Term(key, self._path).text()
            if name in found:
                raise Term(key, self._path).wrong(f"'{name}' stands twice. Keep one.")
            found[name] = Term(value, self._path)
        return found

    def items(self) -> list[Term]:
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.wrong("here belongs a list, in square brackets or with a dash before each entry.")
        return [Term(node, self._path) for node in self._node.value]

    def text(self) -> str:
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.wrong("here belongs one word or sentence, not a list or a mapping.")
        return str(self._node.value).strip()

    def said(self) -> str:
        """Return a text that may not be empty."""
        if not (text := self.text()):
            raise self.wrong("this says nothing. Write a value.")
        return text

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one."""
        return tuple(item.text() for item in self.items()) if self.is_list else (self.said(),)

    def number(self) -> float:
        return self._read(float, "a number, such as 0.9")

    def whole(self) -> int:
        return self._read(int, "a whole number")

    def day(self) -> dt.date:
        return self._read(dt.date.fromisoformat, "a date, such as 2026-09-01")

    def clock(self) -> dt.time:
        return self._read(dt.time.fromisoformat, 'a time in quotation marks, such as "08:00"')

    def truth(self) -> bool:
        return self._read({"true": True, "false": False}.__getitem__, "true or false")

    def one_of(self, allowed: Collection[str], what: str) -> str:
        """Return the text when it is one of `allowed`; else the error offers the nearest."""
        text = self.text()
        if text not in allowed:
            near = difflib.get_close_matches(text, list(allowed), n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Write one of: {', '.join(sorted(allowed))}."
            raise self.wrong(f"'{text}' is no {what}. {hint}")
        return text

    def _read(self, reader: Callable[[str], Value], what: str) -> Value:
        try:
            return reader(self.text())
        except (ValueError, KeyError):
            raise self.wrong(f"'{self.text()}' is not {what}.") from None


class Terms:
    """The entries of a mapping, each taken once; what nobody took is an error, for it would be silently ignored."""

    def __init__(self, term: Term) -> None:
        self._term = term
        self._left = term.entries()
        self._known: list[str] = []

    def need(self, name: str) -> Term:
        found = self.may(name)
        if found is None:
            for meant in difflib.get_close_matches(name, self._left, n=1):
                raise self._left[meant].wrong(f"'{meant}' is not a word of contracts. Did you mean '{name}'?")
            raise self._term.wrong(f"'{name}' is missing here. Add it.")
        return found

    def may(self, name: str) -> Term | None:
        self._known.append(name)
        return self._left.pop(name, None)

    def done(self) -> None:
        """Raise ContractError where an entry is left that nothing reads."""
        for name, term in self._left.items():
            near = difflib.get_close_matches(name, self._known, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(sorted(self._known))}."
            raise term.wrong(f"'{name}' is not a word of contracts in this place. {hint}")


def load(path: Path) -> Term:
    """Return the root of the YAML file `path`. Raises ContractError where it is absent, not UTF-8 or not YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=_LOADER)
    except FileNotFoundError:
        raise ContractError(f"{path}: there is no such contract.") from None
    except UnicodeDecodeError:
        raise ContractError(f"{path}: this is not UTF-8 text. Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContractError(
            f"{path}, line {line}: this is not YAML ({error.problem}). Look at the line above, too."
        ) from None
    except yaml.YAMLError as error:
        raise ContractError(f"{path}: this is not YAML ({' '.join(str(error).split())}).") from None
    if node is None:
        raise ContractError(f"{path}, line 1: the contract is empty.")
    return Term(node, str(path))
