"""Which records are chosen before, for whoever says "this is not them": where it is plain, and nowhere else."""

import pytest

from footprint.answer.values import Footprint, PartnerAnswer, Said, Stated, Statement
from footprint.records import DutyContact
from footprint.web.identity.presenters.doubting import suggested


def footprint(partners, **stated):
    """A footprint of partners with their records, and fields as {value: records}."""
    return Footprint(
        person_id="p",
        standing="open",
        sentence="",
        ring=DutyContact(),
        name="Amandeep Kaur",
        birth="",
        age="",
        day="2026-11-20",
        shown_from="2025-11-20",
        snapshot="s",
        workers=(),
        partners=tuple(partner(name, records.split()) for name, records in partners.items()),
        stated=tuple(
            Stated(field=field, conflict=True, statements=tuple(said(*one) for one in values.items()))
            for field, values in stated.items()
        ),
        relatives=(),
        links=(),
        possible=(),
    )


def partner(name, records):
    return PartnerAnswer(
        partner=name,
        name=name,
        sector=name,
        as_of="2026-11-20",
        state="fresh",
        freshness="",
        says="",
        duty=DutyContact(),
        involvements=(),
        records=tuple(records),
        not_reported_since="",
    )


def said(value, records):
    return Statement(
        value=value,
        use="",
        said_by=tuple(Said(partner="", name="", record=one, on="") for one in records.split()),
    )


@pytest.mark.parametrize(
    ("partners", "stated", "chosen"),
    [
        ({"police": "A"}, {}, ()),
        ({"police": "A", "acute": "B"}, {}, ("B",)),
        ({"police": "A B"}, {}, ("B",)),
        ({"police": "A B", "acute": "C"}, {}, ()),
        ({"police": "A B", "acute": "C"}, {"birth": {"1991": "A C", "1992": "B"}}, ("B",)),
        ({"police": "A B", "acute": "C"}, {"home": {"Elm": "B", "Mill": "A C"}}, ("B",)),
        ({"police": "A B", "acute": "C D"}, {"home": {"Elm": "A B", "Mill": "C D"}}, ()),
        ({"police": "A B", "acute": "C"}, {"home": {"Elm": "B C", "Mill": "A C"}}, ()),
        ({"police": "A B", "acute": "C"}, {"home": {"Elm": "A", "Mill": "B", "Oak": "C"}}, ()),
        (
            {"police": "A B", "acute": "C"},
            {"home": {"Elm": "A", "Mill": "B C"}, "birth": {"1991": "A C", "1992": "B"}},
            ("B",),
        ),
    ],
)
def test_what_stands_alone_against_the_others_is_chosen(partners, stated, chosen):
    assert suggested(footprint(partners, **stated)) == chosen
