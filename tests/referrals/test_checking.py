"""What a machine can tell of a referral's form: a table of forms, and that it never says what it must not."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from footprint.referrals.checking import Sent, check
from footprint.referrals.criteria import CRITERIA, Checked
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Informing,
    Links,
    Referral,
    Request,
    Responsibility,
    Safety,
    Said,
    Voice,
    Words,
)
from tests.referrals.drawn import referrals

LONDON = ZoneInfo("Europe/London")
NOTICED = "2026-03-28T22:00+00:00"  # the night on which summer time begins
IN_TIME = dt.datetime(2026, 3, 29, 23, 0, tzinfo=LONDON)
LATE = dt.datetime(2026, 3, 29, 23, 1, tzinfo=LONDON)
ANN = Child(
    key="c1",
    name="Ann Field",
    birthday="2017-04-23",
    address="1 Mill Lane",
    school="St Ann's",
    looks="red hair",
)
VOICE = Voice(
    alone=Said.YES,
    noted=(
        Words(concept="words", text="I sleep in the bath", verbatim=True),
        Words(concept="appearance", text="thin coat"),
        Words(concept="environment", text="no bed"),
    ),
)


def found(code, referral, sent=None):
    return next(one for one in check(referral, sent or Sent()) if one.criterion == code)


def child(**said):
    return Referral(children=(Child(**{"key": "c1"} | said),))


def voice(**said):
    return Referral(children=(Child(key="c1", name="Ann", voice=Voice(**said)),))


MOTHER = Adult(key="a1", name="Sue Field", relationship="mother", lives_here=Said.YES)
HELD = (Responsibility(child="c1", adult="a1", held=Said.YES),)
POLICE = Sent(sector="police")
ALL_LINKS = Links(incident="123", no_video="fault", domestic_abuse=Said.YES, dash="d", encompass="e")


@pytest.mark.parametrize(
    ("code", "referral", "at_most", "says"),
    [
        ("Q1", Referral(), 0, "No child is named."),
        ("Q1", Referral(who="three children upstairs"), 1, "described in one line"),
        ("Q1", Referral(children=(ANN,)), 3, ""),
        ("Q1", child(), 0, "Child 1: no name."),
        ("Q1", child(name="Ann"), 1, "Ann: no birthday, and no expected date."),
        ("Q1", child(name="Ann", birthday="2017-04-23", address="here"), 2, "fewer than two things besides"),
        (
            "Q1",
            child(name="Ann", birthday="2017", address="here", upn="1", gp="2"),
            2,
            "only a part of the birthday",
        ),
        ("Q1", Referral(children=(ANN, Child(key="c2"))), 0, "Child 2: no name."),  # the worst counts
        ("Q1", child(due="2027-01-04", address="here"), 1, "the mother is not named"),
        (
            "Q1",
            Referral(children=(Child(key="c1", due="2027-01-04"),), adults=(MOTHER,), place="here"),
            3,
            "",
        ),
        ("Q2", Referral(), 0, "No adult is named."),
        ("Q2", Referral(children=(ANN,), adults=(MOTHER,), responsibilities=HELD), 3, ""),
        (
            "Q2",
            Referral(children=(ANN,), adults=(MOTHER,)),
            2,
            "nobody is said to have parental responsibility",
        ),
        (
            "Q2",
            Referral(adults=(Adult(key="a1", relationship="his new partner"),)),
            1,
            "his new partner: no name",
        ),
        (
            "Q2",
            Referral(adults=(Adult(key="a2", not_known=frozenset({"name", "relationship", "lives_here"})),)),
            3,
            "",
        ),
        ("Q3", Referral(), 0, "blank whether parents were told"),
        ("Q3", Referral(informing=Informing(parents_told=Said.NOT_KNOWN)), 1, "not known"),
        ("Q3", Referral(informing=Informing(parents_told=Said.YES)), 2, "what they said to it is blank"),
        ("Q3", Referral(informing=Informing(parents_told=Said.YES, agreed=Said.NO)), 3, ""),
        ("Q3", Referral(informing=Informing(parents_told=Said.NO)), 0, "no recognised reason"),
        ("Q3", Referral(informing=Informing(parents_told=Said.NO, reason="delay")), 1, "not explained"),
        (
            "Q3",
            Referral(informing=Informing(parents_told=Said.NO, reason="delay", explanation="tonight")),
            3,
            "",
        ),
        ("Q5", Referral(), 0, "no child has a voice"),
        ("Q5", Referral(children=(ANN,)), 0, "Ann Field: nothing is noted"),
        ("Q5", voice(noted=(Words(concept="appearance", text="thin coat"),)), 1, "no words of the child"),
        ("Q5", voice(noted=VOICE.noted[:1], alone=Said.YES), 2, "fewer than 3 things"),
        (
            "Q5",
            voice(noted=(Words(concept="words", text="sad"),), alone=Said.NO),
            2,
            "no words as the child said them",
        ),
        ("Q5", voice(noted=VOICE.noted), 2, "blank whether the child was seen alone"),
        ("Q5", voice(noted=VOICE.noted, alone=Said.NO), 3, ""),
        ("Q5", voice(noted=VOICE.noted[1:], alone=Said.NO, absence="baby"), 2, "fewer than 3"),
        ("Q5", voice(absence="not-asked"), 0, "no reason is given"),
        ("Q5", child(due="2027-01-04"), 3, "Nobody here is born yet"),
        ("Q7", Referral(), 0, "blank what happened before"),
        ("Q7", Referral(concern=Concern(not_known=frozenset({"history"}))), 1, "said to be not known"),
        ("Q7", Referral(concern=Concern(earlier_incidents="two since May")), 3, ""),
        ("Q8", Referral(), 0, "No level of need is named"),
        ("Q8", Referral(request=Request(level="4")), 1, "not argued"),
        ("Q8", Referral(request=Request(level="4", argument="because")), 3, ""),
        ("Q10", Referral(), 0, "blank what was done"),
        ("Q10", Referral(safety=Safety(action_taken="father arrested")), 1, "until somebody comes"),
        ("Q10", Referral(safety=Safety(action_taken="father arrested", plan="at Nan's")), 3, ""),
        ("Q14", Referral(concern=Concern(wrong="She is streetwise.")), 2, "'streetwise': say what"),
        ("Q14", Referral(concern=Concern(wrong="She is cold.")), 3, ""),
    ],
)
def test_of_each_criterion(code, referral, at_most, says):
    told = found(code, referral)
    assert told.at_most == at_most, told.says
    assert says in " ".join(told.says)
    assert told.says == () if not says else told.says


@pytest.mark.parametrize(
    ("links", "mark", "says"),
    [
        (ALL_LINKS, 3, ""),
        (Links(), 0, "No video, and no reason for none."),
        (Links(incident="1", video="2", domestic_abuse=Said.NO), 3, ""),
        (Links(incident="1", video="2"), 2, "blank whether this is domestic abuse"),
        (Links(crime="1", video="2", domestic_abuse=Said.YES), 1, "no notice to the school"),
        (Links(incident="1", no_video="dog ate it", domestic_abuse=Said.NO), 2, "no reason for none"),
    ],
)
def test_what_is_linked(links, mark, says):
    told = found("Q13", Referral(links=links), POLICE)
    assert told.mark == mark
    assert says in " ".join(told.says)


def test_a_school_is_asked_for_no_video():
    assert found("Q13", Referral(), Sent(sector="education")).mark is None


URGENT = Referral(noticed=NOTICED, safety=Safety(danger_now=Said.YES))


@pytest.mark.parametrize(
    ("referral", "sent", "called", "mark", "says"),
    [
        (Referral(noticed=NOTICED), IN_TIME, None, 3, ""),
        (Referral(noticed=NOTICED), LATE, None, 1, "later after it was noticed"),
        (Referral(), IN_TIME, None, 1, "not said when it was noticed"),
        (Referral(noticed="last night"), IN_TIME, None, 1, "not said when it was noticed"),
        (Referral(noticed="2026-03-28T22:00"), IN_TIME, None, 1, "not said when it was noticed"),
        (URGENT, IN_TIME, None, 0, "no phone call is recorded"),
        (URGENT, IN_TIME, IN_TIME - dt.timedelta(minutes=5), 3, ""),
        (URGENT, IN_TIME, IN_TIME + dt.timedelta(minutes=61), 1, "phone call came later"),
        (URGENT, None, None, None, "not sent yet"),
    ],
)
def test_in_time(referral, sent, called, mark, says):
    told = found("Q12", referral, Sent(at=sent, called=called))
    assert told.mark == mark
    assert says in " ".join(told.says)


@settings(max_examples=60, deadline=None)
@given(referrals())
def test_of_any_referral(referral):
    told = check(referral, Sent(sector="police", at=IN_TIME))
    assert [one.criterion for one in told] == list(CRITERIA)
    for one in told:
        by_machine = CRITERIA[one.criterion].checked is Checked.MACHINE
        assert (one.mark is not None) is by_machine  # a person marks the rest
        assert one.at_most in (0, 1, 2, 3)
        assert one.at_most == 3 or one.says  # what is missing is said


@settings(max_examples=40, deadline=None)
@given(referrals())
def test_of_correct_handling_it_says_the_same_of_every_referral(referral):
    """Or whoever typed an address would learn here whether it is protected."""
    assert found("Q15", referral) == found("Q15", Referral())
