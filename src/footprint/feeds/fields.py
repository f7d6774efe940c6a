"""The fields that a contract may fill, section by section: the words on the left of `field: column`.

Dotted fields carry a choice in their name: name.alias.family, identifier.nhs, ethnicity.dfe, other.person-id. This is
the vocabulary only; `saying` puts the values where they belong.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from footprint.records.codes import NAME_USES

_PARTS: Final = "given|middle|family|full|title"
_WORD: Final = r"[a-z0-9][a-z0-9+-]*"
_CONTACT: Final = ("worker", "team", "phone", "hours", "fallback")

#: Section -> (plain fields, patterns of dotted fields with an example of each).
FIELDS: Final[dict[str, tuple[tuple[str, ...], dict[str, str]]]] = {
    "person": (
        ("birth", "expected", "death", "sex", "place_of_birth", "occupation", "protected"),
        {
            "name.family": rf"name\.(?:(?:{'|'.join(NAME_USES)})\.)?(?:{_PARTS})",
            "identifier.nhs": rf"identifier\.{_WORD}",
            "ethnicity.dfe": rf"ethnicity\.{_WORD}(?:\.observed)?",
            "contact.mobile": r"contact\.(?:mobile|landline|email|phone)",
            "setting.school": r"setting\.(?:school|gp)",
        },
    ),
    "address": (
        (
            "flat", "building", "number", "street", "locality", "town", "postcode", "uprn", "use", "start", "end",
            "protected", "line_1", "line_2", "line_3", "line_4", "json",
        ),
        {},
    ),
    "identifier": (("scheme", "value", "start", "end"), {}),
    "relationship": (
        ("kind", "given", "middle", "family", "full", "title", "phone", "start", "end"),
        {"other.person-id": rf"other\.{_WORD}"},
    ),
    "setting": (("kind", "code", "name", "start", "end"), {}),
    "group": (("id", "kind"), {}),
    "lookup": (("id",), {"name": r"[a-z_]+"}),
    "duty": (_CONTACT, {}),
    "involvement": (("code", "reference", "start", "end", "role", "site", *_CONTACT), {}),
    "header": (("instance", "name", "urn", "as_of"), {}),
}  # fmt: skip

#: The fields without which a section says nothing.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "identifier": ("scheme", "value"),
    "relationship": ("kind",),
    "setting": ("kind", "code"),
    "group": ("id", "kind"),
    "lookup": ("id",),
    "involvement": ("code", "start"),
}


def what_is_wrong(section: str, field: str) -> str:
    """Return an empty string when `section` has a field of that name, else a sentence with the nearest that it has."""
    plain, dotted = FIELDS[section]
    if field in plain or any(re.fullmatch(pattern, field) for pattern in dotted.values()):
        return ""
    known = [*plain, *dotted]
    near = difflib.get_close_matches(field, known, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Fields are: {', '.join(known)}."
    return f"'{field}' is no field of {section}. {hint}"
