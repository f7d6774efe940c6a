"""What cannot be told apart in a file is told by its line, never repeated, and keeps nothing else out."""

import csv
import json

import pytest

from footprint.referrals.import_trees import UnreadableError
from footprint.referrals.importing import LONGEST, import_file
from tests.referrals.imported import JSON, ROW, TABLE, TWO, XML, table, taken, unread


@pytest.mark.parametrize(
    ("content", "source", "what"),
    [
        (b"", TABLE, "no header"),
        (b'"Form ref', TABLE, "no header"),
        (b"Form ref,Nature of concern\n", TWO, "No referral was found"),
        (b"{", JSON, "no whole JSON"),
        (b"[]", JSON, "No referral was found"),
        (b'{"other": 1}', JSON, "No referral was found"),
        (b'{"contacts": [{"contactId": "\\ud800"}]}', JSON, "no whole JSON"),
        (b"[" * 30 + b"]" * 30, JSON, "nests deeper"),
        (b"[" * 100_000, JSON, "no whole JSON"),
        (b"Kein Formular, nur ein Brief.", XML, "no whole XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', XML, "DOCTYPE"),
        (b"<a>" * 30 + b"</a>" * 30, XML, "nests deeper"),
        (b'<?xml version="1.0" encoding="none"?><a/>', XML, "no whole XML"),
        (b"caf\xe9", JSON, "no whole JSON"),
    ],
)
def test_a_file_that_cannot_be_told_apart_is_refused_with_what_to_do(content, source, what):
    with pytest.raises(UnreadableError, match=what) as refused:
        import_file(content, source)
    assert "Brief" not in str(refused.value)


def test_a_table_whose_header_lacks_a_column_is_refused_whole_and_the_column_named():
    whole = table(ROW | {"Form ref": "M/1"})
    for before, after, lacks in (
        (b"IMMEDIATE  danger", b"Danger immediate", "reads: Immediate danger. Nothing"),
        (b"Child DOB", b"Birthday", "reads: Child DOB. Nothing"),
        (b"Form ref", b"Number", "reads: Form ref. Nothing"),
    ):
        with pytest.raises(UnreadableError, match=lacks) as refused:
            import_file(whole.replace(before, after), TABLE)
        assert after.decode() not in str(refused.value), "what the file says is not repeated"
    with pytest.raises(UnreadableError, match="parted by another sign"):
        import_file(whole.replace(b",", b";"), TABLE)
    assert not import_file(whole, TABLE).faults


@pytest.mark.parametrize(
    ("content", "source", "lacks"),
    [
        (b'{"contacts": [{"contactId": 1, "dangerNow": true}]}', JSON, "immediateRisk"),
        (b'{"immediateRisk": true, "contacts": [{"contactId": 1}]}', JSON, "immediateRisk"),
        (
            b"<Referrals><Referral><Reference>1</Reference><Risk>Y</Risk></Referral></Referrals>",
            XML,
            "Danger",
        ),
    ],
)
def test_a_file_of_which_no_form_names_danger_is_refused_whole_and_the_place_named(content, source, lacks):
    with pytest.raises(UnreadableError, match=f"reads of danger: {lacks}. Nothing was taken") as refused:
        import_file(content, source)
    assert "dangerNow" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b'{"contacts": [{"contactId": 1, "immediateRisk": null}, {"contactId": 2}]}', JSON),
        (b'{"contacts": [{"contactId": 2}, {"contactId": 1, "IMMEDIATERISK ": {}}]}', JSON),
        (b'<Referrals><Referral Address="A"><Danger/></Referral><Referral Address="B"/></Referrals>', XML),
        (b'<Referrals><Referral Reference="1" Danger=""/><Referral Reference="2"/></Referrals>', XML),
    ],
)
def test_one_form_that_names_danger_is_enough_though_it_says_nothing_of_it(content, source):
    found = taken(content, source)
    assert [(one.referral.safety.danger_now, one.referral.rouses) for one in found] == [(None, False)] * 2


@pytest.mark.parametrize(
    ("rest", "line", "what"),
    [
        (b"M/2,He said", 3, "ends within this line"),
        (b"M/2\n", 3, "fewer columns"),
        (b'M/2,"He said\nM/3,she\n', 4, "cannot be told apart"),
        (b'M/2,"He" said\nM/3,she\n', 3, "cannot be told apart"),
        (b"M/2," + b"x" * 140_000 + b"\n", 3, "cannot be told apart"),
        (b"M/2," + b"x" * 70_000 + b"\n" + (b"M/2," + b"y" * 70_000 + b"\n") * 2, 3, ""),
    ],
)
def test_a_row_that_cannot_be_told_apart_is_told_by_its_line_and_the_others_are_taken(rest, line, what):
    read = import_file(b"Form ref,Nature of concern\nM/1,Nobody has fed them\n" + rest, TWO)
    assert read.referrals[0].referral.concern.wrong == "Nobody has fed them"
    assert [one.line for one in read.faults] == ([line] if what else [])
    assert all(what in one.says and "said" not in one.says.split() for one in read.faults)


def test_a_referral_longer_than_any_is_told_by_its_place():
    long = {"contactId": 2, "summary": "x" * LONGEST}
    short = {"contactId": 1, "immediateRisk": None}
    read = import_file(json.dumps({"contacts": [short, long]}).encode(), JSON)
    assert [one.referral.imported.reference for one in read.referrals] == ["1"]
    assert [(fault.line, "longer than any" in fault.says) for fault in read.faults] == [(2, True)]


def test_a_name_with_a_nul_is_taken_without_it():
    ada = {"contactId": 1, "immediateRisk": False, "children": [{"givenName": "A\0da"}]}
    (found,) = taken(json.dumps({"contacts": [ada]}).encode(), JSON)
    assert found.referral.children[0].name == "A\ufffdda"


def test_a_file_of_two_encodings_is_refused_and_a_letter_that_was_lost_before_is_said():
    head = b"Form ref,Nature of concern\n"
    for rest in (b"M/1,Zo\xc3\xab and Ren\xe9\n", b"M/1,Zo\x81\n"):
        with pytest.raises(UnreadableError, match="two encodings"):
            import_file(head + rest, TWO)
    for rest in (b"M/1,Zo\xeb \x96 \x93caf\xe9\x94\n", "M/1,Zoë – “café”\n".encode()):
        (found,) = taken(head + rest, TWO)
        assert (found.referral.concern.wrong, unread(found)) == ("Zoë – “café”", [])
    (found,) = taken(head + "M/1,Zo\ufffd\n".encode(), TWO)
    assert unread(found) == [("nature of concern", "Zo\ufffd")]


def test_what_another_reader_left_as_its_limit_is_not_ours():
    before = csv.field_size_limit(1_000)
    try:
        read = import_file(b"Form ref,Nature of concern\nM/1," + b"x" * 2_000 + b"\n", TWO)
    finally:
        csv.field_size_limit(before)
    assert not read.faults
