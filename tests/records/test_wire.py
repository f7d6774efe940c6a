"""Records and involvements as bytes and back."""

from __future__ import annotations

import msgspec
import pytest

from footprint.records.dates import partial_date
from footprint.records.involvements import DutyContact, Involvement
from footprint.records.person import Address, Name, Record, RecordKey
from footprint.records.wire import involvement_bytes, involvement_from_bytes, record_bytes, record_from_bytes

RECORD = Record(
    key=RecordKey("police", "person-id", "12"),
    names=(Name(given="Łukasz", family="محمد"),),
    birth=partial_date(2015, 3),
    addresses=(Address(number="12", protected=True),),
)
INVOLVEMENT = Involvement(
    id="i1",
    record="police/person-id/12",
    code="incident",
    start="2026-03-01",
    contact=DutyContact(phone="101"),
)


def test_a_record_comes_back_as_it_went():
    assert record_from_bytes(record_bytes(RECORD)) == RECORD


def test_an_involvement_comes_back_as_it_went():
    assert involvement_from_bytes(involvement_bytes(INVOLVEMENT)) == INVOLVEMENT


def test_equal_records_are_equal_bytes_without_empty_fields():
    again = Record(
        key=RecordKey("police", "person-id", "12"),
        sex="",
        names=RECORD.names,
        addresses=RECORD.addresses,
        birth=RECORD.birth,
    )
    assert record_bytes(again) == record_bytes(RECORD)
    assert b"sex" not in record_bytes(RECORD)


@pytest.mark.parametrize("content", [b"{}", b'{"key": 1}', b"", b'{"id": "i1"}'])
def test_what_is_no_record_is_refused(content):
    with pytest.raises(msgspec.DecodeError):
        record_from_bytes(content)
