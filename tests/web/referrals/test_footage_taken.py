"""A force's file of incidents and footage is taken once, corrected by a later one, and entered; what is wrong in it is told."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from footprint.ledger import LedgerError
from footprint.web.referrals.footage import services
from footprint.web.referrals.models import FilmedIncident, FootageFile
from footprint.web.referrals.taking import FileRefused
from tests.web.referrals.filming import bare, filmed, take, write

pytestmark = pytest.mark.usefixtures("november")


def test_a_file_is_taken_once_corrected_later_and_entered(site):
    site.partner("police")
    first = [filmed(1), filmed(2), bare(3, no_video="N6"), bare(4, **{"class": "BURG"})]
    taken = take(site, *first)
    assert (taken.new, taken.corrected, taken.same, taken.outside) == (3, 0, 0, 1)
    assert taken.outside_codes == ("BURG",)
    again = take(site, *first)
    assert (again.new, again.corrected, again.same) == (0, 0, 3)
    later = take(site, filmed(1, made="2026-11-26T08:00", team="Response B"))
    assert (later.new, later.corrected, later.same) == (0, 1, 0)
    late = take(site, filmed(1, made="2026-11-26T07:00", team="Response C"))
    assert late.corrected == 0
    told = FilmedIncident.objects.get(key="20126")
    assert (told.team, told.revision) == ("Response B", 2)
    tomorrow = take(site, *[row | {"made": "2026-11-26T09:00"} for row in first[1:]])
    assert (tomorrow.corrected, tomorrow.same) == (0, 2), (
        "a later extract that tells the same corrects nothing"
    )
    assert FilmedIncident.objects.count() == 3, "what a file names no more stays"
    assert FootageFile.objects.count() == 4
    entries = site.entries(action="footage-file")
    assert [entry.leaf.facts["new"] for entry in entries] == [3, 0, 0, 0]
    assert entries[0].leaf.organisation == "police"


def test_without_its_entry_nothing_is_taken(site_on_sqlite, monkeypatch):
    site_on_sqlite.partner("police")

    class Away:
        def record(self, *_, **__):
            raise LedgerError("The ledger is away.")

    monkeypatch.setattr(services, "ledger", Away)
    with pytest.raises(LedgerError):
        take(site_on_sqlite, filmed(1))
    assert not FilmedIncident.objects.exists()
    assert not FootageFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("Team\n".encode("utf-16"), "UTF-8"),
        (b"Team\n\xff\xfe\xe9", "UTF-8"),
        (b"Team\n\0", "NUL"),
        (b"Team\n", "nowhere"),
    ],
)
def test_what_is_no_such_file_is_refused_with_what_to_do(site_on_sqlite, content, what):
    site_on_sqlite.partner("police")
    path = site_on_sqlite.data / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=what) as refused:
        call_command("take_footage", path)
    assert refused.value.returncode == 4
    assert not site_on_sqlite.entries(action="footage-file")


def test_a_file_too_large_missing_or_of_a_partner_that_is_not_there_is_refused(site_on_sqlite, monkeypatch):
    path = write(site_on_sqlite.data / "one.csv", [filmed(1)])
    for wrong, what in ((path, "has none of this code"), (path.with_name("none.csv"), "cannot be read")):
        with pytest.raises(FileRefused, match=what):
            services.take_file(wrong)
    monkeypatch.setattr(services, "LARGEST", 10)
    with pytest.raises(FileRefused, match="larger"):
        services.take_file(path)
    with pytest.raises(FileRefused, match="--contract"):
        services.take_file(path, "another")


def test_the_command_takes_what_is_sound_and_names_the_rest(site_on_sqlite, capsys):
    site_on_sqlite.partner("police")
    path = write(site_on_sqlite.data / "some.csv", [filmed(1), filmed(2, at="yesterday")])
    with pytest.raises(CommandError, match="1 fault; all else is taken") as told:
        call_command("take_footage", path)
    assert told.value.returncode == 8
    printed = capsys.readouterr().out
    assert "1 incidents new" in printed
    assert "line 3, Incident time: this is no date with a time" in printed
    with pytest.raises(CommandError):
        call_command("take_footage", path, json=True)
    assert '"column": "Incident time"' in capsys.readouterr().out
    write(path, [filmed(2, at="yesterday")])
    with pytest.raises(CommandError, match="No row of the file can be taken"):
        call_command("take_footage", path)


@pytest.mark.parametrize(("command", "handed"), [("footage", "take_footage"), ("take", "take_referrals")])
def test_the_command_line_hands_the_file_to_the_site(tmp_path, monkeypatch, command, handed):
    from footprint.cli import taking
    from tests.cli.conftest import footprint

    ran = []
    monkeypatch.setattr(taking.subprocess, "run", lambda line, env, check: ran.append((line, env)) or _Done())
    told = footprint(tmp_path, "referrals", command, "day.csv", "--contract", "bwv-csv", "--json")
    assert told.code == 8
    ((line, env),) = ran
    assert line[2:] == [
        "footprint.web",
        handed,
        "--contract",
        "bwv-csv",
        "--json",
        "--",
        str(Path("day.csv").absolute()),
    ]
    assert env["FOOTPRINT_DATA"] == str(tmp_path.absolute())


class _Done:
    returncode = 8
