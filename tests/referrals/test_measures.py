"""Measures of children's voices and of video as tables of small cases; by team and month, with what each is a share of."""

import datetime as dt

import msgspec
import pytest

from footprint.referrals.briefed import Colleague, briefings
from footprint.referrals.codes import NO_VIDEO
from footprint.referrals.intervals import Proportion
from footprint.referrals.measures import (
    MEASURES,
    PACKAGED,
    Asked,
    Cell,
    Incident,
    Recording,
    lag,
    lags,
    longest_gap,
    measured,
    measuring_of,
    packaged_measuring,
    unkept,
)
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Voice, Words

CHOICES = packaged_measuring()
T0 = dt.datetime(2026, 10, 5, 21, 0, tzinfo=dt.UTC)
NOW = T0 + dt.timedelta(days=10)


def noted(*concepts):
    return tuple(Words(concept=concept, text="said") for concept in concepts)


FULL = Voice(noted=noted("words", "appearance", "activity"))
EXPLAINED = Voice(noted=noted("appearance", "activity", "environment"), absence="baby")
NOT_ASKED = Voice(noted=noted("appearance", "activity", "environment"), absence="not-asked")
THIN = Voice(noted=noted("words", "appearance"))


def seconds(start, end, **said):
    return Recording(
        asset="A1", started=T0 + dt.timedelta(seconds=start), ended=T0 + dt.timedelta(seconds=end), **said
    )


def after(days):
    return T0 + dt.timedelta(days=days)


def incident(**said):
    return Incident(
        **({"reference": "I1", "kind": "child-abuse", "team": "A", "at": T0, "arrived": T0} | said)
    )


def meets(code, now=NOW, **said):
    one = incident(**said)
    of = CHOICES.class_of(one.kind)
    assert of is not None
    return MEASURES[code].meets(Asked(one, of, CHOICES, now))


VOICES = [
    # (voices, children) and whether: voice, words, concepts
    ((FULL,), 1, True, True, True),
    ((FULL, EXPLAINED), 2, True, True, True),
    ((FULL, NOT_ASKED), 2, False, False, True),
    ((FULL, THIN), 2, False, True, False),
    ((FULL,), 2, False, False, False),
    ((), 1, False, False, False),
    ((Voice(absence_said="He hid under the bed"),), 1, False, True, False),
    ((FULL,), 0, None, None, None),
]


@pytest.mark.parametrize(("voices", "children", "voice", "words", "concepts"), VOICES)
def test_every_child_counts_and_a_child_without_a_record_is_not_met(voices, children, voice, words, concepts):
    found = [meets(code, voices=voices, children=children) for code in ("voice", "words", "concepts")]
    assert found == [voice, words, concepts]


def test_voices_are_not_counted_where_the_class_does_not_ask_for_them():
    assert meets("voice", kind="stop-and-search", children=1, voices=(FULL,)) is None


VIDEO = [
    ("recorded", {}, False),
    ("recorded", {"recordings": (seconds(5, 600),)}, True),
    ("recorded", {"kind": "use-of-force"}, False),
    ("accounted", {}, False),
    ("accounted", {"no_video": "fault"}, True),
    ("accounted", {"no_video": "did not feel like it"}, False),
    ("accounted", {"recordings": (seconds(5, 600),), "no_video": "fault"}, None),
    ("prompt", {"recordings": (seconds(60, 600),)}, True),
    ("prompt", {"recordings": (seconds(61, 600),)}, False),
    ("prompt", {"recordings": (seconds(-30, 600),)}, True),
    ("prompt", {"recordings": (seconds(5, 600),), "arrived": None}, None),
    ("prompt", {}, None),
    ("unbroken", {"recordings": (seconds(0, 300), seconds(360, 600))}, True),
    ("unbroken", {"recordings": (seconds(0, 300), seconds(361, 600))}, False),
    ("unbroken", {"recordings": (seconds(0, 900), seconds(10, 20), seconds(800, 990))}, True),
    ("child-heard", {"recordings": (seconds(0, 9),), "children": 1, "child_heard": True}, True),
    ("child-heard", {"recordings": (seconds(0, 9),), "children": 1}, False),
    ("child-heard", {"recordings": (seconds(0, 9),)}, None),
    ("sampled", {"recordings": (seconds(0, 9),), "sampled": True}, True),
    ("sampled", {}, None),
    ("linked", {"recordings": (seconds(0, 9),), "video_in_referral": True}, True),
    ("linked", {"recordings": (seconds(0, 9),), "video_in_referral": False}, False),
    ("linked", {"recordings": (seconds(0, 9),)}, None),
]


@pytest.mark.parametrize(("code", "said", "wanted"), VIDEO)
def test_video(code, said, wanted):
    assert meets(code, **said) is wanted


KEPT = [
    ({}, 10, None),
    ({"kept": after(3)}, 10, True),
    ({"kept": after(31)}, 40, True),
    ({"kept": after(33)}, 40, False),
    ({}, 40, False),
]


@pytest.mark.parametrize(("said", "days", "wanted"), KEPT)
def test_footage_counts_as_kept_or_lost_only_when_it_can_be_told(said, days, wanted):
    assert meets("kept", after(days), recordings=(seconds(0, 600, **said),)) is wanted


def test_one_camera_that_was_kept_is_enough():
    both = (seconds(0, 600), seconds(0, 600, kept=after(2)))
    assert meets("kept", after(40), recordings=both) is True


def test_every_measure_was_tried():
    assert {row[0] for row in VIDEO} | {"kept", "voice", "words", "concepts"} == set(MEASURES)
    assert all(one.label and one.of for one in MEASURES.values())


def test_shares_are_by_team_and_by_the_month_of_london():
    last_of_october = dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC)
    last_of_june = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)  # half past midnight on the first of July
    incidents = [
        incident(recordings=(seconds(0, 9),)),
        incident(at=last_of_october),
        incident(at=last_of_june),
        incident(team="B", at=last_of_june),
        incident(kind="burglary"),
    ]
    assert measured(incidents, "recorded", CHOICES, NOW) == {
        Cell("A", "2026-07"): Proportion(0, 1),
        Cell("A", "2026-10"): Proportion(1, 2),
        Cell("B", "2026-07"): Proportion(0, 1),
    }
    assert measured(incidents, "kept", CHOICES, NOW) == {}


def met(one):
    """Whether an incident meets each measure that is about it."""
    told = {code: list(measured([one], code, CHOICES, NOW).values()) for code in MEASURES}
    return {code: bool(share.number) for code, shares in told.items() for share in shares}


def test_an_incident_says_what_it_meets_and_nothing_of_what_is_not_about_it():
    assert met(incident(kind="burglary")) == {}
    assert met(incident(kind="use-of-force")) == {"recorded": False, "accounted": False}
    assert met(incident(children=1, voices=(THIN,), no_video="fault")) == {
        "voice": False,
        "words": True,
        "concepts": False,
        "recorded": False,
        "accounted": True,
    }


def test_lags_are_told_where_there_are_two():
    known = [incident(recordings=(seconds(start, 900),)) for start in (0, 10, 20, 30, 40)]
    assert lags([*known, incident(), incident(arrived=None)]) == (5, 10, 20, 30)
    assert lags(known[:1]) is None
    assert lag(incident(recordings=(seconds(-9, 5),))) == 0


def test_the_longest_gap_is_between_cameras_and_not_between_files():
    assert longest_gap(incident(recordings=(seconds(0, 100), seconds(50, 60), seconds(130, 140)))) == 30
    assert longest_gap(incident()) == 0


def test_what_will_be_deleted_and_nobody_kept_is_shown_soonest_first():
    def shot(name, days, **said):
        start = after(days)
        return Recording(asset=name, started=start, ended=start, **said)

    incidents = [
        incident(reference="later", recordings=(shot("a", -28),)),
        incident(reference="sooner", recordings=(shot("b", -29), shot("c", -20))),
        incident(reference="kept", recordings=(shot("d", -29, kept=T0), shot("e", -29))),
        incident(reference="gone", recordings=(shot("f", -32),)),
        incident(reference="far", recordings=(shot("g", -2),)),
        incident(reference="not ours", kind="burglary", recordings=(shot("h", -29),)),
        incident(reference="none"),
    ]
    found = list(unkept(incidents, CHOICES, T0, dt.timedelta(days=7)))
    assert [(one.reference, end) for one, end in found] == [("sooner", after(2)), ("later", after(3))]


def test_who_was_briefed_is_told_by_role_and_who_was_not():
    since = dt.date(2026, 9, 1)
    people = [
        Colleague("u1", "frontline", dt.date(2026, 9, 1)),
        Colleague("u3", "frontline", dt.date(2026, 8, 31)),
        Colleague("u2", "frontline"),
        Colleague("u2", "frontline"),  # in a second team
        Colleague("u4", "police-supervisor", dt.date(2026, 10, 1)),
    ]
    found = briefings(people, since)
    assert found["frontline"] == (Proportion(1, 3), ("u2", "u3"))
    assert found["police-supervisor"] == (Proportion(1, 1), ())


def test_a_partnership_chooses_classes_and_limits_itself(tmp_path):
    assert measuring_of(tmp_path) == CHOICES
    assert not CHOICES.verified
    (tmp_path / "measuring.yaml").write_text(
        "title: Ours\nsince: 2026-10-01\nsource: Local agreement\nverified: true\nconcepts: 2\nstarted_within: 30\n"
        "gap: 30\ndeleted_after: 28\nclasses: [{code: burglary, label: Burglary, voice: true, video: false}]\n"
    )
    ours = measuring_of(tmp_path)
    assert (ours.concepts, ours.deleted_after) == (2, 28)
    thin = msgspec.structs.replace(incident(kind="burglary", children=1, voices=(THIN,)), arrived=None)
    assert measured([thin], "voice", ours, NOW) == {Cell("A", "2026-10"): Proportion(1, 1)}
    assert measured([thin], "recorded", ours, NOW) == {}


@pytest.mark.parametrize(
    ("line", "other", "what"),
    [
        ("concepts: 3", "concepts: 0", "line 7: this is less than 1, the least that can be meant."),
        ("deleted_after: 31", "deleted_after: soon", "no number"),
        ("code: use-of-force", "code: child-abuse", "one code"),
        ("video: true}\n  - {code: domestic", "footage: true}\n  - {code: domestic", "'footage'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, line, other, what):
    text = PACKAGED.read_text()
    assert line in text
    (tmp_path / "measuring.yaml").write_text(text.replace(line, other))
    with pytest.raises(ChoiceError, match=r"measuring\.yaml") as refused:
        measuring_of(tmp_path)
    assert what in str(refused.value)


def test_a_reason_for_no_video_is_one_of_the_list():
    assert all(meets("accounted", no_video=code) is True for code in NO_VIDEO)
