"""Files as they should never come, each through the confined child: refused whole with a sentence, or read for what is
in them. None harms the parent, none leaves anything standing that was not said."""

import gzip
import zipfile
from pathlib import Path

import pytest

from footprint.feeds import generations
from footprint.feeds.confining import Reader
from footprint.feeds.receiving import check, receive
from tests.feeds.looking import records
from tests.feeds.making import (
    ACUTE_HEADER,
    acute,
    at,
    attendance,
    attendances,
    census,
    csv_text,
    pupil,
    transfer_file,
    write_manifest,
    zipped,
)

GOOD = attendances(range(1, 4))
HEADER = ",".join(ACUTE_HEADER)


@pytest.fixture(scope="module")
def reader():
    with Reader() as started:
        yield started


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


# Name, bytes of ae_attendances.csv, words of the sentence that refuses it.
REFUSED_CSV = {
    "empty": (b"", "is empty"),
    "header alone": (f"{HEADER}\n".encode(), "holds nobody"),
    "blank first line": (f"\n{GOOD}".encode(), "names no columns"),
    "NUL bytes": (changed("Amina", "Am\0ina").encode(), "NUL"),
    "random bytes": (bytes(range(1, 256)) * 40, "column"),
    "UTF-16 cut in the middle of a letter": (GOOD.encode("utf-16")[:-1], "not utf-16"),
    "UTF-16 without its mark": (GOOD.encode("utf-16-le"), "NUL"),
    "UTF-32": (GOOD.encode("utf-32"), "utf-32"),
    "a column twice": (changed("nhs_number", "patient_id").encode(), "stands twice"),
    "semicolons": (GOOD.replace(",", ";").encode(), "semicolons"),
    "tabs": (GOOD.replace(",", "\t").encode(), "tabs"),
    "upright strokes": (GOOD.replace(",", "|").encode(), "upright strokes"),
    "no id column": (changed("patient_id", "patient").replace("nhs_number", "nhs", 1).encode(), "is missing"),
    "a quotation mark never closed": (changed("Amina", '"Amina').encode(), "never closed"),
    "a quotation mark inside a field": (changed("Amina", '"Am"ina').encode(), "without being doubled"),
    "a value of 100,000 characters": (changed("Amina", "A" * 100_000).encode(), "cannot be read"),
    "600 columns": ((HEADER + "".join(f",c{n}" for n in range(600)) + "\n").encode(), "columns"),
    "a spreadsheet renamed": (b"PK\x03\x04" + GOOD.encode(), "spreadsheet"),
    "an old spreadsheet renamed": (b"\xd0\xcf\x11\xe0" + GOOD.encode(), "spreadsheet"),
    "a PDF renamed": (b"%PDF-1.7\n" + GOOD.encode(), "PDF"),
    "a gzip renamed": (gzip.compress(GOOD.encode()), "gzip"),
    "another feed's file": (b"person_id,surname\nP1,KHAN\n", "is missing"),
}

# Name, bytes, rows in, kept, words of a reason ("" for none).
READ_CSV = {
    "UTF-8 with its mark": (b"\xef\xbb\xbf" + GOOD.encode(), 3, 3, ""),
    "UTF-16 with its mark": (GOOD.encode("utf-16"), 3, 3, ""),
    "Windows-1252": (changed("Amina", "Zoë").encode("cp1252"), 3, 3, "Windows-1252"),
    "rows too short and too long": (
        GOOD.encode() + b"AE9,1\n" + b"x," * 20 + b"\n",
        5,
        3,
        "columns, the header 16",
    ),
    "cut off in a row": (GOOD.encode()[:-60], 3, 2, "columns, the header 16"),
    "mixed ends of lines": (GOOD.replace("\n", "\r\n", 2).encode(), 3, 3, ""),
    "old ends of lines": (GOOD.replace("\n", "\r").encode(), 3, 3, ""),
    "empty lines between": (GOOD.replace("\n", "\n\n").encode(), 3, 3, ""),
    "no end of line at the end": (GOOD.rstrip("\n").encode(), 3, 3, ""),
    "a header in capitals with spaces": (
        GOOD.replace(HEADER, HEADER.upper().replace(",", " , ")).encode(),
        3,
        3,
        "",
    ),
    "a column outside the contract": (
        GOOD.replace(HEADER, HEADER + ",diagnosis").replace("STREATED", "STREATED,fracture").encode(),
        3,
        3,
        "not in the contract",
    ),
    "formulas": (changed("Khan1", "=HYPERLINK(1)").encode(), 3, 3, ""),
    "a hidden direction mark": (changed("Khan1", "Khan\u202e1").encode(), 3, 3, "direction marks"),
    "narrative in a name": (changed("Khan1", "word " * 200).encode(), 3, 3, "Narrative is not taken"),
}


def receive_acute(data: Path, folder: Path, reader: Reader):
    return receive(data, "acute", [folder], at(), parse=reader.read)[0]


@pytest.mark.parametrize("name", REFUSED_CSV)
def test_a_file_that_puts_every_row_in_doubt_is_refused_whole(name, data, tmp_path, reader):
    content, words = REFUSED_CSV[name]
    receipt = receive_acute(data, acute(tmp_path / "in", content), reader)
    assert receipt.outcome == "refused"
    assert words in f"{receipt.sentence} {[finding.sentence for finding in receipt.gates]}"
    assert generations.current(data, "acute") is None


@pytest.mark.parametrize("name", READ_CSV)
def test_an_odd_file_is_read_for_what_is_in_it(name, data, tmp_path, reader):
    content, rows_in, kept, words = READ_CSV[name]
    receipt = receive_acute(data, acute(tmp_path / "in", content), reader)
    assert (receipt.outcome, receipt.rows_in, receipt.kept) == ("accepted", rows_in, kept)
    assert any(words in reason.reason for reason in receipt.reasons) if words else not receipt.reasons
    assert len(records(data, "acute")) == kept


def test_what_is_outside_the_contract_is_nowhere_afterwards(data, tmp_path, reader):
    receive_acute(data, acute(tmp_path / "in", READ_CSV["a column outside the contract"][0]), reader)
    kept = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"fracture" in content for content in kept)


def bomb(target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ae_attendances.csv", f"{HEADER}\n" + "a" * 50_000_000)


def leading_out(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../ae_attendances.csv", GOOD)


def nested(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("inner.zip", b"PK")


def link(target: Path) -> None:
    entry = zipfile.ZipInfo("ae_attendances.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(entry, "/etc/passwd")


def encrypted(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ae_attendances.csv", GOOD)
    content = bytearray(target.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    target.write_bytes(content)


def lying(target: Path) -> None:
    """The archive declares fewer bytes than it holds."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ae_attendances.csv", GOOD * 50)
    content = bytearray(target.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + place
        content[start : start + 4] = (10).to_bytes(4, "little")
    target.write_bytes(content)


def two_of_one_name(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a/ae_attendances.csv", GOOD)
        archive.writestr("b/ae_attendances.csv", GOOD)


def crowd(target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(600):
            archive.writestr(f"{number}.csv", "x")


ARCHIVES = {
    "a bomb": (bomb, "hundredfold"),
    "a path that leads out": (leading_out, "leads out"),
    "an archive in an archive": (nested, "another archive"),
    "a link": (link, "a link"),
    "encrypted": (encrypted, "encrypted"),
    "more than it declares": (lying, "damaged"),
    "two files of one name": (two_of_one_name, "same name"),
    "damaged": (lambda target: target.write_bytes(b"PK\x03\x04 not a zip"), "damaged"),
    "empty": (lambda target: zipfile.ZipFile(target, "w").close(), "empty"),
    "too many files": (crowd, "600 files"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_not_safe_is_refused_unopened(name, data, tmp_path, reader):
    make, words = ARCHIVES[name]
    make(tmp_path / "acute.zip")
    receipt = receive_acute(data, tmp_path / "acute.zip", reader)
    assert receipt.outcome == "refused"
    assert words in receipt.sentence
    assert generations.current(data, "acute") is None
    assert not (tmp_path / "ae_attendances.csv").exists()


def test_a_plain_archive_is_read_as_its_folder_would_be(data, tmp_path, reader):
    archive = zipped(acute(tmp_path / "in", GOOD), tmp_path / "acute.zip")
    assert receive_acute(data, archive, reader).kept == 3


LAUGHS = '<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE CTfile [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
ONE = pupil(1)

REFUSED_XML = {
    "entities that multiply": (
        transfer_file(pupil(1, Surname="SURNAME"), before=LAUGHS).replace("SURNAME", "&c;"),
        "entities",
    ),
    "an entity from outside": (
        transfer_file(pupil(1, Surname="SURNAME"), before=OUTSIDE).replace("SURNAME", "&passwd;"),
        "entities",
    ),
    "a document type": (
        transfer_file(ONE, before='<!DOCTYPE CTfile SYSTEM "http://example.invalid/x.dtd">'),
        "document type",
    ),
    "an empty document type": (transfer_file(ONE, before="<!DOCTYPE CTfile>"), "document type"),
    "half a file": (transfer_file(ONE * 20)[:-200], "not well-formed"),
    "another root": (transfer_file(ONE).replace("CTfile", "Message"), "first element"),
    "no XML": ("upn,name\n1,2\n", "not well-formed"),
    "elements a thousand deep": (
        transfer_file("<Pupil>" + "<x>" * 1000 + "</x>" * 1000 + "</Pupil>"),
        "deep",
    ),
    "a pupil of 30,000 elements": (transfer_file("<Pupil>" + "<x/>" * 30_000 + "</Pupil>"), "elements"),
    "a value of a million characters": (transfer_file(pupil(1, Surname="line\n" * 200_000)), "longer than"),
    "an encoding that nobody knows": (transfer_file(ONE).replace("UTF-8", "KLINGON"), "file"),
    "no school in the header": (transfer_file(ONE, lea="", estab=""), "whose file"),
    "a school of odd characters": (transfer_file(ONE, lea="../../", estab="etc"), "whose file"),
    "empty": ("", "empty"),
}


@pytest.mark.parametrize("name", REFUSED_XML)
def test_hostile_xml_is_refused_whole(name, data, tmp_path, reader):
    content, words = REFUSED_XML[name]
    (tmp_path / "3354001_ctf.xml").write_text(content, encoding="utf-8")
    receipt = receive(data, "schools", [tmp_path / "3354001_ctf.xml"], at(), parse=reader.read)[0]
    assert receipt.outcome == "refused"
    assert words in receipt.sentence
    assert generations.feeds_with_generations(data) == []


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("utf-8-sig", "UTF-8"), ("cp1252", "windows-1252")],
)
def test_xml_in_an_encoding_that_it_declares_is_read(encoding, declared, data, tmp_path, reader):
    content = transfer_file(pupil(1, Forename="Zoë")).replace("UTF-8", declared).encode(encoding)
    (tmp_path / "3354001_ctf.xml").write_bytes(content)
    receive(data, "schools", [tmp_path / "3354001_ctf.xml"], at(), parse=reader.read)
    (record,) = records(data, "schools--3354001").values()
    assert record.names[0].given == "Zoë"


def test_a_return_without_children_is_refused(data, tmp_path, reader):
    (tmp_path / "census.xml").write_text(census(""))
    assert (
        receive(data, "cin-census", [tmp_path / "census.xml"], at(), parse=reader.read)[0].outcome
        == "refused"
    )


def test_links_in_a_folder_are_not_followed(data, tmp_path, reader):
    (tmp_path / "secret.csv").write_text(csv_text(ACUTE_HEADER, [attendance(1)]))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ae_attendances.csv").symlink_to(tmp_path / "secret.csv")
    write_manifest(folder, "acute", "acute-trust")
    receipt = check(data, "acute", [folder], at(), parse=reader.read)
    assert receipt.outcome == "refused"
    assert "missing" in receipt.sentence
