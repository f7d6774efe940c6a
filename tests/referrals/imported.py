"""Files of other systems in tests: the shipped contracts, a table as bytes, and what was taken of a file."""

import csv
import io

from footprint.referrals.import_contract import ImportContract, load_contracts
from footprint.referrals.import_trees import plain
from footprint.referrals.importing import import_file
from footprint.referrals.reading import read

CONTRACTS = load_contracts()
TABLE, JSON, XML = CONTRACTS["emarf-csv"], CONTRACTS["emarf-json"], CONTRACTS["emarf-xml"]
HEAD = "title: T\nsince: 2026-09-01\nsource: s\nverified: false\nname: n\npartner: police\n"


def contract(text):
    return read(HEAD + text, ImportContract, "own.yaml")


#: A table of two columns.
TWO = contract("format: csv\nreference: Form ref\nfields: {concern.wrong: Nature of concern}")


def taken(content, source):
    read = import_file(content, source)
    assert read.faults == ()
    return read.referrals


def unread(found):
    return [(one.where, one.text) for one in found.referral.imported.unread]


def table(*rows):
    """The rows under a header with all columns of the contract."""
    stream = io.StringIO()
    named = list(dict.fromkeys(name for row in rows for name in row))
    there = set(map(plain, named))
    writer = csv.DictWriter(stream, named + [name for name in TABLE.columns if plain(name) not in there])
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


ROW = {
    "Form ref": "M/1",
    "Address of concern": "12 Alder Road",
    "Nature of concern": "Nobody has fed them",
    "IMMEDIATE  danger": "IMM",
    "Parents informed": "N",
    "Reason not informed": "R1",
    "Officer rank": "PC",
    "Officer name": "Whitlock",
    "BWV ref": "AX-9",
    "Child forenames": "Ada",
    "Child surname": "Quist",
    "Child other names": "Addie; A. Bell",
    "Child DOB": "2/4/2017",
    "Child sex": "F",
    "Child school": "Not known",
    "Aware words": "I hid",
    "Seen alone": "yes",
    "Parent name": "Mara Quist",
    "Parent relationship": "Mother",
    "Print date": "26/11/2026",
}
