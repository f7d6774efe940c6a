"""The data dictionary: every word that is stored or shown, from the code that stores and shows it."""

import inspect
from collections.abc import Iterable

import msgspec

from footprint.comparison import COMPARISONS
from footprint.linking.evidence import RULES, VETOES
from footprint.records import (
    Address,
    Comparable,
    ContactPoint,
    DutyContact,
    Ethnicity,
    Identifier,
    Involvement,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
    codes,
)

HEAD = """\
# Data dictionary

Made from the code; `make fix` makes it anew. What a partner says is kept in these shapes and in these codes, and in no others:
there is no field that could hold a narrative.
"""
SHAPES = (
    Record, RecordKey, Name, PartialDate, Address, Identifier, ContactPoint, Setting, Ethnicity, Relationship,
    Involvement, DutyContact,
)  # fmt: skip


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    heads = tuple(heads)
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def _prose(shape: type) -> list[str]:
    return [inspect.cleandoc(shape.__doc__ or ""), ""]


def _written(kind: object) -> str:
    text = str(kind).removeprefix("<class '").removesuffix("'>")
    for module in (
        "footprint.records.dates.",
        "footprint.records.person.",
        "footprint.records.involvements.",
    ):
        text = text.replace(module, "")
    return f"`{text}`".replace("|", "or")


def _shape(shape: type) -> list[str]:
    rows = ((f"`{field.name}`", _written(field.type)) for field in msgspec.structs.fields(shape))
    return [f"### {shape.__name__}", "", *_prose(shape), *_table(("field", "type"), rows)]


def _codes() -> list[str]:
    involvements = (
        (f"`{code}`", one.label, one.shape, codes.SECTORS.get(one.sector, one.sector))
        for code, one in codes.INVOLVEMENTS.items()
    )
    lines = [
        "## Codes",
        "",
        "### Involvements",
        "",
        *_table(("code", "shown as", "shape", "said by"), involvements),
    ]
    for title, table, heads in (
        ("Roles in an involvement", codes.ROLES, ("code", "shown as")),
        ("Identifier schemes", codes.IDENTIFIER_SCHEMES, ("scheme", "what it is")),
        ("Relationships", codes.RELATIONSHIPS, ("code", "HL7 v3 RoleCode")),
    ):
        lines += [f"### {title}", "", *_table(heads, ((f"`{code}`", text) for code, text in table.items()))]
    uses = (("name", codes.NAME_USES), ("address", codes.ADDRESS_USES))
    listed = ((of, ", ".join(f"`{use}`" for use in found)) for of, found in uses)
    return [*lines, "### Uses", "", *_table(("of a", "one of"), listed)]


def _agreement() -> list[str]:
    lines = ["## How two records agree", "", *_prose(Comparable)]
    rows = []
    for comparison in COMPARISONS:
        rows += [(comparison.name, f"`{level.label}`", level.words) for level in comparison.levels]
        rows.append((comparison.name, "`else`", comparison.otherwise))
    lines += _table(("comparison", "level", "what a user reads"), rows)
    lines += [
        "## What joins two records",
        "",
        "A weight proposes; one of these disposes, and no veto speaks.",
        "",
    ]
    lines += _table(("rule", "evidence"), ((rule.name, rule.sentence) for rule in RULES))
    lines += ["## What keeps two records apart", ""]
    return lines + _table(("veto", "reason"), ((veto.name, veto.sentence) for veto in VETOES))


def dictionary_page() -> str:
    """The whole page: shapes, codes, agreement, evidence."""
    shapes = [line for shape in SHAPES for line in _shape(shape)]
    return "\n".join([HEAD, "## Shapes", "", *shapes, *_codes(), *_agreement()])
