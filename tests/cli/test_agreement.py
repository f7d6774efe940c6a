"""The agreement at the command line: checked, shown, compared; and what each role is then told, with the rule in the ledger."""

import pytest
import yaml

from footprint.cli.exits import Exit
from footprint.cli.permitting import PARTNER, ROLE
from footprint.sharing import packaged_agreement
from footprint.sharing.reading import PACKAGED
from tests.cli.conftest import footprint


def asking_as(monkeypatch, role, partner):
    monkeypatch.setenv(ROLE, role)
    monkeypatch.setenv(PARTNER, partner)


@pytest.fixture
def written(tmp_path):
    """Write a copy of the packaged agreement with some of its text replaced."""

    def write(name="new.yaml", there="", instead=""):
        text = PACKAGED.read_text(encoding="utf-8")
        assert there in text
        path = tmp_path / name
        path.write_text(text.replace(there, instead, 1) if there else text, encoding="utf-8")
        return path

    return write


def test_a_sound_agreement_is_told_by_its_version(written, tmp_path):
    ended = footprint(tmp_path, "agreement", "check", written(), "--json")
    assert (ended.code, ended.json["version"], ended.json["notes"]) == (0, packaged_agreement().stamp, [])
    assert "is sound" in footprint(tmp_path, "agreement", "check", written()).out


def test_a_mistake_is_told_with_its_line_and_nothing_is_printed(written, tmp_path):
    path = written(there="roles: [early-help]", instead="roles: [administrator]")
    ended = footprint(tmp_path, "agreement", "check", path)
    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    assert f"{path}, line " in ended.err
    assert "'administrator' may never ask" in ended.err


def test_who_gets_what_is_shown_by_role(tmp_path):
    ended = footprint(tmp_path, "agreement", "show", "--role", "school-lead")
    assert "of own pupils only" in ended.out
    assert "childrens-social-care: existence of everything" in ended.out
    assert "early-help" not in ended.out
    everything = footprint(tmp_path, "agreement", "show", "--json").json
    assert {grant["role"] for grant in everything["grants"]}.isdisjoint({"administrator", "overseer"})
    assert footprint(tmp_path, "agreement", "show", "--role", "king").code == Exit.WRONG_COMMAND


def test_what_would_change_is_shown(written, tmp_path):
    new = written(
        there="kinds: [police-protection, custody, investigation]", instead="kinds: [investigation]"
    )
    told = footprint(tmp_path, "agreement", "diff", PACKAGED, new).out.splitlines()
    assert any("police-protection, custody of police: existence -> nothing" in line for line in told)
    assert all(line.startswith(("frontline", "navigator")) for line in told)
    same = footprint(tmp_path, "agreement", "diff", PACKAGED, written("same.yaml"))
    assert same.out == "No decision changes.\n"
    limits = written("limits.yaml", "results: 20", "results: 5")
    found = footprint(tmp_path, "agreement", "diff", PACKAGED, limits, "--json").json
    assert (found["changes"], found["others"]) == ([], ["The limit results is 5 instead of 20."])


def test_a_day_that_is_none_is_told(tmp_path):
    assert footprint(tmp_path, "agreement", "show", "--on", "yesterday").code == Exit.WRONG_COMMAND


def test_every_entry_of_a_look_up_names_the_rule_the_version_and_as_what_one_asked(borough):
    before = len(borough.entries())
    (first, *_) = borough.search(*borough.story(1), "--json").json["people"]
    assert borough.show(first["person_id"]).code == 0
    looked_up = [entry for entry in borough.entries()[before:] if entry.get("purpose") == "s47"]
    assert [entry["kind"] for entry in looked_up] == ["intent", "outcome", "intent", "outcome"]
    assert {entry["policy_rule"] for entry in looked_up} == {"hub"}
    assert {entry["policy_version"] for entry in looked_up} == {packaged_agreement().stamp}
    assert {(entry["role"], entry["organisation"]) for entry in looked_up} == {
        ("social-work-decision-maker", "childrens-social-care")
    }


def test_who_may_not_ask_is_refused_and_the_refusal_is_in_the_ledger(borough, monkeypatch):
    asking_as(monkeypatch, "administrator", "police")
    before = len(borough.entries())
    ended = borough.search(*borough.story(1))
    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    assert "Your role does not look people up" in ended.err
    (entry,) = [one for one in borough.entries()[before:] if one.get("purpose") == "s47"]
    assert (entry["kind"], entry["role"], entry["policy_rule"]) == (
        "refusal",
        "administrator",
        "role-may-not-ask",
    )


@pytest.mark.parametrize(
    ("role", "partner", "told"), [("king", "police", "is no role"), ("frontline", "press", "is no partner")]
)
def test_as_what_one_asks_must_be_a_role_and_a_partner(borough, monkeypatch, role, partner, told):
    asking_as(monkeypatch, role, partner)
    ended = borough.search(*borough.story(1))
    assert (ended.code, ended.out) == (Exit.WRONG_COMMAND, "")
    assert told in ended.err


def test_an_officer_is_told_that_the_hospital_was_involved_and_no_more(borough, monkeypatch):
    (first, *_) = borough.search(*borough.story(0), "--json").json["people"]
    hub = by_sector(borough.show(first["person_id"], "--json").json)
    asking_as(monkeypatch, "frontline", "police")
    officer = by_sector(borough.show(first["person_id"], "--json").json)
    assert hub["acute-trust"]["involvements"], "the story's boy has been to the hospital"
    assert officer["acute-trust"]["involvements"] == []
    assert officer["acute-trust"]["says"] == "Involved in the last twelve months. Ring to ask."
    assert officer["police"] == hub["police"]


def by_sector(footprint):
    return {one["sector"]: one for one in footprint["partners"] if one["sector"] != "school"}


def test_a_schools_lead_finds_own_pupils_and_nobody_else(borough, monkeypatch):
    (first, *_) = borough.search(*borough.story(0), "--json").json["people"]
    schools = [
        one["partner"]
        for one in borough.show(first["person_id"], "--json").json["partners"]
        if one["sector"] == "school"
    ]
    own = next(key.partition("/")[0] for key in first["records"] if key.startswith("school-"))
    found = {}
    for school in schools:
        asking_as(monkeypatch, "school-lead", school)
        ended = borough("search", "--case", "C-1", "--purpose", "pupil", *borough.story(0), "--json")
        shown = borough("show", first["person_id"], "--case", "C-1", "--purpose", "pupil")
        found[school] = (len(ended.json["people"]) > 0, shown.code)
    assert found.pop(own) == (True, 0)
    assert set(found.values()) == {(False, Exit.NOTHING_FOUND)}


def test_a_partnership_asks_under_its_own_agreement_and_for_its_own_purposes(borough):
    said = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    said["purposes"]["strategy"] = {"label": "Strategy discussion", "short": "Section 47", "basis": "s.47"}
    said["rules"][0]["for"] = ["strategy"]
    (borough.data / "agreement.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    assert "strategy" in borough("help", "purposes").out
    search = ("--case", "C-1", *borough.story(1))
    assert borough("search", "--purpose", "strategy", *search).code == 0
    assert borough("search", "--purpose", "s47", *search).code == Exit.REFUSED
    assert borough("search", "--purpose", "curiosity", *search).code == Exit.WRONG_COMMAND


def test_without_an_agreement_that_can_be_read_nothing_is_answered(borough):
    (borough.data / "agreement.yaml").write_text("id: [\n", encoding="utf-8")
    ended = borough.search(*borough.story(1))
    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    assert "agreement.yaml, line 2: this is not YAML" in ended.err


def test_a_real_partnership_without_an_agreement_shares_nothing(borough):
    (borough.data / "partnership.yaml").write_text("id: somewhere\nname: Somewhere\n", encoding="utf-8")
    ended = borough.search(*borough.story(1))
    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    assert "has no sharing agreement, so nothing is shared" in ended.err


def test_a_search_lists_no_more_people_than_the_agreement_says(borough):
    said = PACKAGED.read_text(encoding="utf-8").replace("results: 20", "results: 1")
    asked = ("--family", "Kaur", "--dob", "1991", "--given", "Amandeep", "--all", "--limit", "20", "--json")
    before = len(borough.search(*asked).json["people"])
    (borough.data / "agreement.yaml").write_text(said, encoding="utf-8")
    after = borough.search(*asked).json
    assert before > 1
    assert (after["outcome"], after["people"]) == ("refine", [])
