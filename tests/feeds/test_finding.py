"""Which deliveries lie in what somebody names on the command line."""

import pytest

from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.finding import waves
from footprint.feeds.receiving import check
from footprint.feeds.refusing import RefusedError
from tests.feeds.making import acute, at, attendances, police, pupil, school, transfer_file, zipped

CONTRACTS = load_contracts()


def day(folder):
    """A day's folder as partners' gateways fill it: feed by feed, and a folder for each school."""
    acute(folder / "acute", attendances([1]))
    police(folder / "police", {"persons.csv": "person_id\nP1\n"})
    for estab in ("4001", "4002"):
        laestab = f"335{estab}"
        school(folder / "schools" / laestab, transfer_file(pupil(1), estab=estab), laestab=laestab)
    return folder


def names(found):
    return [[(one.contract.feed, one.paths[0].name) for one in wave] for wave in found]


TODAY = [("acute", "acute"), ("police", "police"), ("schools", "3354001"), ("schools", "3354002")]


def test_a_days_folder_is_one_wave_of_every_feed_in_it(tmp_path):
    assert names(waves([day(tmp_path / "2026-11-23")], CONTRACTS)) == [TODAY]


def test_days_side_by_side_follow_each_other(tmp_path):
    for name in ("2026-11-23", "2026-11-22", "notes"):
        (tmp_path / name).mkdir()
    day(tmp_path / "2026-11-23")
    day(tmp_path / "2026-11-22")
    assert names(waves([tmp_path], CONTRACTS)) == [TODAY, TODAY]


def test_one_delivery_by_its_folder_its_manifest_or_its_archive(tmp_path):
    folder = acute(tmp_path / "whatever", attendances([1]))
    archive = zipped(folder, tmp_path / "acute-2026-11-23.zip")
    plain = tmp_path / "acute"
    plain.mkdir()
    (plain / "ae_attendances.csv").write_text(attendances([1]))
    for path in (folder, archive, plain):
        ((found,),) = waves([path], CONTRACTS)
        assert (found.contract.feed, found.paths) == ("acute", (path,))


def test_files_named_one_by_one_are_one_delivery_of_the_feed_that_is_said(tmp_path):
    folder = police(tmp_path / "in", {"persons.csv": "person_id\nP1\n", "aliases.csv": "person_id\nP1\n"})
    files = [folder / "persons.csv", folder / "aliases.csv"]
    ((found,),) = waves(files, CONTRACTS, "police")
    assert found.paths == tuple(files)


def test_a_schools_folder_alone_gives_each_school(tmp_path):
    day(tmp_path)
    assert names(waves([tmp_path / "schools"], CONTRACTS)) == [TODAY[2:]]
    assert names(waves([tmp_path / "schools" / "3354001"], CONTRACTS)) == [TODAY[2:3]]


@pytest.mark.parametrize(
    ("make", "feed", "words"),
    [
        (lambda folder: folder / "none", "", "nothing at"),
        (lambda folder: folder, "", "No delivery was found"),
        (lambda folder: folder, "fire", "no feed 'fire'"),
        (lambda folder: (folder / "x.csv", (folder / "x.csv").write_text("a"))[0], "", "Say it with --feed"),
    ],
)
def test_what_cannot_be_found_is_told(make, feed, words, tmp_path):
    with pytest.raises(RefusedError, match=words):
        waves([make(tmp_path)], CONTRACTS, feed)


def test_check_takes_one_delivery_at_a_time_and_touches_nothing(data, tmp_path):
    with pytest.raises(RefusedError, match="4 deliveries"):
        check(data, "", [day(tmp_path / "day")], at())
    receipt = check(data, "acute", [tmp_path / "day" / "acute"], at())
    assert (receipt.outcome, receipt.kept) == ("accepted", 1)
    assert not data.exists()


def test_a_file_under_another_name_is_known_by_its_columns_and_told_so(data, tmp_path):
    (tmp_path / "extract (3).csv").write_text(attendances([1, 2]))
    receipt = check(data, "acute", [tmp_path / "extract (3).csv"], at())
    assert (receipt.outcome, receipt.kept) == ("accepted", 2)
    assert any("Give it that name" in reason.reason for reason in receipt.reasons)


def test_a_delivery_without_its_main_file_is_refused(data, tmp_path):
    folder = police(tmp_path / "in", {"aliases.csv": "person_id,surname\nP1,ALI\n"})
    receipt = check(data, "police", [folder], at())
    assert (receipt.outcome, "persons.csv" in receipt.sentence) == ("refused", True)


def test_a_file_that_nobody_agreed_is_named_and_not_taken(data, tmp_path):
    folder = acute(tmp_path / "in", attendances([1]))
    (folder / "notes.txt").write_text("he said, she said")
    receipt = check(data, "acute", [folder], at())
    assert [(one.file, one.kind) for one in receipt.reasons] == [("notes.txt", "not taken")]
