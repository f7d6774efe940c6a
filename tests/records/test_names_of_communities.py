"""Two partners write one person's name: the table in `communities.py`, row by row."""

from __future__ import annotations

import pytest

from footprint.records.comparable import Comparable
from footprint.records.comparing import comparable
from footprint.records.person import Name, Record, RecordKey
from tests.records.communities import COMMUNITIES

CASES = [
    pytest.param(one, other, given, family, id=f"{community}: {one} / {other}")
    for community, rows in COMMUNITIES.items()
    for one, other, given, family in rows
]


def written(text: str) -> Comparable:
    if "|" in text:
        given, middle, family = (part.strip() for part in text.split("|"))
        name = Name(given=given, middle=middle, family=family)
    else:
        name = Name(full=text)
    return comparable(Record(key=RecordKey("police", "person", "1"), names=(name,)))


def level(one: Comparable, other: Comparable, part: str) -> str:
    ours, theirs = getattr(one, part), getattr(other, part)
    opposite = "family" if part == "given" else "given"
    if not ours or not theirs:
        return "unknown"
    shares = {
        "same": ours == theirs,
        "form": set(getattr(one, f"{part}_all")) & set(getattr(other, f"{part}_all")),
        "crossed": ours in getattr(other, f"{opposite}_all") and theirs in getattr(one, f"{opposite}_all"),
        "kin": part == "given" and set(one.given_kin) & set(other.given_kin),
        "sounds": set(getattr(one, f"{part}_codes")) & set(getattr(other, f"{part}_codes")),
    }
    return next((name for name, holds in shares.items() if holds), "apart")


@pytest.mark.parametrize(("one", "other", "given", "family"), CASES)
def test_two_spellings_of_one_person_agree_as_far_as_they_should(one, other, given, family):
    first, second = written(one), written(other)
    assert (level(first, second, "given"), level(first, second, "family")) == (given, family)
    assert (level(second, first, "given"), level(second, first, "family")) == (given, family)
