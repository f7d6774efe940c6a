"""Whatever is sent again, and however often, is one referral, and nothing that was added is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.referral import Referral, decode, encode
from footprint.referrals.submissions import (
    Judged,
    Verdict,
    digest,
    form_key,
    import_key,
    judge,
    message_key,
)

FIRST = Referral(who="three children")
MORE = Referral(who="three children", place="12 Alder Road")


def test_the_same_again_is_the_same_version():
    assert judge([], FIRST) == Judged(Verdict.FIRST, 1)
    assert judge([digest(FIRST)], FIRST) == Judged(Verdict.AGAIN, 1)
    assert judge([digest(FIRST)], MORE) == Judged(Verdict.FURTHER, 2)


def test_a_late_repeat_of_the_first_takes_nothing_back():
    assert judge([digest(FIRST), digest(MORE)], FIRST) == Judged(Verdict.AGAIN, 1)


def test_a_form_is_its_authors_own():
    assert form_key("dana", "f1") == form_key("dana", "f1")
    assert (
        len({form_key("dana", "f1"), form_key("dana", "f2"), form_key("sam", "f1"), form_key("dan", "af1")})
        == 4
    )
    assert form_key("a", "b") != import_key("a", "b")


def test_a_reference_is_one_however_it_is_typed():
    assert import_key("police", "MARF / 12") == import_key("police", "marf/12")
    assert import_key("police", "MARF/12") != import_key("school", "MARF/12")


def test_a_letter_is_known_by_what_is_in_it():
    assert message_key("post", b"a letter") == message_key("post", b"a letter")
    assert message_key("post", b"a letter") != message_key("post", b"another")


def test_a_key_names_nobody():
    assert "dana" not in form_key("dana", "f1")


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12))
def test_any_order_of_repeats_makes_one_referral_with_every_version_once(sent):
    versions, verdicts = [], []
    for who in sent:
        referral = decode(encode(Referral(who=who)))
        judged = judge(versions, referral)
        verdicts.append(judged.verdict)
        if judged.verdict is not Verdict.AGAIN:
            versions.append(digest(referral))
        assert versions[judged.version - 1] == digest(referral)
    assert verdicts.count(Verdict.FIRST) == 1
    assert versions == [digest(Referral(who=who)) for who in dict.fromkeys(sent)]
