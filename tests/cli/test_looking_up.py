"""Rule 1 and the shapes that scripts rely on: no ledger, no answer; what is shown is in the log, what was typed is sealed."""

import json

import pytest

from footprint.cli.exits import Exit
from footprint.ledger import Ledger, LedgerUnavailable


def test_a_search_answers_in_the_agreed_shape(borough):
    answer = borough.search(*borough.story(0), "--json").json
    assert {"outcome", "people", "partners"} <= answer.keys()
    person = answer["people"][0]
    assert {"person_id", "weight", "verdicts", "records"} <= person.keys()
    assert set(person["verdicts"]) == {"given", "family", "birth"}
    assert {"partner", "as_of", "state"} <= answer["partners"][0].keys()
    assert {state["partner"] for state in answer["partners"]} >= {
        "police",
        "childrens-social-care",
        "acute-trust",
    }


def test_an_address_answers_by_household(borough):
    answer = borough.search(*borough.story(2), "--json").json
    assert answer["outcome"] == "found"
    assert sum(len(household["residents"]) for household in answer["residences"][0]["now"]) >= 3


def test_who_was_found_is_shown_with_every_partner(borough):
    (first, *_) = borough.search(*borough.story(1), "--json").json["people"]
    footprint = borough.show(first["person_id"], "--json").json
    assert footprint["name"] == "Amandeep Kaur"
    assert {one["partner"] for one in footprint["partners"]} >= {
        "police",
        "childrens-social-care",
        "acute-trust",
    }
    page = borough.show(first["person_id"]).out
    assert "Amandeep Kaur, born 4 May 1991" in page
    assert "This is not a clearance." in page
    assert "\x1b" not in page, "no colour where nobody sees it"


def test_the_two_women_of_one_name_are_two_and_victim_and_suspect_stay_apart(borough):
    """Scenario 1, as far as it concerns asking; the list of who saw a wrong link waits for the notices to recipients."""
    answer = borough.search(*borough.story(1), "--json").json
    assert (answer["outcome"], len(answer["people"])) == ("several", 2)
    roles = []
    for person in answer["people"]:
        police = next(
            one
            for one in borough.show(person["person_id"], "--json").json["partners"]
            if one["partner"] == "police"
        )
        roles.append({line["role"] for line in police["involvements"]})
    assert roles[0].isdisjoint(roles[1])


def test_intent_and_outcome_are_in_the_ledger_and_what_was_typed_is_sealed(borough):
    before = len(borough.entries())
    people = borough.search(*borough.story(1), "--json").json["people"]
    intent, outcome = borough.entries()[before : before + 2]
    assert (intent["kind"], outcome["kind"]) == ("intent", "outcome")
    assert (outcome["case"], outcome["count"]) == ("C-1", len(people))
    found = borough("ledger", "entries", "--person", people[0]["person_id"], "--json").json
    assert outcome["receipt"] in {entry["receipt"] for entry in found}
    database = b"".join(path.read_bytes() for path in borough.data.glob("footprint.sqlite3*"))
    assert b"Amandeep" not in database
    assert borough("ledger", "verify").code == 0


@pytest.mark.parametrize("fails_at", [0, 1])
@pytest.mark.parametrize(
    "arguments",
    [["search", "--family", "Kaur", "--given", "Amandeep", "--dob", "1991-05-04"], ["show", "p1"]],
)
def test_no_ledger_no_answer(borough, monkeypatch, fails_at, arguments):
    entered = []
    record = Ledger.record

    def unavailable(self, event, **options):
        if len(entered) == fails_at:
            raise LedgerUnavailable("The ledger could not be written, so nothing may be answered.")
        entered.append(event)
        return record(self, event, **options)

    monkeypatch.setattr(Ledger, "record", unavailable)
    ended = borough(*arguments, "--case", "C-1", "--purpose", "s47")
    assert (ended.code, ended.out) == (Exit.NO_LEDGER, "")
    assert "nothing may be answered" in ended.err


def test_nothing_is_published_that_the_ledger_does_not_know(borough, monkeypatch):
    current = borough("snapshot", "list", "--json").json

    def unavailable(self, event, **options):
        raise LedgerUnavailable("The disk is full.")

    monkeypatch.setattr(Ledger, "record", unavailable)
    assert borough("publish").code == Exit.NO_LEDGER
    assert borough("rollback").code in {Exit.NO_LEDGER, Exit.NOT_READY}
    monkeypatch.undo()
    assert borough("snapshot", "list", "--json").json == current


def test_a_ledger_that_was_tampered_with_is_found(borough):
    import sqlite3

    borough.search(*borough.story(0))
    with sqlite3.connect(borough.data / "footprint.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "UPDATE ledger_entry SET body = replace(body, 'search', 'sneak') WHERE kind = 'intent'"
        )
    database.close()
    ended = borough("ledger", "verify", "--json")
    assert ended.code == Exit.FAULTS
    assert not json.loads(ended.out)["sound"]


def test_a_head_is_signed_for_the_witnesses_and_checked_again(borough, tmp_path):
    head = tmp_path / "head"
    head.write_text(borough("ledger", "head").out, encoding="utf-8")
    borough.search(*borough.story(0))
    assert borough("ledger", "verify", "--heads", head).code == 0
