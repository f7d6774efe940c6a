"""The words of the house as values: records, names, dates, addresses, identifiers, involvements, relationships.

This room knows nothing of files, engines, policies or pages, and imports no other room.
"""

from footprint.records.comparable import Comparable
from footprint.records.dates import PartialDate, partial_date
from footprint.records.involvements import DutyContact, Involvement
from footprint.records.person import (
    Address,
    ContactPoint,
    Ethnicity,
    Identifier,
    Name,
    Record,
    RecordKey,
    Relationship,
    Setting,
)

__all__ = [
    "Address",
    "Comparable",
    "ContactPoint",
    "DutyContact",
    "Ethnicity",
    "Identifier",
    "Involvement",
    "Name",
    "PartialDate",
    "Record",
    "RecordKey",
    "Relationship",
    "Setting",
    "partial_date",
]
