"""A poor referral about children in danger: taken at once, asked about kindly, added to later, and one however often it comes.

An officer's phone loses its signal. No dates of birth, "kids upstairs", nothing of the parents.
"""

from footprint.records import DutyContact
from footprint.referrals.gaps import gaps
from footprint.referrals.parts import Place, next_key, put
from footprint.referrals.referral import Child, Concern, Referral, Referrer, Safety, Said, Voice, Words
from footprint.referrals.routing import advice, call_is_due
from footprint.referrals.submissions import Verdict, digest, form_key, judge
from footprint.referrals.versions import changes, only_adds

SENT = Referral(
    who="kids upstairs",
    place="12 Alder Road",
    concern=Concern(wrong="Mum drunk, no food, a man with a knife was here"),
    safety=Safety(danger_now=Said.YES),
    referrer=Referrer(phone="07700 900123"),
)
DESK = DutyContact(team="the front door", phone="01632 960200")


def test_it_is_taken_and_the_phone_is_asked_for_first():
    assert [one.code for one in advice(SENT, DESK)] == ["ring-999", "ring-front-door"]
    first = gaps(SENT, "police")[:5]
    assert [gap.field for gap in first] == ["called_999", "spoke_to", "plan", "risk_at_place", "children"]


def test_it_comes_three_times_and_is_one():
    versions = []
    for _ in range(3):
        judged = judge(versions, SENT)
        if judged.verdict is not Verdict.AGAIN:
            versions.append(digest(SENT))
    assert len(versions) == 1
    assert form_key("officer", "form-1") == form_key("officer", "form-1")


def test_what_follows_only_adds_and_each_answer_closes_its_gap():
    rung = put(
        SENT,
        Place("referrer"),
        {"spoke_to": "Sam, duty social worker", "spoke_at": "2026-11-26T02:20:00+00:00"},
    )
    safe = put(rung, Place("safety"), {"called_999": Said.YES, "plan": "With their grandmother until noon"})
    voice = Voice(absence="asleep", noted=(Words(concept="appearance", text="Thin, a bruise on the arm"),))
    child = Child(key=next_key(safe, "child"), age="about two", voice=voice)
    later = put(put(safe, Place("referral"), {"children": (child,)}), Place("safety"), {}, ["risk_at_place"])

    assert not call_is_due(later)
    assert advice(later, DESK) == ()
    found = changes(SENT, later)
    assert only_adds(found)
    assert "Added: Or about how old (the child): about two" in [change.says for change in found]

    def open_fields(referral):
        return {(gap.place, gap.field) for gap in gaps(referral, "police")}

    closed = open_fields(SENT) - open_fields(later)
    assert {field for _, field in closed} == {"called_999", "spoke_to", "plan", "risk_at_place", "children"}
    assert (Place("voice", "c1"), "noted") not in open_fields(later)  # asleep, and said so
    assert judge([digest(SENT)], later).verdict is Verdict.FURTHER
