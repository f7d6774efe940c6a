"""A month of deliveries: full files every day, in which people are born, move, are corrected, and cases open and end."""

import hashlib
import json

import polars as pl
import pytest

from footprint.sample.timeline import Timeline


def test_every_day_has_every_feed_but_for_the_late_one_and_the_yearly_one(month):
    days = month.days()
    assert len(days) == 30
    assert days[-1].name == month.end.isoformat()
    for index, day in enumerate(days):
        feeds = {path.name for path in day.iterdir()}
        expected = {"police", "childrens-social-care", "schools"} | ({"acute"} if index != 9 else set())
        assert feeds == expected | ({"cin-census"} if index == 0 else set())


def manifests(town):
    for day in town.days():
        yield from ((day, path) for path in sorted(day.rglob("manifest.json")))


def test_manifests_count_and_hash_what_was_written(month):
    checked = 0
    for day, path in manifests(month):
        said = json.loads(path.read_text("utf-8"))
        assert said["as_of"] == day.name
        assert said["mode"] == "full"
        assert {file["name"] for file in said["files"]} == {file.name for file in path.parent.iterdir()} - {
            "manifest.json"
        }
        for file in said["files"]:
            data = (path.parent / file["name"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
            if file["name"].endswith(".csv"):
                assert data.count(b"\n") == file["rows"] + 1  # no field of ours has a line break
            else:
                assert data.count(b"<Pupil>") + data.count(b"<Child>") == file["rows"]
            checked += 1
    assert checked > 30 * 30


def test_the_sequence_of_each_sender_has_no_gap_even_when_a_delivery_was_late(month):
    sequences: dict[str, list[int]] = {}
    for _, path in manifests(month):
        said = json.loads(path.read_text("utf-8"))
        sequences.setdefault(f"{said['feed']} {said['sender']}", []).append(said["sequence"])
    assert len(sequences["acute acute-trust"]) == 29
    for found in sequences.values():
        assert found == list(range(1, len(found) + 1))


def test_records_stay_under_their_ids_and_new_ones_come(month):
    first, last = month.keys(0), month.keys(-1)
    told = set(month.records.select("partner", "scheme", "id").iter_rows())
    assert first <= last == told
    assert len(last) > len(first)


def test_people_move_and_some_records_change_nothing_else(month):
    """Somebody's address changes between the first day and the last, and the old one is told as old."""
    then = {row["person_id"]: row for row in month.rows("police/addresses.csv", 0) if row["kind"] == "HOME"}
    now = {row["person_id"]: row for row in month.rows("police/addresses.csv") if row["kind"] == "HOME"}
    moved = [key for key in then.keys() & now.keys() if then[key]["street"] != now[key]["street"]]
    assert moved
    unchanged = sum(then[key] == now[key] for key in then.keys() & now.keys())
    assert unchanged > 0.9 * len(then)


def test_episodes_open_and_end(month):
    def episodes(day):
        return {
            row["cine_referral_id"]: row["cine_close_date"]
            for row in month.rows("childrens-social-care/ssd_cin_episodes.csv", day)
        }

    then, now = episodes(0), episodes(-1)
    assert set(then) <= set(now)
    ended = [key for key in then if not then[key] and now[key]]
    reopened = [key for key in then if then[key] and not now[key]]
    assert ended
    assert not reopened
    assert all(month.days()[0].name <= now[key][:10] <= month.end.isoformat() for key in ended)


def test_children_are_born_within_the_month(month):
    first = month.days()[0].name
    born = month.people.filter(pl.col("date_of_birth") > pl.lit(first).str.to_date())
    known = set(month.records["person"])
    assert any(person in known for person in born["person"])


def test_events_are_told_the_day_after_and_never_before_they_happen(month):
    for index in (0, 14, 29):
        day = month.days()[index].name
        told = [row["occurred_on"] for row in month.rows("police/occurrences.csv", index)]
        latest = max(f"{on[6:]}-{on[3:5]}-{on[:2]}" for on in told)
        assert latest < day


def test_no_one_is_told_of_before_birth(month):
    for row in month.rows("acute/ae_attendances.csv"):
        person = month.person_of("acute-trust", row["patient_id"])
        assert row["arrived_at"][:10] >= person["date_of_birth"].isoformat()


def test_a_wrong_record_is_put_right_on_some_day(tmp_path):
    """Corrections are rare, so this asks for many: in a month, records lose a slip that they had."""
    from footprint.sample import rates
    from footprint.sample.dice import Dice
    from footprint.sample.partners.habits import AT_CORRECTED, TAPE, Habits
    from footprint.sample.partners.versions import versions
    from footprint.sample.world.blocks import World
    from tests.sample.conftest import END

    timeline = Timeline(END, 30)
    people = [
        person
        for block in World(1_000, 5, timeline).blocks()
        for person in block.people
        if person.birth and person.pieces is None
    ]
    dice, habits = Dice.seeded(1), Habits(rates.POLICE)
    found = []
    for person in people:
        tape = dice.tape(TAPE)
        tape[AT_CORRECTED] = 0.0
        found.append(versions(person, habits, Dice.playing(tape), timeline))
    mended = [
        told
        for told in found
        if any(set(told[0].held.slips) - {"mobile:old"})
        and not set(told[-1].held.slips) - {"mobile:old", "home:not-yet-learnt", "family:not-yet-learnt"}
    ]
    assert len(mended) > 20
    for told in found:
        assert [version.first for version in told[1:]] == [version.last + 1 for version in told[:-1]]
        assert told[-1].last == 29


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (60, None, [(None, 0, 9)]),
        (60, 30, [(30, 0, 9)]),
        (60, 5, [(None, 0, 4), (5, 5, 9)]),
        (60, 0, [(None, 0, 9)]),  # what ends on the last day is told the day after
        (3, 1, [(None, 7, 8), (1, 9, 9)]),
    ],
)  # fmt: skip
def test_an_episode_reads_as_open_until_its_end_is_known(borough, start, end, expected):
    timeline = Timeline(borough.end, 10)
    told = timeline.told(timeline.ago(start), None if end is None else timeline.ago(end))
    assert told == [(None if on is None else timeline.ago(on), first, last) for on, first, last in expected]
