"""docs/agreement.md says what the code does: its example can be read and comes to what its text says."""

import datetime as dt
import re
from pathlib import Path

from footprint.answer import words
from footprint.sharing import ROLES, Ask, compile_policy
from footprint.sharing.agreement import LONGEST_WINDOW, Agreement, Limits, Party, Purpose, Recipients, Rule
from footprint.sharing.describing import notes
from footprint.sharing.reading import read_agreement
from footprint.sharing.roles import ASKING

GUIDE = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
DAY = dt.date(2026, 11, 26)


def test_the_agreement_in_the_guide_can_be_read_and_every_rule_of_it_decides_something():
    assert notes(read_agreement(EXAMPLE), DAY) == []


def test_it_comes_to_what_its_comments_say():
    agreement = read_agreement(EXAMPLE)
    partners = {
        "police": "police",
        "childrens-social-care": "childrens-social-care",
        "school-9281001": "school",
    }
    policy = compile_policy(agreement, partners)
    officer = Ask(role="frontline", partner="police", sector="police", purpose="s47", day=DAY)
    lead = Ask(role="school-lead", partner="school-9281001", sector="school", purpose="pupil", day=DAY)
    assert policy.level(officer, "childrens-social-care", "cp-plan") == ("content", "officers")
    assert policy.level(officer, "childrens-social-care", "referral") == ("existence", "officers-referrals")
    assert policy.decide(lead).partners == {"school-9281001", "childrens-social-care"}
    assert policy.decide(lead).reach == "own-pupils"


def test_every_word_of_an_agreement_is_in_the_guide():
    for kind in (Agreement, Limits, Party, Purpose, Recipients, Rule):
        for word in kind.__struct_encode_fields__:
            assert re.search(rf"\b{word}\b", GUIDE), word
    assert f"{LONGEST_WINDOW} at most" in GUIDE


def test_the_sentences_in_the_guide_are_those_of_the_answer():
    assert words.NOTHING_SHARED in GUIDE
    assert words.EXISTS.removesuffix(".") in GUIDE


def test_the_roles_that_never_ask_are_those_of_the_table():
    never = {name for name, role in ROLES.items() if ASKING.isdisjoint(role.rights)}
    assert never == {
        "administrator", "overseer", "exploitation-analyst", "independent-auditor", "information-governance",
        "identity-guardian", "adoption-gatekeeper",
    }  # fmt: skip
