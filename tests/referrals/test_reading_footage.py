"""A force's file of incidents and recordings: what is taken of it, what is told, and what stands whatever came first."""

import csv
import datetime as dt
import io
import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.referrals import dipping, filmed
from footprint.referrals.footage_contract import FIELDS, load_footage_contracts
from footprint.referrals.measures import MEASURES, Asked, measured, packaged_measuring
from footprint.referrals.reading import ChoiceError
from footprint.referrals.reading_footage import FootageUnreadable, read_footage

CONTRACT = load_footage_contracts()["bwv-csv"]
CHOICES = packaged_measuring()
GUIDE = (Path(__file__).parents[2] / "docs" / "footage.md").read_text()
NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
HEAD = [CONTRACT.column(field).column for field in FIELDS]
ROW = {
    "made": "2026-11-26T06:00",
    "incident": "20/1/26",
    "class": "CAN",
    "team": "Response A",
    "at": "2026-11-25T21:40",
    "arrived": "2026-11-25T21:50",
    "children": "1",
    "asset": "BWV-1",
    "started": "2026-11-25T21:50:30",
    "ended": "2026-11-25T22:10",
    "kept": "no",
}


def text(*rows, end="\n"):
    """A file: each row is ROW with what is said otherwise."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    for said in rows:
        writer.writerow([(ROW | said).get(field, "") for field in FIELDS])
    return written.getvalue().rstrip("\n") + end


def read(*rows, **more):
    return read_footage(text(*rows, **more), CONTRACT, NOW)


def stands(*files):
    """The incident that stands after files, each a list of rows."""
    found = None
    for rows in files:
        found = filmed.with_rows(found, read(*rows).rows)
    return filmed.as_incident(found)


def test_a_row_says_an_incident_and_its_recording():
    one = stands([{"kept": "26/11/2026 01:00", "child_heard": "YES"}])
    assert (one.kind, one.team, one.children, one.child_heard, one.sampled) == (
        "child-abuse", "Response A", 1, True, False,
    )  # fmt: skip
    (recording,) = one.recordings
    assert recording.asset == "BWV-1"
    assert recording.started == dt.datetime(2026, 11, 25, 21, 50, 30, tzinfo=dt.UTC)
    assert recording.kept == dt.datetime(2026, 11, 26, 1, tzinfo=dt.UTC)


def test_an_incident_without_a_recording_has_its_reason():
    bare = dict.fromkeys(("asset", "started", "ended", "kept"), "") | {"no_video": "N6"}
    assert stands([bare]).no_video == "forgot"
    assert stands([bare]).recordings == ()


@pytest.mark.parametrize(
    ("said", "column", "what"),
    [
        ({"incident": ""}, "Incident ref", "needed"),
        ({"incident": "Mother rang, he had hit her again"}, "Incident ref", "no reference"),
        ({"incident": "20/1/26\n<script>"}, "Incident ref", "no reference"),
        ({"class": "x" * 41}, "Class", "no code"),
        ({"team": "=cmd()"}, "Team", "no team's name"),
        ({"at": "25/11/2026"}, "Incident time", "with a time"),
        ({"at": "2026-13-40T10:00"}, "Incident time", "DD/MM/YYYY"),
        ({"at": "0001-01-01T00:00+23:00"}, "Incident time", "year"),
        ({"at": "2026-11-27T21:00"}, "Incident time", "future"),
        ({"made": "2026-11-27T06:00"}, "Extract made", "future"),
    ],
)
def test_a_row_whose_incident_cannot_be_read_is_told_and_not_taken(said, column, what):
    found = read(said, {"incident": "20/2/26"})
    assert [row.reference for row in found.rows] == ["20/2/26"]
    (fault,) = found.faults
    assert (fault.column, what in fault.says) == (column, True), fault
    for value in said.values():
        assert not value or value not in fault.says, "what stood there is not repeated"


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"asset": "https://video.example/1?key=2"}, "Asset"),
        ({"asset": ""}, "Asset"),
        ({"started": ""}, "Start"),
        ({"ended": "2026-11-25T21:00"}, "End"),
        ({"ended": "2026-11-26T23:50"}, "End"),
    ],
)
def test_of_a_recording_that_cannot_be_read_the_incident_is_taken(said, column):
    found = read(said)
    assert [(row.reference, row.asset) for row in found.rows] == [("20/1/26", "")]
    assert [fault.column for fault in found.faults] == [column]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"arrived": "soon"}, "First on scene"),
        ({"children": "two"}, "Children listed"),
        ({"children": "-1"}, "Children listed"),
        ({"children": "9" * 99}, "Children listed"),
        ({"children": "0" * 9 + "5"}, "Children listed"),
        ({"no_video": "because"}, "No video"),
        ({"child_heard": "perhaps"}, "Child account"),
    ],
)
def test_of_an_extra_that_cannot_be_read_the_rest_is_taken(said, column):
    found = read(said)
    assert [row.asset for row in found.rows] == ["BWV-1"]
    assert [fault.column for fault in found.faults] == [column]


def test_a_file_that_is_cut_short_gives_the_lines_before():
    whole = text({}, {"incident": "20/2/26"})
    for cut in (whole[:-1], whole[:-9], whole[: whole.index("20/2/26") + 3]):
        found = read_footage(cut, CONTRACT, NOW)
        assert [row.reference for row in found.rows] == ["20/1/26"]
        assert [fault.line for fault in found.faults] == [3]
    torn = read_footage(text({}) + '"2026-11-26T06:00,no end\n' + text({}), CONTRACT, NOW)
    assert [row.reference for row in torn.rows] == ["20/1/26"]
    assert "no end" in torn.faults[0].says


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("", "no header"),
        ("\n\n", "no header"),
        ("Name;Born\n1;2\n", "nowhere"),
        (text({}).replace("Team", "Class", 1), "twice"),
        ("," * 300 + "x\n", "more than"),
    ],
)
def test_a_file_without_its_header_is_refused(said, what):
    with pytest.raises(FootageUnreadable, match=what):
        read_footage(said, CONTRACT, NOW)


def test_rows_of_another_width_are_told():
    found = read_footage(text({}) + "1,2,3\n", CONTRACT, NOW)
    assert "too few columns" in found.faults[0].says
    assert found.lines == 2


# ---------------------------------------------------------------- what stands

LATER = "2026-11-26T08:00"


def test_a_later_extract_corrects_and_an_earlier_one_that_comes_late_does_not():
    first = [{"team": "Response A", "kept": "no"}]
    second = [{"made": LATER, "team": "Response B", "kept": "2026-11-26T07:00", "arrived": ""}]
    for files in permutations((first, second)):
        one = stands(*files)
        assert one.team == "Response B"
        assert one.recordings[0].kept == dt.datetime(2026, 11, 26, 7, tzinfo=dt.UTC)
        assert one.arrived is not None, "an empty cell takes nothing away"


def test_what_a_later_extract_does_not_name_stays_and_what_it_takes_back_goes():
    both = [{}, {"asset": "BWV-2"}]
    assert len(stands(both, [{"made": LATER}]).recordings) == 2
    gone = [{"made": LATER, "asset": "BWV-2", "withdrawn": "yes", "started": "", "ended": ""}]
    assert [one.asset for one in stands(both, gone).recordings] == ["BWV-1"]


def test_kept_without_a_time_is_kept_since_the_first_extract_that_said_so():
    files = [[{"kept": "yes"}], [{"made": LATER, "kept": "yes"}]]
    for order in permutations(files):
        assert stands(*order).recordings[0].kept == dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC)
    assert stands(*files, [{"made": "2026-11-26T08:30", "kept": "no"}]).recordings[0].kept is None


_SAID = st.fixed_dictionaries(
    {"made": st.sampled_from(["2026-11-26T05:00", "2026-11-26T06:00", LATER])},
    optional={
        "team": st.sampled_from(["A", "B"]),
        "class": st.sampled_from(["CAN", "DAC"]),
        "children": st.sampled_from(["", "0", "2"]),
        "arrived": st.sampled_from(["", "2026-11-25T21:45", "2026-11-25T21:55"]),
        "asset": st.sampled_from(["X", "Y"]),
        "kept": st.sampled_from(["", "yes", "no", "2026-11-26T04:00"]),
        "withdrawn": st.sampled_from(["", "yes", "no"]),
        "incident": st.sampled_from(["20/1/26", "20 1 26"]),
    },
)


@given(st.lists(_SAID, min_size=1, max_size=5), st.randoms())
def test_neither_order_nor_repetition_makes_a_difference(said, dice):
    rows = read(*said).rows
    shuffled = [*rows, *rows]
    dice.shuffle(shuffled)
    found = filmed.with_rows(None, rows)
    assert filmed.with_rows(None, shuffled) == found
    assert filmed.decode(filmed.encode(found)) == found


def test_an_incident_of_a_file_is_measured():
    one = stands([{"child_heard": "yes", "kept": "2026-11-26T01:00", "sampled": "yes"}])
    of = CHOICES.class_of(one.kind)
    met = {code: MEASURES[code].meets(Asked(one, of, CHOICES, NOW)) for code in MEASURES}
    assert {code for code, is_met in met.items() if is_met} == {
        "recorded", "prompt", "unbroken", "child-heard", "kept", "sampled",
    }  # fmt: skip
    assert met["linked"] is None
    assert measured([one], "prompt", CHOICES, NOW)["Response A", "2026-11"] == (1, 1)


# ---------------------------------------------------------------- what is drawn


def of_month(count, day="2026-11-05", **said):
    rows = [
        {"incident": f"I/{number}", "asset": f"V{number}", "at": f"{day}T10:00", "started": f"{day}T10:05",
         "ended": f"{day}T10:25", "arrived": f"{day}T10:04"} | said
        for number in range(count)
    ]  # fmt: skip
    by_reference = {}
    for row in read(*rows).rows:
        by_reference.setdefault(row.key, []).append(row)
    return [filmed.as_incident(filmed.with_rows(None, of)) for of in by_reference.values()]


def names(found):
    return {(one.incident.reference, one.asset) for one in found}


def test_what_is_drawn_follows_from_references_alone_and_only_grows():
    drawn = dipping.drawn(of_month(400), CHOICES, "walsall", NOW)
    assert 8 <= len(drawn) <= 34, "about one in twenty"
    assert drawn == dipping.drawn(reversed(of_month(400)), CHOICES, "walsall", NOW)
    assert names(dipping.drawn(of_month(200), CHOICES, "walsall", NOW)) <= names(drawn)
    assert names(drawn) != names(dipping.drawn(of_month(400), CHOICES, "sandwell", NOW))


def test_of_a_month_that_is_over_one_is_drawn_at_least_and_of_no_other_class():
    few = of_month(3, day="2026-10-05")
    assert len(dipping.drawn(few, CHOICES, "p", NOW)) == 1
    assert dipping.drawn(of_month(3), CHOICES, "p", NOW) == []
    assert dipping.drawn(of_month(50, **{"class": "burglary"}), CHOICES, "p", NOW) == []


def test_it_is_due_in_time_and_before_it_is_deleted():
    (one,) = dipping.drawn(of_month(1, day="2026-10-05"), CHOICES, "p", NOW)
    assert (one.due - one.ended).days == CHOICES.dip_within
    assert (one.gone - one.ended).days == CHOICES.deleted_after
    assert one.is_late(NOW)
    (kept,) = dipping.drawn(of_month(1, day="2026-10-05", kept="2026-10-06T10:00"), CHOICES, "p", NOW)
    assert kept.gone is None


# ---------------------------------------------------------------- the contract and its guide


def test_the_guide_lists_every_field_and_its_example_is_taken_whole():
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", GUIDE, re.MULTILINE)
    needed = {name: "yes" if of.needed and not of.recording else "with a recording" if of.needed else "no"
              for name, of in FIELDS.items()}  # fmt: skip
    assert rows == [(name, of.says, of.kind, needed[name]) for name, of in FIELDS.items()]
    (example,) = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
    found = read_footage(example, CONTRACT, NOW)
    assert (found.lines, len(found.rows), found.faults) == (3, 3, ())
    for word in (CHOICES.deleted_after, CHOICES.warn_within, CHOICES.dip_share, CHOICES.dip_within):
        assert f"({word}" in GUIDE


def test_a_partnership_has_its_own_contracts_and_is_told_what_is_wrong(tmp_path):
    assert load_footage_contracts(tmp_path) == {"bwv-csv": CONTRACT}
    folder = tmp_path / "footage"
    folder.mkdir()
    ours = Path(dipping.__file__).parent.joinpath("footage", "bwv-csv.yaml").read_text()
    (folder / "ours.yaml").write_text(ours.replace("name: bwv-csv", "name: ours"))
    assert list(load_footage_contracts(tmp_path)) == ["ours"]
    for wrong, what in (
        (ours.replace("  team: Team\n", ""), "no column is named for 'team'"),
        (ours.replace("  team: Team\n", "  team: Team\n  collar: Collar\n"), "'collar' is no field"),
        (ours.replace("late_after: 30", "late_after: soon"), "no number"),
    ):
        (folder / "ours.yaml").write_text(wrong)
        with pytest.raises(ChoiceError, match=what):
            load_footage_contracts(tmp_path)
