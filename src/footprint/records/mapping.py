"""Which column of a foreign table holds which of our fields: the MAP.yaml that evaluation reads.

It knows names of fields and columns only; `foreign` reads the table.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Final

import msgspec
import yaml

FIELDS: Final = (
    "record_id",
    "source",
    "given_name",
    "middle_name",
    "family_name",
    "full_name",
    "date_of_birth",
    "birth_year",
    "birth_month",
    "birth_day",
    "sex",
    "house_number",
    "street",
    "address",
    "town",
    "postcode",
    "place_of_birth",
    "phone",
    "email",
    "occupation",
)


class MappingError(ValueError):
    """The mapping cannot be used; the message names the file, the line and what to write instead."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """Our field -> the columns that hold it (several are joined by a space), and identifier scheme -> its column."""

    columns: dict[str, tuple[str, ...]]
    identifiers: dict[str, str] = {}
    path: str = ""

    def named_columns(self) -> tuple[str, ...]:
        """Return every column that the mapping names, once, in the order of the fields."""
        wanted = [column for columns in self.columns.values() for column in columns]
        return tuple(dict.fromkeys([*wanted, *self.identifiers.values()]))


def load_mapping(path: Path) -> Mapping:
    """Return the mapping in the YAML file `path`. Raises MappingError, naming the line, where it says something else."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise MappingError(f"There is no mapping at {path}. Write one: field: column, one a line.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingError(f"{path} is not YAML in UTF-8: {' '.join(str(error).split())}") from None
    if not isinstance(root, yaml.MappingNode):
        raise MappingError(f"{path} says nothing that can be read. Write 'field: column', one a line.")
    columns: dict[str, tuple[str, ...]] = {}
    identifiers: dict[str, str] = {}
    for field, node in _entries(root, path):
        if field == "identifiers":
            identifiers = _identifiers(node, path)
        elif field in FIELDS:
            columns[field] = _columns(field, node, path)
        else:
            raise _complaint(path, node, _unknown(field))
    if not columns and not identifiers:
        raise MappingError(f"{path} maps no field. Map one at least: {', '.join(FIELDS)} or identifiers.")
    return Mapping(columns=columns, identifiers=identifiers, path=str(path))


def _entries(node: yaml.MappingNode, path: Path) -> list[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    entries = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _complaint(path, key, "a field is one word")
        if key.value in seen:
            raise _complaint(path, key, f"'{key.value}' stands twice; keep one")
        seen.add(key.value)
        entries.append((str(key.value), value))
    return entries


def _columns(field: str, node: yaml.Node, path: Path) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes or not all(isinstance(part, yaml.ScalarNode) and part.value for part in nodes):
        raise _complaint(path, node, f"'{field}' needs the name of a column, or a list of names")
    return tuple(str(part.value) for part in nodes)


def _identifiers(node: yaml.Node, path: Path) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        raise _complaint(path, node, "'identifiers' needs scheme: column, such as {nhs: nhs_number}")
    found = {}
    for scheme, column in _entries(node, path):
        if not isinstance(column, yaml.ScalarNode) or not column.value:
            raise _complaint(path, column, f"the identifier '{scheme}' needs the name of one column")
        found[scheme] = str(column.value)
    return found


def _unknown(field: str) -> str:
    near = difflib.get_close_matches(field, [*FIELDS, "identifiers"], n=1)
    hint = f" Did you mean '{near[0]}'?" if near else f" Fields are {', '.join(FIELDS)} and identifiers."
    return f"'{field}' is no field of ours.{hint}"


def _complaint(path: Path, node: yaml.Node, what: str) -> MappingError:
    return MappingError(f"{path}, line {node.start_mark.line + 1}: {what}")
