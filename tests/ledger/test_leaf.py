"""The form of an entry is for ever: version 1 is held to bytes that were written once."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.ledger import Event
from footprint.ledger.clock import Reading
from footprint.ledger.leaf import Sealed, leaf_of, read_leaf, write_leaf
from footprint.ledger.verifier.history import canonical, read_time
from footprint.ledger.verifier.packs import receipt_number
from footprint.ledger.verifier.tree import leaf_hash

READING = Reading(dt.datetime(2026, 11, 23, 7, 15, 0, 123, tzinfo=dt.UTC), "0badc0de", 5_000)
EVENT = Event(
    kind="intent",
    action="search",
    actor="user-17",
    role="duty-worker",
    organisation="borough-council",
    partnership="borough",
    purpose="section-47",
    legal_basis="children-act-1989-s47",
    case="C-1042/Ñ",
    subjects=("P2", "P1"),
    shown=("P3",),
    facts={"snapshot": "20261123T071500Z-ab12cd34", "rows": 3, "late": False, "none": None},
    event_id="00112233445566778899aabbccddeeff",
)
WRITTEN = (
    '{"action":"search","actor":"user-17","boot":"0badc0de","case":"C-1042/Ñ","count":1,'
    '"event":"00112233445566778899aabbccddeeff",'
    '"facts":{"late":false,"none":null,"rows":3,"snapshot":"20261123T071500Z-ab12cd34"},"intent":null,'
    '"kind":"intent","legal_basis":"children-act-1989-s47","occurred":null,"organisation":"borough-council",'
    '"partnership":"borough","personal":{"key":"k1","values":{"terms":"AAAA"}},"policy_rule":null,'
    '"policy_version":null,"purpose":"section-47","query":"ff00","role":"duty-worker","sequence":41,'
    '"shown":["P3"],"subjects":["P2","P1"],"time":"2026-11-23T07:15:00.000123Z","uptime_ms":5000,"version":1}'
)


def leaf():
    return leaf_of(EVENT, 41, READING, "ff00", Sealed("k1", {"terms": "AAAA"}))


def test_version_1_is_spelt_as_it_was_when_the_first_entry_was_made():
    assert write_leaf(leaf()).decode() == WRITTEN


def test_the_receipt_names_the_entry_and_its_hash():
    assert receipt_number(41, leaf_hash(WRITTEN.encode())) == "41-GVQYJFXS"


def test_what_was_written_is_read_back():
    assert read_leaf(WRITTEN.encode()) == leaf()
    assert leaf().concerned == ("P1", "P2", "P3")


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(max_size=3)),
    )
)
def test_there_is_one_spelling(value):
    spelt = canonical(value)
    assert json.loads(spelt) == value
    assert canonical(json.loads(spelt)) == spelt
    assert canonical(dict(reversed(value.items()))) == spelt


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T07:15:00Z",
        "2026-11-23T07:15:00.000000+00",
        "2026-13-23T07:15:00.000000Z",
        "2026-11-23",
        "",
    ],
)
def test_a_time_in_another_form_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_time(text)
