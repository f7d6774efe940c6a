"""Small deliveries in partners' own formats, written by hand for the tests: who is in them is plain to see."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = dt.date(2026, 11, 23)

ACUTE_HEADER = (
    "attendance_id,patient_id,nhs_number,family_name,given_name,date_of_birth,sex,address_1,address_2,address_3,"
    "postcode,telephone,gp_practice,arrived_at,site,disposal"
).split(",")
PERSONS_HEADER = (
    "person_id,pnc_id,surname,forename1,forename2,dob,sex,ethnicity_self,ethnicity_ic,nhs_number,mobile,landline,email,protected"
).split(",")
OCCURRENCES_HEADER = "occurrence_ref,person_id,role,category,occurred_on,team".split(",")


def at(day: dt.date = DAY, hour: int = 9) -> dt.datetime:
    """The morning of a day, here."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)


def csv_text(header: list[str], rows: list[list[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([header, *rows])
    return stream.getvalue()


def attendance(number: int, **said: str) -> list[str]:
    """A row of one patient's attendance; `said` replaces columns."""
    row = {
        "attendance_id": f"AE{number:05}",
        "patient_id": f"{70000 + number}",
        "nhs_number": "",
        "family_name": f"Khan{number}",
        "given_name": "Amina",
        "date_of_birth": f"20{10 + number % 10}-03-0{1 + number % 9}",
        "sex": "2",
        "address_1": f"{number} High Street",
        "address_2": "Walsall",
        "address_3": "",
        "postcode": "WS1 1AA",
        "telephone": "01632 960123",
        "gp_practice": "Y90001",
        "arrived_at": "2026-10-25T19:50:00",
        "site": "RZZ01",
        "disposal": "STREATED",
    }
    return list({**row, **said}.values())


def attendances(numbers, **said: str) -> str:
    return csv_text(ACUTE_HEADER, [attendance(number, **said) for number in numbers])


def acute(
    folder: Path, text: str | bytes, *, day: dt.date = DAY, sequence: int | None = 1, **manifest
) -> Path:
    """A delivery of the acute feed with a manifest that is true unless `manifest` says otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    content = text.encode() if isinstance(text, str) else text
    (folder / "ae_attendances.csv").write_bytes(content)
    write_manifest(folder, "acute", "acute-trust", day=day, sequence=sequence, **manifest)
    return folder


def police(
    folder: Path, files: dict[str, str], *, day: dt.date = DAY, sequence: int | None = 1, **manifest
) -> Path:
    """A delivery of the police feed: file name -> text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_manifest(folder, "police", "police", day=day, sequence=sequence, **manifest)
    return folder


def write_manifest(
    folder: Path, feed: str, sender: str, *, day: dt.date = DAY, sequence: int | None = 1, **other
) -> None:
    files = [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    ]
    said = {"feed": feed, "sender": sender, "as_of": day.isoformat(), "mode": "full", "files": files}
    if sequence is not None:
        said["sequence"] = sequence
    (folder / "manifest.json").write_text(json.dumps({**said, **other}))


def pupil(number: int, **said: str) -> str:
    """A pupil in the first dialect; `said` replaces elements by name, an empty text leaves one out."""
    parts = {
        "UPN": "",
        "AdmissionNumber": f"{43000 + number}",
        "Surname": f"Ward{number}",
        "Forename": "Lizzie",
        "DOB": "2015-12-10",
        "Gender": "F",
        **said,
    }
    return (
        "<Pupil>"
        + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items() if text)
        + "</Pupil>"
    )


def transfer_file(pupils: str, *, lea: str = "335", estab: str = "4001", before: str = "") -> str:
    """A Common Transfer File of one school."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<CTfile><Header><DateTime>2026-11-23T05:30:00</DateTime>'
        f"<SourceSchool><LEA>{lea}</LEA><Estab>{estab}</Estab><URN>900001</URN><SchoolName>Alder Primary</SchoolName>"
        f"</SourceSchool></Header><CTFpupilData>\n{pupils}\n</CTFpupilData></CTfile>"
    )


def school(
    folder: Path, ctf: str | bytes, *, sequence: int | None = 1, laestab: str = "3354001", **files: str
) -> Path:
    """A school's delivery; `files` by their ending (attendance, exclusions, school)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{laestab}_ctf.xml").write_bytes(ctf.encode() if isinstance(ctf, str) else ctf)
    for name, text in files.items():
        (folder / f"{laestab}_{name}.csv").write_text(text, encoding="utf-8")
    write_manifest(folder, "schools", f"school-{laestab}", sequence=sequence)
    return folder


def census(
    children: str, *, year: str = "2026", reference: str = "2026-03-31", made: str = "2026-05-20"
) -> str:
    """A Children in Need return."""
    return (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{reference}</ReferenceDate></CollectionDetails>"
        f"<Source><DateTime>{made}T09:00:00</DateTime></Source></Header>\n<Children>\n{children}\n</Children></Message>"
    )


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return target
