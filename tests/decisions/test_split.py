"""Taking a person apart: where the cut falls, and that every ruled pair ends in two parts."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from footprint.decisions import NOTHING_DECIDED, Decision, Overlay, Subject
from footprint.decisions.split import Held, parts

RECORDS = [f"police/person-id/{number}" for number in range(6)]


def overlay_of(*pairs):
    def ruling(number, one, other):
        return Decision(
            id=f"d{number}",
            kind="different",
            subjects=(Subject("record", one),),
            others=(Subject("record", other),),
            partnership="walsall",
            reason="A reason.",
            by="steward",
            at="2026-11-23T08:15:00+00:00",
        )

    return Overlay.of(ruling(number, one, other) for number, (one, other) in enumerate(pairs))


def test_without_rulings_a_person_stays_whole_in_its_order():
    assert parts(RECORDS, [], NOTHING_DECIDED) == [RECORDS]
    assert parts([], [], NOTHING_DECIDED) == []


def test_the_weakest_link_on_the_way_is_cut():
    a, b, c, d = RECORDS[:4]
    chain = [Held(a, b, 20.0), Held(b, c, 4.0), Held(c, d, 18.0)]
    assert parts([a, b, c, d], chain, overlay_of((a, d))) == [[a, b], [c, d]]


def test_a_stronger_way_round_counts_and_not_the_direct_link():
    a, b, c = RECORDS[:3]
    links = [Held(a, c, 2.0), Held(a, b, 20.0), Held(b, c, 9.0)]
    assert parts([a, b, c], links, overlay_of((a, c))) == [[a, b], [c]]


def test_who_takes_one_record_out_leaves_all_others_together():
    """The hospital's record hangs on the council's, the police's on the school's: the police stay with the child."""
    hospital, council, school, police = RECORDS[:4]
    chain = [Held(hospital, council, 21.0), Held(council, school, 19.0), Held(school, police, 6.0)]
    ruling = Decision(
        id="d1",
        kind="disputed",
        subjects=(Subject("record", hospital),),
        others=tuple(Subject("record", one) for one in (council, school, police)),
        partnership="walsall",
        reason="Another boy.",
        by="worker",
        at="2026-11-23T08:15:00+00:00",
    )
    found = parts([hospital, council, school, police], chain, Overlay.of([ruling]))
    assert found == [[hospital], [council, school, police]]


def test_links_to_records_that_are_not_shown_hold_nothing():
    a, b, c = RECORDS[:3]
    assert parts([a, c], [Held(a, b, 9.0), Held(b, c, 9.0)], overlay_of((a, c))) == [[a], [c]]


pairs = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1])
links = st.lists(st.builds(lambda pair, weight: Held(*pair, weight), pairs, st.floats(0, 30)), max_size=10)


@given(links, st.lists(pairs, max_size=4))
def test_every_pair_ruled_apart_is_apart_and_nobody_is_lost(links, apart):
    found = parts(RECORDS, links, overlay_of(*apart))
    assert sorted(itertools.chain(*found)) == RECORDS
    for part in found:
        assert not any({one, other} <= set(part) for one, other in apart)


@given(links, st.lists(pairs, min_size=1, max_size=4), st.randoms())
def test_the_parts_are_the_same_whatever_the_order(links, apart, random):
    overlay = overlay_of(*apart)
    shuffled = random.sample(links, len(links))
    assert parts(RECORDS, shuffled, overlay) == parts(RECORDS, links, overlay)
