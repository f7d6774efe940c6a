"""What a contract says of one file: how it is written, and which field each of its columns fills.

A part of reading a contract; the whole is `contract_reading`.
"""

from __future__ import annotations

from typing import Final, get_args

from footprint.feeds.contract import Condition, FileTerms, Format, InvolvementTerms, Rows, Source
from footprint.feeds.fields import FIELDS, NEEDED, what_is_wrong
from footprint.feeds.terms import Term, Terms
from footprint.records.codes import INVOLVEMENTS, RELATIONSHIPS, ROLES

Codes = dict[str, dict[str, str]]

#: Further sets of rules that a file may name under `checks`.
CHECKS: Final = ("cin-census",)
#: Where a constant or a code list must end in one of our own codes: (section, field) -> the codes.
_OURS: Final[dict[tuple[str, str], dict[str, object]]] = {
    ("involvement", "code"): {**INVOLVEMENTS},
    ("involvement", "role"): {**ROLES},
    ("relationship", "kind"): {**RELATIONSHIPS},
    ("group", "kind"): {**RELATIONSHIPS},
}


def read_file_terms(term: Term, codes: Codes) -> FileTerms:
    terms = Terms(term)
    name = terms.need("name").said()
    required = terms.may("required")
    form = terms.may("format")
    delimiter = terms.may("delimiter")
    encodings = terms.may("encodings")
    root, record = terms.may("root"), terms.may("record")
    header = terms.may("header")
    checks = terms.may("checks")
    nested = terms.may("nested")
    found = FileTerms(
        name=name,
        format=_format(form),
        required=required.truth() if required else False,
        delimiter=delimiter.text().replace("\\t", "\t") if delimiter else ",",
        encodings=encodings.texts() if encodings else FileTerms.__struct_defaults__[2],
        root=root.said() if root else "",
        record=record.said() if record else "",
        header=_section(header, "header", codes) if header else {},
        checks=checks.one_of(CHECKS, "set of checks") if checks else "",
        rows=(_rows(terms, codes, path=""), *_nested(nested, codes)),
    )
    terms.done()
    if found.format == "xml" and not (found.root and found.record):
        raise term.wrong(
            "an XML file needs 'root' (the name of its first element) and 'record' (the path to a person)."
        )
    if found.format == "csv" and (nested or root or record or header):
        raise term.wrong(
            "'root', 'record', 'header' and 'nested' belong to XML. Write format: xml, or leave them out."
        )
    return found


def _format(term: Term | None) -> Format:
    found: Format = term.one_of(get_args(Format), "format") if term else "csv"  # type: ignore[assignment]
    return found


def _nested(term: Term | None, codes: Codes) -> list[Rows]:
    found = []
    for item in term.items() if term else ():
        terms = Terms(item)
        paths = terms.need("rows").texts()
        rows = _rows(terms, codes, path=paths[0])
        terms.done()
        # Suppliers wrap the same rows in differently named elements: one kind of row, several places.
        found += [_at(rows, path) for path in paths]
    return found


def _at(rows: Rows, path: str) -> Rows:
    values = {name: getattr(rows, name) for name in Rows.__struct_fields__}
    return Rows(**{**values, "path": path})


def _rows(terms: Terms, codes: Codes, path: str) -> Rows:
    keys = terms.may("key")
    one, many = terms.may("involvement"), terms.may("involvements")
    listed = ([one] if one else []) + (many.items() if many else [])
    left = terms.may("not_taken")
    sections = {
        name: _section(term, name, codes)
        for name in ("person", "address", "identifier", "relationship", "setting", "group", "lookup", "duty")
        if (term := terms.may(name))
    }
    return Rows(
        path=path,
        keys={scheme: _source(term, codes) for scheme, term in keys.entries().items()} if keys else {},
        involvements=tuple(_involvement(term, codes) for term in listed),
        not_taken=left.texts() if left else (),
        **sections,
    )


def _involvement(term: Term, codes: Codes) -> InvolvementTerms:
    entries = term.entries()
    when = entries.pop("when", None)
    return InvolvementTerms(
        fields=_fields(term, entries, "involvement", codes),
        when=tuple(_condition(item, codes) for item in when.items()) if when else (),
    )


def _condition(term: Term, codes: Codes) -> Condition:
    terms = Terms(term)
    one, none, over, least = (terms.may(name) for name in ("one_of", "none_of", "over", "at_least"))
    found = Condition(
        of=_source(terms.need("of"), codes),
        one_of=tuple(text.upper() if not text.startswith("$") else text for text in one.texts())
        if one
        else (),
        none_of=tuple(text.upper() for text in none.texts()) if none else (),
        over=_source(over, codes) if over else None,
        at_least=least.number() if least else 0.0,
    )
    terms.done()
    if not (found.one_of or found.none_of or found.over):
        raise term.wrong("a condition needs one_of, none_of, or over with at_least.")
    return found


def _section(term: Term, section: str, codes: Codes) -> dict[str, Source]:
    return _fields(term, term.entries(), section, codes)


def _fields(term: Term, entries: dict[str, Term], section: str, codes: Codes) -> dict[str, Source]:
    found = {}
    for field, value in entries.items():
        if wrong := what_is_wrong(section, field):
            raise value.wrong(wrong)
        found[field] = source = _source(value, codes)
        _check_codes(value, source, _OURS.get((section, field)), codes)
    for field in NEEDED.get(section, ()):
        if field not in found:
            raise term.wrong(f"{section} needs '{field}'. Fields are: {', '.join(FIELDS[section][0])}.")
    return found


def _check_codes(term: Term, source: Source, ours: dict[str, object] | None, codes: Codes) -> None:
    """Refuse a contract that would write a code that nobody here knows."""
    if ours is None:
        return
    said = [*codes.get(source.codes, {}).values(), source.constant, source.otherwise]
    for code in said:
        if code and code not in ours:
            raise term.wrong(f"'{code}' is none of our codes. Use one of: {', '.join(ours)}.")


def _source(term: Term, codes: Codes) -> Source:
    if not term.is_mapping:
        texts = term.texts()
        constant = len(texts) == 1 and texts[0].startswith("$")
        return Source(constant=texts[0]) if constant else Source(columns=texts)
    terms = Terms(term)
    one, many, join = terms.may("column"), terms.may("columns"), terms.may("join")
    constant_term, listed, through, otherwise = (
        terms.may(name) for name in ("is", "codes", "through", "otherwise")
    )
    terms.done()
    source = Source(
        columns=one.texts() if one else many.texts() if many else (),
        join=join.texts() if join else (),
        constant=constant_term.said() if constant_term else "",
        codes=listed.one_of(codes, "code list of this contract") if listed else "",
        through=through.said() if through else "",
        otherwise=otherwise.said() if otherwise else "",
    )
    if not (source.named or source.constant):
        raise term.wrong("this names no column. Write column, columns, join or is.")
    return source
