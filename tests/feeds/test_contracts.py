"""Contracts: those that come with Footprint are sound, and a mistake in one is told with its line and what to write."""

import msgspec
import pytest

from footprint.feeds.contract import Contract
from footprint.feeds.contract_reading import SHIPPED, load_contract, load_contracts
from footprint.feeds.terms import ContractError

PLAIN = """\
feed: fire
title: Fire service visits
partner:
  id: fire
  name: Fire service
  sector: police
  duty: {team: Prevention, phone: 101, hours: always, fallback: control}
purpose: [safeguarding-children]
basis: Children Act 2004 s.11
signed_off: {by: Board, on: 2026-09-01}
cohort:
  any_of:
    - age_under: 19
    - has: involvement
cadence: {every: day, expected_by: "08:00"}
mode: full
keys: [person-id]
codes:
  visit: {HFSV: incident}
files:
  - name: visits.csv
    required: true
    key: {person-id: person_id}
    person:
      name.family: surname
    involvement:
      code: {column: kind, codes: visit}
      start: visited_on
"""


def write(tmp_path, text):
    path = tmp_path / "fire.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_five_contracts_that_come_with_it_can_be_read():
    assert sorted(load_contracts()) == ["acute", "childrens-social-care", "cin-census", "police", "schools"]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_contract_says_who_signed_for_what_and_whom_to_ring(path):
    contract = load_contract(path)
    assert contract.feed == path.stem
    assert contract.purpose
    assert contract.basis
    assert contract.signed_off.by
    assert all(msgspec.structs.astuple(contract.partner.duty)[1:])
    assert contract.retention_months == 36


def test_a_contract_passes_whole_to_the_process_that_reads():
    for contract in load_contracts().values():
        assert msgspec.json.decode(msgspec.json.encode(contract), type=Contract) == contract


def test_a_partnerships_own_contract_is_added_and_overrides_by_name(tmp_path):
    own = tmp_path / "contracts"
    own.mkdir()
    (own / "fire.yaml").write_text(PLAIN)
    shipped = (SHIPPED / "police.yaml").read_text(encoding="utf-8")
    (own / "ours.yaml").write_text(
        shipped.replace("title: Police", "title: West Midlands Police"), encoding="utf-8"
    )
    found = load_contracts(tmp_path)
    assert found["fire"].title == "Fire service visits"
    assert found["police"].title.startswith("West Midlands Police")
    assert len(found) == 6


def test_what_a_contract_leaves_out_has_the_services_defaults(tmp_path):
    contract = load_contract(write(tmp_path, PLAIN))
    assert (contract.cadence.stale_after_hours, contract.cadence.alarm_after_hours) == (26, 50)
    assert (contract.thresholds.rows_least, contract.thresholds.rows_most) == (0.7, 1.6)
    assert (contract.limits.memory_mb, contract.retention_months) == (1500, 36)


# What is written instead of what, the line that is named, and words of the advice.
MISTAKES = [
    ("feed: fire", "feed: Fire Service", 1, "small letters"),
    ("feed: fire\n", "", 1, "'feed' is missing"),
    ("title: Fire", "titel: Fire", 2, "Did you mean 'title'?"),
    ("  sector: police", "  sector: polis", 6, "Did you mean 'police'?"),
    (", fallback: control", "", 7, "'fallback' is missing"),
    ("on: 2026-09-01", "on: September", 10, "a date, such as 2026-09-01"),
    ("age_under: 19", "age_under: young", 13, "a whole number"),
    ("age_under: 19", "older_than: 19", 13, "no test of a cohort"),
    ("has: involvement", "has: car", 14, "thing to have"),
    ("    - age_under: 19\n    - has: involvement", "    - related_to: cohort", 12, "nobody passes"),
    ("every: day", "every: dya", 15, "Did you mean 'day'?"),
    ('"08:00"', '"eight"', 15, "a time in quotation marks"),
    ('"08:00"', '"08:00", stale_after_hours: 60, alarm_after_hours: 50', 15, "stale_after_hours"),
    ("mode: full", "mode: half", 16, "Write one of"),
    ("HFSV: incident", "HFSV: visit", 27, "none of our codes"),
    ("files:\n  - name: visits.csv", "files:\n  - name:", 21, "Write a value"),
    ("    key: {person-id: person_id}\n", "", 1, "no key"),
    ("key: {person-id: person_id}", "key: {patient: person_id}", 1, "not among 'keys'"),
    ("name.family: surname", "name.famly: surname", 25, "Did you mean 'name.family'?"),
    ("name.family: surname", "name.family: surname\n      name.family: other", 26, "stands twice"),
    ("codes: visit}", "codes: visits}", 27, "code list"),
    ("      start: visited_on\n", "", 27, "involvement needs 'start'"),
    ("{column: kind, codes: visit}", "{codes: visit}", 27, "names no column"),
    ("{column: kind, codes: visit}", "{is: visit}", 27, "none of our codes"),
    ("mode: full", "mode: full\ninstances: true", 1, "header field 'instance'"),
    ("mode: full", "mode: full\ngates: {rows_lest: 0.5}", 17, "Did you mean 'rows_least'?"),
    ("required: true", "required: maybe", 22, "true or false"),
    ("required: true", "format: xml", 21, "needs 'root'"),
    ("required: true", "root: Message", 21, "belong to XML"),
    ("kind, codes: visit}", "kind, codes: visit}\n      when: [{of: kind}]", 28, "one_of, none_of, or over"),
    ("kind, codes: visit}", "kind, codes: visit}\n      when: kind", 28, "belongs a list"),
    ("title: Fire service visits", "title: [Fire]", 2, "one word or sentence"),
    ("mode: full", "mode: full\nlimits: {memory_mb: much}", 17, "a whole number"),
    ("purpose: [safeguarding-children]", "purpose: [safe", 9, "not YAML"),
    ("cohort:", "\tcohort:", 11, "not YAML"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "advice"), MISTAKES, ids=[f"{new or old}"[:40] for old, new, *_ in MISTAKES]
)
def test_a_mistake_is_told_with_file_line_and_advice(old, new, line, advice, tmp_path):
    assert old in PLAIN
    with pytest.raises(ContractError) as error:
        load_contract(write(tmp_path, PLAIN.replace(old, new, 1)))
    assert f"fire.yaml, line {line}:" in str(error.value)
    assert advice in str(error.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\xff\xfe\x00", "not UTF-8"), (b"- a\n- b\n", "belongs a mapping")],
)
def test_a_file_that_is_no_contract_is_told(content, words, tmp_path):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    with pytest.raises(ContractError, match=words):
        load_contract(path)


def test_a_contract_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ContractError, match="no such contract"):
        load_contract(tmp_path / "none.yaml")
