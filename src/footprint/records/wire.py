"""Records and involvements as bytes: JSON, the same bytes for the same value, fields that say nothing left out."""

from __future__ import annotations

import msgspec

from footprint.records.involvements import Involvement
from footprint.records.person import Record

# A fixed order of fields makes equal values equal bytes, so that a hash of them says whether a record changed.
_ENCODER = msgspec.json.Encoder(order="deterministic")
_RECORDS = msgspec.json.Decoder(Record)
_INVOLVEMENTS = msgspec.json.Decoder(Involvement)


def record_bytes(record: Record) -> bytes:
    """Return the record as UTF-8 JSON."""
    return _ENCODER.encode(record)


def record_from_bytes(content: bytes | str) -> Record:
    """Return the record that `record_bytes` wrote. Raises msgspec.ValidationError where the content is no record."""
    return _RECORDS.decode(content)


def involvement_bytes(involvement: Involvement) -> bytes:
    """Return the involvement as UTF-8 JSON."""
    return _ENCODER.encode(involvement)


def involvement_from_bytes(content: bytes | str) -> Involvement:
    """Return the involvement that `involvement_bytes` wrote. Raises msgspec.ValidationError where it is none."""
    return _INVOLVEMENTS.decode(content)
