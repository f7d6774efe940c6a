"""What an entry must say, and what it may not say in clear."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.ledger import EntryInvalid, Event, outcome_of
from footprint.ledger.events import LARGEST, REQUIRED, check

USUAL = {
    "action": "a",
    "actor": "u",
    "role": "r",
    "organisation": "o",
    "partnership": "p",
    "purpose": "s",
    "case": "c",
}


def of(kind="change", **changes):
    return Event(kind=kind, **(USUAL | changes))


@pytest.mark.parametrize("kind", REQUIRED)
def test_each_kind_says_what_it_must(kind):
    whole = of(kind, intent=0 if kind == "outcome" else None)
    check(whole)
    for name in REQUIRED[kind]:
        kept = {key: value for key, value in USUAL.items() if key != name}
        with pytest.raises(EntryInvalid, match=f"needs its {name}"):
            check(
                Event(kind=kind, **kept, **({"intent": 0} if kind == "outcome" and name != "intent" else {}))
            )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "rumour"}, "rumour"),
        ({"kind": "intent", "intent": 3}, "comes first"),
        ({"case": "x" * 201}, "at most 200"),
        ({"case": "two\nlines"}, "plain characters"),
        ({"actor": "nul\x00"}, "plain characters"),
        ({"actor": "half a character \ud800"}, "plain characters"),
        ({"shown": ("P1", "\x07")}, "shown"),
        ({"facts": {"feed\n": 1}}, "facts"),
        ({"facts": {"feed": "\n"}}, "facts"),
        ({"terms": {"na\tme": "anything"}}, "terms"),
        ({"actor": 17}, "actor"),
        ({"facts": {"share": 0.5}}, "facts"),
        ({"facts": {"list": [1]}}, "facts"),
        ({"subjects": ("P1", None)}, "subjects"),
        ({"facts": {"large": LARGEST + 1}}, "power 53"),
        ({"count": LARGEST + 1}, "power 53"),
        ({"occurred": dt.datetime(2026, 1, 1)}, "time zone"),  # noqa: DTZ001 - the fault that is tested
    ],
)
def test_what_may_not_stand_in_an_entry_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(EntryInvalid, match=sentence):
        check(of(**changes))


@given(st.dictionaries(st.just("name"), st.text()), st.dictionaries(st.just("note"), st.text()))
def test_whatever_was_typed_may_be_sealed(terms, personal):
    check(of("intent", terms=terms, personal=personal))


def test_an_outcome_repeats_who_asked_and_none_of_what_was_typed():
    asked = of("intent", terms={"name": "Kaur"}, personal={"actor_name": "Jo"}, facts={"channel": "cli"})
    answer = outcome_of(asked, 4, subjects=("P1",), shown=("P1",), count=7, facts={"state": "match"})
    assert (answer.kind, answer.intent, answer.count, answer.facts) == ("outcome", 4, 7, {"state": "match"})
    assert (answer.actor, answer.case, answer.purpose) == (asked.actor, asked.case, asked.purpose)
    assert answer.terms == answer.personal == {}
    assert answer.event_id != asked.event_id
