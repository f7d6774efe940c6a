"""Tables of people from elsewhere, read as they come."""

import datetime as dt

import polars as pl
import pytest

from footprint.records import foreign
from footprint.records.columns import LISTS, SCHEMA, frame_of, rows_of
from footprint.records.foreign import read_foreign
from footprint.records.foreign_dates import order_of, read_birth
from footprint.records.foreign_tables import TableError, read_rows
from footprint.records.mapping import Mapping, MappingError, load_mapping

EVERYTHING = """
record_id: id
source: agency
given_name: first
middle_name: mid
family_name: last
date_of_birth: dob
sex: gender
house_number: no
street: road
town: town
postcode: pc
place_of_birth: born_in
phone: tel
email: mail
occupation: job
identifiers: {nhs: nhs_no, soc_sec_id: ssn}
"""
ROW = {
    "id": "007",
    "agency": "police",
    "first": "Amina",
    "mid": "Jane",
    "last": "O'Khan",
    "dob": "27/04/2015",
    "gender": "female",
    "no": "12.0",
    "road": "High Street",
    "town": "Walsall",
    "pc": "ws1 1aa",
    "born_in": "Lahore",
    "tel": "07700 900123",
    "mail": "a@example.org",
    "job": "Baker",
    "nhs_no": "9434765919",
    "ssn": "0123",
    "who": "p1",
    "kind": "exact",
}


def mapping(tmp_path, text=EVERYTHING) -> Mapping:
    path = tmp_path / "MAP.yaml"
    path.write_text(text)
    return load_mapping(path)


def csv_of(tmp_path, *rows):
    path = tmp_path / "people.csv"
    pl.DataFrame(list(rows)).write_csv(path)
    return path


def test_every_field_finds_its_column(tmp_path):
    read = read_foreign(csv_of(tmp_path, ROW), mapping(tmp_path), "who", "kind")
    (row,) = rows_of(read.frame)
    assert (read.ids, read.labels, read.kinds) == (["007"], ["p1"], ["exact"])
    assert (row.given, row.middle, row.family, row.birth, row.sex) == (
        "amina",
        "jane",
        "okhan",
        "2015-04-27",
        "F",
    )
    assert (row.postcodes, row.buildings, row.streets) == (["WS11AA"], ["WS11AA|12"], ["12|high st"])
    assert (row.mobiles, row.emails) == (["+447700900123"], ["a@example.org"])
    assert (row.place_of_birth, row.occupation, row.partner) == ("lahore", "baker", "police")
    assert sorted(row.identifiers) == ["nhs:9434765919", "soc_sec_id:0123"]


def test_labels_and_ids_never_become_part_of_a_row(tmp_path):
    one = read_foreign(csv_of(tmp_path, ROW), mapping(tmp_path), "who").frame
    other = read_foreign(csv_of(tmp_path, ROW | {"who": "p2", "id": "8"}), mapping(tmp_path), "who").frame
    assert one.equals(other)


@pytest.mark.parametrize("postcode", ["2119", "10115", "K1A 0B1"])
def test_postcodes_of_other_countries_survive_with_the_homes_at_them(tmp_path, postcode):
    (row,) = rows_of(read_foreign(csv_of(tmp_path, ROW | {"pc": postcode}), mapping(tmp_path)).frame)
    where = postcode.replace(" ", "")
    assert (row.postcodes, row.residences, row.buildings) == ([where], [f"{where}||12"], [f"{where}|12"])


def test_telephones_of_other_countries_survive(tmp_path):
    (row,) = rows_of(read_foreign(csv_of(tmp_path, ROW | {"tel": "555 1234"}), mapping(tmp_path)).frame)
    assert row.landlines == ["5551234"]


def test_a_birthday_long_ago_is_no_placeholder_and_the_first_of_january_is(tmp_path):
    rows = [ROW | {"dob": "07/06/1860"}, ROW | {"dob": "01/01/1860"}]
    frame = read_foreign(csv_of(tmp_path, *rows), mapping(tmp_path)).frame
    assert frame["placeholder_birth"].to_list() == [False, True]


def test_a_name_in_one_line_and_an_address_in_one_line(tmp_path):
    text = "full_name: name\naddress: [line1, line2]\npostcode: pc\n"
    path = csv_of(
        tmp_path, {"name": "KHAN, Amina", "line1": "Flat 3,", "line2": "12 High Street", "pc": "WS1 1AA"}
    )
    (row,) = rows_of(read_foreign(path, mapping(tmp_path, text)).frame)
    assert (row.given, row.family, row.residences) == ("amina", "khan", ["WS11AA|3|12"])


def test_a_full_name_beside_its_parts_adds_the_middle_name(tmp_path):
    text = "full_name: name\ngiven_name: first\nfamily_name: last\n"
    path = csv_of(tmp_path, {"name": "William Whitehead Watts", "first": "William", "last": "Watts"})
    (row,) = rows_of(read_foreign(path, mapping(tmp_path, text)).frame)
    assert (row.given, row.middle, row.family) == ("william", "whitehead", "watts")


def test_parquet_types_are_read_as_the_text_that_they_mean(tmp_path):
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {
            "dob": [dt.date(2015, 3, 4), None],
            "number": [12.0, float("nan")],
            "nhs": [9434765919, None],
            "year": [19560427, 0],
        }
    ).write_parquet(path)
    read = read_foreign(
        path, mapping(tmp_path, "date_of_birth: dob\nhouse_number: number\nidentifiers: {nhs: nhs}\n"), "year"
    )
    first, second = rows_of(read.frame)
    assert (first.birth, first.identifiers) == ("2015-03-04", ["nhs:9434765919"])
    assert (second.birth, second.identifiers) == ("", [])
    assert read.labels == ["19560427", "0"]


ODD = {
    "a quotation mark within a field": b'first,last\nAmina "Mina" ,Khan\n',
    "another delimiter": b"first;last\nAmina;Khan\n",
    "a byte order mark": b"\xef\xbb\xbffirst,last\nAmina,Khan\n",
    "UTF-16": "first,last\nAmina,Khan\n".encode("utf-16"),
    "Windows letters": b"first,last,note\nAmina,Khan,caf\xe9\n",
    "a short row and a blank line": b"last,first,note\nKhan,Amina\n\n",
    "a long row": b"first,last\nAmina,Khan,and,more\n",
    "a NUL": b"first,last\nAm\0ina,Khan\n",
    "a line within quotes": b'note,first,last\n"one\ntwo",Amina,Khan\n',
}


@pytest.mark.parametrize("case", ODD)
def test_odd_files_are_read(tmp_path, case):
    path = tmp_path / "odd.csv"
    path.write_bytes(ODD[case])
    (row,) = rows_of(read_foreign(path, mapping(tmp_path, "given_name: first\nfamily_name: last\n")).frame)
    assert (row.given, row.family) == ("amina", "khan")


def test_two_processes_read_what_one_does(tmp_path, monkeypatch):
    rows = [ROW | {"id": str(number), "last": f"Khan{chr(97 + number % 26)}"} for number in range(40)]
    path, mapped = csv_of(tmp_path, *rows), mapping(tmp_path)
    whole = read_foreign(path, mapped)
    monkeypatch.setattr(foreign, "WORTH_A_SECOND_PROCESS", 12)
    monkeypatch.setattr(foreign, "CHUNK", 6)
    monkeypatch.setattr(foreign, "read_rows", in_small_chunks)
    divided = read_foreign(path, mapped)
    assert divided.ids == whole.ids
    assert divided.frame.equals(whole.frame)
    assert divided.frame["key"].n_unique() == 40


def in_small_chunks(path, columns):
    return read_rows(path, columns, chunk=6)


def test_a_column_that_the_table_does_not_have(tmp_path):
    path, mapped = csv_of(tmp_path, {"first": "Amina", "who": "1"}), mapping(tmp_path)
    with pytest.raises(TableError, match="has no column id, agency, mid"):
        read_foreign(path, mapped)
    (row,) = rows_of(read_foreign(path, mapped, "who", partial_table=True).frame)
    assert (row.given, row.birth) == ("amina", "")
    with pytest.raises(TableError, match="has no column nobody"):
        read_foreign(path, mapped, "nobody", partial_table=True)
    with pytest.raises(TableError, match="none of the columns"):
        read_foreign(csv_of(tmp_path, {"other": "x"}), mapped, partial_table=True)


@pytest.mark.parametrize("content", [b"", b"PAR1 but torn"])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=r"people\.csv"):
        read_foreign(path, mapping(tmp_path))


WRONG = {
    "given: first": "line 1: 'given' is no field of ours. Did you mean 'given_name'",
    "given_name: first\nsex: {a: b}": "line 2: 'sex' needs the name of a column",
    "given_name: a\ngiven_name: b": "line 2: 'given_name' stands twice",
    "identifiers: nhs": "'identifiers' needs scheme: column",
    "identifiers: {nhs: [a]}": "the identifier 'nhs' needs the name of one column",
    "- first": "says nothing that can be read",
    "given_name: [": "is not YAML",
    "": "says nothing that can be read",
    "given_name:": "needs the name of a column",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_mapping_that_cannot_be_read_says_where(tmp_path, text):
    with pytest.raises(MappingError) as error:
        mapping(tmp_path, text)
    assert WRONG[text] in str(error.value)


def test_a_mapping_that_is_not_there(tmp_path):
    with pytest.raises(MappingError, match="There is no mapping"):
        load_mapping(tmp_path / "MAP.yaml")


BIRTHS = {
    # text, order of the column -> year, month, day
    ("2015-03-04", "dmy"): (2015, 3, 4),
    ("20150304", "dmy"): (2015, 3, 4),
    ("04032015", "dmy"): (2015, 3, 4),
    ("4/3/2015", "dmy"): (2015, 3, 4),
    ("3/4/2015", "mdy"): (2015, 3, 4),
    ("13/4/2015", "mdy"): (2015, 4, 13),
    ("4 Mar 2015", "dmy"): (2015, 3, 4),
    ("2015-03-04 00:00:00", "dmy"): (2015, 3, 4),
    ("2015", "dmy"): (2015, None, None),
    ("2015-03", "dmy"): (2015, 3, None),
    ("1960-02-30", "dmy"): (1960, 2, 30),
    ("1960-13-05", "dmy"): (1960, None, 5),
}


@pytest.mark.parametrize("case", BIRTHS)
def test_birthdays_are_read_as_far_as_they_go(case):
    found = read_birth(*case)
    assert (found.year, found.month, found.day) == BIRTHS[case]


def test_parts_of_a_birthday_in_columns_of_their_own_and_none():
    found = read_birth("", "dmy", "1960", "2", "")
    assert (found.year, found.month, found.day) == (1960, 2, None)
    assert read_birth("", "dmy") is None
    assert read_birth("soon", "dmy") is None


def test_a_column_shows_which_part_comes_first():
    assert order_of(["01/02/2015", "27/03/2015", "03/28/2015", "28/03/2015"]) == "dmy"
    assert order_of(["01/02/2015", "03/27/2015"]) == "mdy"
    assert order_of(["04271960"]) == "mdy"
    assert order_of(["01/02/2015", "", "soon"]) == "dmy"


def test_comparables_come_back_from_their_frame():
    frame = frame_of([])
    assert dict(frame.schema) == SCHEMA
    assert "identifiers" in LISTS
