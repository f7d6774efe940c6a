"""What changed since somebody last looked: told in sentences, from the footprint of now alone."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.answer.changes import ORDER, changes
from footprint.answer.footprint import footprint
from footprint.answer.people import People
from footprint.answer.seen import Seen, seen
from footprint.decisions import Overlay
from footprint.records import DutyContact, PartialDate
from footprint.records.disclosure import LEVELS, Disclosure
from footprint.records.mask import Mask
from tests.answer.conftest import (
    DAY,
    DUTY,
    FEEDS,
    NOW,
    Dictionary,
    entry,
    feed,
    record,
    reported,
    ruling,
    tie,
)

POLICE = "police/person-id/1"
CARE = "childrens-social-care/la-child-id/2"
SCHOOL = "school-3351000/admission-number/3"
SARAH = DutyContact(worker="Sarah Jones", team="Family Help North", phone="01632 960210")
TOM = DutyContact(worker="Tom Reid", team="Family Help North", phone="01632 960211")


def abuse(day, **more):
    return reported(POLICE, "domestic-abuse-incident", day, reference=f"INC{day}", **more)


def plan(**more):
    return reported(CARE, "cp-plan", "2026-02-01", **more)


def allocated(contact, start="2026-01-05"):
    return reported(CARE, "allocated-worker", start, contact=contact)


def child(*said, last=DAY, also=(), ties=(), feeds=FEEDS, **fields):
    """A child known to the police and the council, with these involvements, and whatever other records."""
    entries = [
        entry(record(key, **fields), *(one for one in said if one.involvement.record == key), last=last)
        for key in (POLICE, CARE)
    ]
    return Dictionary({"p1": [*entries, *also]}, ties=ties, feeds=feeds)


def looked(content, *rulings, mask=Mask(), at=NOW):  # noqa: B008 - a frozen value
    people = People(content, mask, Overlay.of(rulings))
    return footprint(people, "p1", at), people


def told(before, now, *rulings, **options):
    """The sentences that somebody reads who saw `before` and looks at `now`."""
    shown, people = looked(now, *rulings, **options)
    return [change.sentence for change in changes(seen(looked(before)[0]), shown, people)]


OPENED = "Childrens Social Care: child protection plan, open since 1 February 2026 (Front door)"
FALLBACK = DUTY["childrens-social-care"].fallback
CASES = {
    "nothing": ([abuse("2026-06-01")], [abuse("2026-06-01")], []),
    "an event": (
        [],
        [abuse("2026-11-12")],
        ["Police: domestic abuse incident, 12 November 2026."],
    ),
    "an event more, as what": (
        [abuse("2026-06-01", role="victim")],
        [abuse("2026-06-01", role="victim"), abuse("2026-11-12", role="victim")],
        ["Police: domestic abuse incident, as victim, 12 November 2026; now 2 in all."],
    ),
    "several events": (
        [abuse("2026-06-01")],
        [abuse(f"2026-{month}-12") for month in ("06", "07", "08")] + [abuse("2026-06-01")],
        ["Police: domestic abuse incident, 3 more, the last 12 August 2026; now 4 in all."],
    ),
    "an episode opened": (
        [],
        [plan()],
        [f"{OPENED}."],
    ),
    "an episode closed": (
        [plan()],
        [plan(end="2026-11-01")],
        ["Childrens Social Care: child protection plan, closed on 1 November 2026."],
    ),
    "an episode of the past that came late": (
        [],
        [plan(end="2026-11-01")],
        ["Childrens Social Care: child protection plan, 1 February 2026 to 1 November 2026."],
    ),
    "an end that was corrected": ([plan(end="2026-11-01")], [plan(end="2026-11-08")], []),
    "open again after it closed": (
        [plan(end="2026-11-01")],
        [plan()],
        [f"{OPENED}."],
    ),
    "an episode that later data no longer names": (
        [plan()],
        [plan(last="2026-11-20")],
        ["Childrens Social Care: child protection plan, not reported since 20 November 2026."],
    ),
    "opened and no longer named": (
        [],
        [plan(last="2026-11-20")],
        [f"{OPENED}, not reported since 20 November 2026."],
    ),
    "a first worker": (
        [],
        [allocated(SARAH)],
        ["Childrens Social Care: allocated worker, open since 5 January 2026 (Sarah Jones, Family Help North)."],
    ),
    "another worker for the same episode": (
        [allocated(SARAH)],
        [allocated(TOM)],
        [f"Childrens Social Care: open to Tom Reid, Family Help North, 01632 960211; otherwise {FALLBACK}."],
    ),
    "a named worker who is gone, while an episode is still open": ([plan(), allocated(SARAH)], [plan()], []),
    "what is gone": ([abuse("2026-06-01"), plan(), allocated(SARAH)], [], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_new_is_told_and_what_is_gone_is_not(case):
    before, now, sentences = CASES[case]
    assert told(child(*before), child(*now)) == sentences


def test_a_person_whom_later_data_no_longer_names_is_told_once():
    friday = tuple(feed(partner, as_of="2026-11-20") for partner in ("police", "childrens-social-care"))
    said = [plan(last="2026-11-20"), abuse("2026-06-01", last="2026-11-20")]
    assert told(child(*said, last="2026-11-20", feeds=friday), child(*said, last="2026-11-20")) == [
        "Childrens Social Care: not reported since 20 November 2026. That is not an end.",
        "Police: not reported since 20 November 2026. That is not an end.",
    ]


def test_that_the_fresher_of_two_records_is_hidden_now_does_not_show():
    """What is left was not reported for long: no news, or it would tell of the other record."""
    content = child(also=[entry(record("police/person-id/9"), last="2026-11-20")])
    assert told(content, content, mask=Mask(hidden_records=frozenset({POLICE}))) == []


def test_what_only_a_hidden_record_held_together_comes_apart_without_a_word():
    """Police and council were one child through the school's record alone, which may not be known any more."""
    ties = (tie(POLICE, SCHOOL), tie(CARE, SCHOOL))
    content = child(also=[entry(record(SCHOOL))], ties=ties)
    people = People(content, Mask(hidden_records=frozenset({SCHOOL})), Overlay.of([]))
    assert people.by_record(POLICE).id != people.by_record(CARE).id, "they come apart"
    assert told(content, content, mask=people.mask) == []


def test_a_death_is_told_before_all_else():
    dead = child(abuse("2026-11-12"), death=PartialDate(2026, 11, 17))
    assert told(child(), dead) == [
        "Died on 17 November 2026, according to Police and Childrens Social Care.",
        "Police: domestic abuse incident, 12 November 2026.",
    ]


def test_a_record_that_was_joined_is_told():
    assert told(child(), child(also=[entry(record(SCHOOL))])) == [
        "School 3351000: a record was found to be this person's."
    ]


@pytest.mark.parametrize(
    ("kind", "where"),
    [("disputed", "is held apart while somebody doubts"), ("different", "is another person's now")],
)
def test_a_record_that_was_split_off_is_told_while_it_may_be_seen(kind, where):
    content = child(also=[entry(record(SCHOOL))], ties=[tie(POLICE, CARE), tie(CARE, SCHOOL, weight=9.0)])
    apart = ruling(kind, [SCHOOL], [CARE])
    sentence = f"A record of School 3351000 that was shown here {where}. Check what you relied on."
    assert told(content, content, apart) == [sentence]
    for hidden in (ruling("erase", [SCHOOL]), ruling("shield", [SCHOOL])):
        shown, people = looked(content, apart, hidden)
        assert sentence not in [one.sentence for one in changes(seen(looked(content)[0]), shown, people)]
    assert told(content, content, apart, mask=Mask(hidden_records=frozenset({SCHOOL}))) == []


def test_a_record_that_is_a_protected_persons_now_is_not_told():
    before = seen(looked(child(also=[entry(record(SCHOOL))]))[0])
    content = Dictionary({"p1": [entry(record(POLICE)), entry(record(CARE))], "p2": [entry(record(SCHOOL))]})
    for rulings, kinds in (((), ["split"]), ((ruling("shield", [SCHOOL]),), [])):
        shown, people = looked(content, *rulings)
        assert [one.kind for one in changes(before, shown, people)] == kinds


def test_a_feed_that_became_too_old_is_told_and_one_that_delivers_again():
    later = NOW + dt.timedelta(days=2)
    two = (feed("police"), feed("childrens-social-care", stale_from="", late_from=""))
    content = child(feeds=two)
    assert told(content, content, at=later) == ["Police: as of 22 November 2026: too old to rely on."]
    shown, _ = looked(content)
    assert [one.sentence for one in changes(seen(looked(content, at=later)[0]), shown)] == [
        "Police: as of 22 November 2026."
    ]


def test_that_a_partner_is_involved_is_told_once_where_it_shares_no_more():
    content = child(abuse("2026-11-12"))
    levels = {level: Disclosure(otherwise=level) for level in LEVELS}
    people = People(content, Mask(), Overlay())
    shown = {name: footprint(people, "p1", NOW, disclosure=level) for name, level in levels.items()}
    (change,) = changes(seen(shown["nothing"]), shown["existence"], people)
    assert change.sentence == "Police: involved in the last twelve months. Ring to ask."
    assert changes(seen(shown["existence"]), shown["existence"], people) == ()
    assert changes(seen(shown["existence"]), shown["nothing"], people) == ()
    assert changes(seen(shown["content"]), shown["nothing"], people) == ()


def test_the_most_important_stands_first():
    before = child(plan(), feeds=(feed("police"), feed("childrens-social-care")))
    now = child(
        plan(end="2026-11-01"),
        abuse("2026-11-12"),
        allocated(SARAH),
        also=[entry(record(SCHOOL))],
        death=PartialDate(2026, 11, 17),
    )
    shown, people = looked(now, at=NOW + dt.timedelta(days=2))
    kinds = [one.kind for one in changes(seen(looked(before)[0]), shown, people)]
    assert kinds == ["died", "opened", "event", "closed", "joined", "stale", "stale", "stale", "stale"]
    assert kinds == sorted(kinds, key=ORDER.index)


def test_of_a_person_who_is_protected_now_nothing_but_that_is_told():
    content = child(abuse("2026-11-12"), plan())
    shield = ruling("shield", [POLICE])
    shown, people = looked(content, shield)
    (change,) = changes(seen(looked(child())[0]), shown, people)
    assert (change.kind, change.sentence) == ("standing", shown.sentence)
    assert changes(seen(shown), shown, people) == ()
    (back,) = changes(seen(shown), looked(content)[0])
    assert back.sentence == "This person is shown in full now."


def test_what_is_kept_is_json_without_a_name_a_place_or_a_kind():
    kept = seen(looked(child(abuse("2026-11-12"), allocated(SARAH)))[0])
    data = msgspec.json.encode(kept)
    assert msgspec.json.decode(data, type=Seen) == kept
    for secret in (
        b"Layla",
        b"Hussain",
        b"Sarah",
        b"North",
        b"domestic",
        b"allocated",
        b"2026-11-12",
        b"960210",
    ):
        assert secret not in data


# ---- whatever happened

CODES = {
    POLICE: ["incident", "domestic-abuse-incident", "investigation"],
    CARE: ["cp-plan", "referral", "allocated-worker"],
}
DAYS = st.dates(dt.date(2025, 12, 1), dt.date(2026, 11, 20)).map(dt.date.isoformat)


@st.composite
def involvements(draw):
    """Involvements of which no two are of one kind, role and day."""
    key = draw(st.sampled_from([POLICE, CARE, SCHOOL]))
    code = draw(st.sampled_from(CODES.get(key, ["on-roll", "school-suspension"])))
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return reported(
        key,
        code,
        start,
        end=draw(st.sampled_from(["", end])),
        last=draw(st.sampled_from([DAY, "2026-11-21"])),
        role=draw(st.sampled_from(["subject", "victim"])),
        contact=draw(st.sampled_from([DutyContact(), SARAH, TOM])),
    )


def apart(said):
    one = said.involvement
    return (one.record, one.code, one.role, one.start)


HISTORIES = st.lists(involvements(), max_size=8, unique_by=apart)


def world(said, records=(POLICE, CARE, SCHOOL)):
    known = [
        entry(
            record(key),
            *(one for one in said if one.involvement.record == key),
            last=DAY if key == POLICE else "2026-11-21",
        )
        for key in records
    ]
    return Dictionary({"p1": known})


@given(HISTORIES)
def test_who_looks_again_at_the_same_is_told_nothing(said):
    shown, people = looked(world(said))
    assert changes(seen(shown), shown, people) == ()


@given(st.lists(involvements(), min_size=1, max_size=8, unique_by=apart))
def test_one_involvement_more_is_one_sentence(said):
    *before, _ = said
    shown, _ = looked(world(said))
    (change,) = changes(seen(looked(world(before))[0]), shown)
    assert change.kind in {"opened", "event"}


@given(HISTORIES, st.data())
@settings(max_examples=200)
def test_what_was_hidden_since_leaves_no_trace_in_what_is_told(said, data):
    """Who saw a thing that is hidden now is told what somebody is told who never saw it; and without news nothing."""
    hidden = data.draw(st.sets(st.sampled_from(range(len(said))))) if said else set()
    keys = data.draw(st.sets(st.sampled_from([CARE, SCHOOL])))
    news = data.draw(st.sets(st.sampled_from(range(len(said))))) if said else set()
    records = [key for key in (POLICE, CARE, SCHOOL) if key not in keys]
    old = [one for place, one in enumerate(said) if place not in news]
    left = [
        one for place, one in enumerate(said) if place not in hidden and one.involvement.record not in keys
    ]
    left_of_old = [one for one in left if one in old]
    mask = Mask(hidden_records=frozenset(keys))
    now, people = looked(
        world([one for one in said if one in left or one.involvement.record in keys]), mask=mask
    )
    saw_all, saw_less = seen(looked(world(old))[0]), seen(looked(world(left_of_old, records))[0])
    assert changes(saw_all, now, people) == changes(saw_less, now, people)
    if not news:
        assert changes(saw_all, now, people) == ()
