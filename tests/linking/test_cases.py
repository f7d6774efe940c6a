"""The evidence rule in human cases: who is joined by which rule, who is possible and no more, and who stays apart.

Each case is a place of its own; all are linked in one run. The cases follow scenarios 1 to 6 of the field notes and their
edge cases, as far as they concern records and linking; what an adopted child needs is in test_seals.py.
"""

from __future__ import annotations

import pytest

from footprint.decisions.overlay import Overlay
from footprint.linking import thresholds
from tests.linking.cases import (
    changed_names,
    generations,
    homes,
    little_known,
    numbers,
    rulings,
    spelling,
    strangers,
    twins,
)
from tests.linking.said import Found, Place, link, ruling

ROOMS = (strangers, twins, spelling, changed_names, generations, numbers, little_known, homes, rulings)
CASES = [case for room in ROOMS for case in room.CASES]
ONE_ID_EACH = ("school", "academy")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    rows, decisions = [], []
    for number, case in enumerate(CASES):
        place = Place(number)
        keys = {}
        for label, (words, more) in case.records.items():
            rows.append(place.said(*words, label=label.replace(" ", "-"), **more))
            keys[label] = rows[-1].key
        decisions += [ruling(kind, keys[one], keys[other]) for kind, one, other in case.rulings]
    # Cases share names, as strangers do; how many possible records one is shown with is not their subject.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thresholds, "MOST_POSSIBLE", 1000)
        folder = tmp_path_factory.mktemp("cases") / "run"
        return link(rows, folder, overlay=Overlay.of(decisions), unique=ONE_ID_EACH)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.title for case in CASES])
def test_case(number: int, found: Found) -> None:
    case, place = CASES[number], Place(number)
    keys = {label: place.key(words[0], label.replace(" ", "-")) for label, (words, _) in case.records.items()}
    outcomes = {pair: found.between(*(keys[label] for label in pair)) for pair in case.outcomes()}
    assert outcomes == case.outcomes()


def test_a_link_says_why(found: Found) -> None:
    """Of two Amandeep Kaurs the differences are shown beside what agrees; a dispute and a refused ruling are said."""
    place = Place([case.title for case in CASES].index(strangers.CASES[0].title))
    why = found.why(place.key("police", "victim"), place.key("police", "suspect"))
    assert why == ["same given name", "same family name", "same birthday", "no address in common"]
    place = Place([case.title for case in CASES].index(rulings.CASES[0].title))
    assert (
        found.why(place.key("council", "one"), place.key("trust", "other"))[0]
        == "a steward ruled that they are the same"
    )
    assert (
        "but: two valid different numbers"
        in found.why(place.key("police", "numbered"), place.key("school", "otherwise"))[0]
    )
    place = Place(len(CASES) - 1)
    doubted = found.why(place.key("council", "one"), place.key("trust", "other"))
    assert doubted[0] == "somebody doubts that they are one person"
