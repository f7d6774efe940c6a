"""An agreement is read to the word: what it says is taken, and every mistake is told with its line and what to write."""

import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from footprint.sharing import AgreementError, agreement_of, load_agreement, packaged_agreement
from footprint.sharing.reading import FILE, PACKAGED, read_agreement
from tests.sharing.agreements import an_agreement

SMALL = """\
id: town-sharing
partnership: town
title: A town's agreement
version: "1"
valid: {from: 2026-01-01, until: 2027-12-31}
review: 2027-01-01
parties:
  - {name: Police, sector: police, signed_by: Chief constable, signed_on: 2026-01-01}
  - {name: St Mary's, partner: school-9, sector: school, signed_by: Head teacher, signed_on: 2026-01-01}
purposes:
  s47: {label: Section 47 enquiry, short: Section 47, basis: Children Act 1989 s.47}
windows: {cp-plan: 24}
rules:
  - id: one
    effect: share
    of: police
    with: {roles: frontline, partners: [school-9]}
    for: all
    kinds: [incident, custody]
    level: existence
    basis: A basis.
    from: 2026-02-01
limits: {soft_per_hour: 10}
"""


def test_what_stands_there_is_taken():
    agreement = read_agreement(SMALL)
    (rule,) = agreement.rules
    assert (rule.of, rule.reasons, rule.kinds) == (("police",), ("all",), ("incident", "custody"))
    assert (rule.recipients.roles, rule.recipients.partners) == (("frontline",), ("school-9",))
    assert (str(rule.first), str(agreement.valid.last)) == ("2026-02-01", "2027-12-31")
    assert (agreement.windows, agreement.limits.soft_per_hour, agreement.limits.results) == (
        {"cp-plan": 24},
        10,
        20,
    )


@pytest.mark.parametrize(
    ("there", "instead", "line", "told"),
    [
        ("title: A", "titel: A", 3, "'titel' is not a word of agreements in this place. Did you mean 'title'?"),
        ('version: "1"\n', "", 1, "'version' is missing here. Add it."),
        ("review: 2027-01-01", "review: next year", 6, "this is no date. Write it as 2026-09-01."),
        ("sector: police", "sector: polise", 8, "'polise' is no sector. Did you mean 'police'?"),
        ("signed_on: 2026-01-01}\n  - {name: St", "signed: no}\n  - {name: St", 8, "'signed' is not a word"),
        ("label: Section 47 enquiry, ", "", 11, "'label' is missing here. Add it."),
        ("basis: Children", "basis: Children, needs: luck, x: ", 11, "'luck' is no word for this"),
        ("{cp-plan: 24}", "{cp-plan: 37}", 12, "write a number of months from 1 to 36"),
        ("{cp-plan: 24}", "{cp-plan: two}", 12, "this is no whole number."),
        ("{cp-plan: 24}", "{cpplan: 24}", 12, "'cpplan' is no kind of involvement. Did you mean 'cp-plan'?"),
        ("effect: share", "effect: perhaps", 15, "'perhaps' is no word for this"),
        ("of: police", "of: fire", 16, "'fire' is no partner or sector."),
        ("of: police", "of: [all, police]", 16, "Write 'all' alone, or take it out."),
        ("of: police", "of: []", 16, "name at least one partner or sector, or write 'all'."),
        ("roles: frontline", "roles: administrator", 17, "'administrator' may never ask, whatever is agreed."),
        ("roles: frontline", "roles: frontlines", 17, "'frontlines' is no role. Did you mean 'frontline'?"),
        ("roles: frontline", "roles: []", 17, "name at least one role."),
        ("[school-9]", "[school-8]", 17, "'school-8' is no partner among the parties."),
        ("for: all", "for: s74", 18, "'s74' is no purpose of this agreement. Did you mean 's47'?"),
        ("[incident, custody]", "[incidents]", 19, "'incidents' is no kind of involvement."),
        ("basis: A basis.", "basis:", 21, "say on which basis."),
        ("from: 2026-02-01", "from: 2026-02-01\n    until: 2026-01-01", 23, "the last day is before the first."),
        ("until: 2027-12-31", "until: 2025-12-31", 5, "the last day is before the first."),
        ("level: existence", "level: existence\n    level: content", 21, "'level' stands twice. Keep one."),
        ("soft_per_hour: 10", "soft_per_hour: 0", 23, "write a number above 0."),
        ("soft_per_hour: 10", "hard_per_day: 100", 23, "the hard limit is below the soft one."),
        ("id: one", "id: One rule", 14, "'One rule' is no id."),
        ("  - id: one", "  - {id: one}\n  - id: one", 14, "is missing here. Add it."),
        ("parties:", "parties: [", 8, "this is not YAML."),
        ("id: town", "- id: town", 1, "a"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_to_write(there, instead, line, told):
    assert there in SMALL
    with pytest.raises(AgreementError) as error:
        read_agreement(SMALL.replace(there, instead, 1), "town.yaml")
    assert told in str(error.value)
    if line != 1:
        assert f"town.yaml, line {line}: " in str(error.value)


def test_every_fault_is_told_at_once():
    text = SMALL.replace("roles: frontline", "roles: nobody").replace("{cp-plan: 24}", "{cp-plan: 99}")
    with pytest.raises(AgreementError) as error:
        read_agreement(text)
    assert len(str(error.value).splitlines()) == 2


def test_two_rules_of_one_id_are_refused():
    rules = SMALL.partition("rules:\n")[2].partition("limits:")[0]
    with pytest.raises(AgreementError, match="two rules have the id 'one'"):
        read_agreement(SMALL.replace(rules, rules + rules))


@pytest.mark.parametrize(
    "text", ["", "just words", "[1, 2]", "\x00", "a: *nowhere", "a: &x [*x]", "? {a: b}\n: c"]
)
def test_what_is_no_agreement_at_all_is_told_and_never_breaks(text):
    with pytest.raises(AgreementError, match=r"^agreement"):
        read_agreement(text)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_what_is_written_is_read_again(seed):
    agreement = an_agreement(random.Random(seed))
    written = yaml.safe_dump(to_builtins(agreement), sort_keys=False)
    assert read_agreement(written) == agreement


def test_a_folder_has_its_own_agreement_or_for_invented_people_the_packaged_one(tmp_path):
    assert agreement_of(tmp_path) == agreement_of(tmp_path, "aldermarch") == packaged_agreement()
    assert agreement_of(tmp_path, "borough") == load_agreement(PACKAGED)
    (tmp_path / FILE).write_text(SMALL, encoding="utf-8")
    assert agreement_of(tmp_path, "town").id == "town-sharing"


def test_what_a_real_partnership_never_agreed_is_not_shared(tmp_path):
    with pytest.raises(AgreementError, match=r"'town' has no sharing agreement, so nothing is shared"):
        agreement_of(tmp_path, "town")


@pytest.mark.parametrize("partnership", ["village", "borough"])
def test_another_partnerships_agreement_is_refused(tmp_path, partnership):
    (tmp_path / FILE).write_text(SMALL, encoding="utf-8")
    with pytest.raises(AgreementError, match="is the agreement of 'town'"):
        agreement_of(tmp_path, partnership)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(AgreementError, match="there is no such agreement"):
        load_agreement(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9")
    with pytest.raises(AgreementError, match="Save it as UTF-8"):
        load_agreement(tmp_path / "latin.yaml")
