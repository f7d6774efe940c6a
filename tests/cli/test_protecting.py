"""A steward protects, splits, erases and takes back; and a rollback brings nothing back. Scenarios 1, 8 and 9, by command."""

import pytest

from footprint.cli import deciding
from footprint.cli.exits import Exit
from footprint.decisions.decision import RULES


def publish_twice(borough):
    """Publish again, so that there is a snapshot to roll back to that knows nothing of what a test rules."""
    assert borough("publish").code == 0


@pytest.fixture
def woman(borough):
    """One of the two women called Amandeep Kaur, as a search finds her."""
    return borough.search(*borough.story(1), "--json").json["people"][0]


def the(borough, person_id):
    found = borough.search(*borough.story(1), "--json").json["people"]
    return next((one for one in found if one["person_id"] == person_id), None)


def test_what_takes_two_people_no_command_does():
    commands = {command.name or command.callback.__name__ for command in deciding.app.registered_commands}
    by_two = {kind for kind, rule in RULES.items() if rule.by_two}
    assert by_two == {"lift"}
    assert commands >= RULES.keys() - by_two
    assert by_two.isdisjoint(commands)


def test_shield_then_roll_back_and_nothing_reappears(borough, woman):
    publish_twice(borough)
    home = woman["homes"][0]
    assert borough.search("--address", home).code == 0
    empty = borough.search("--address", "1 No Such Street, ZZ1 1ZZ", "--json").out
    ruled = borough(
        "decide", "shield", woman["person_id"], "--address", home, "--reason", "She has left him.", "--json"
    ).json
    for rolled_back in (False, True):
        if rolled_back:
            assert borough("rollback").code == 0
            empty = borough.search("--address", "1 No Such Street, ZZ1 1ZZ", "--json").out
        found = the(borough, woman["person_id"])
        assert (found["standing"], found["homes"], found["records"], found["partners"]) == (
            "protected",
            [],
            [],
            [],
        )
        page = borough.show(woman["person_id"]).out
        assert "01632 960001" in page, "the hub brokers"
        assert not any(secret in page for secret in (home, "Ring Local CID", "Ring Hospital"))
        assert borough.search("--address", home, "--json").out == empty
    assert home not in borough("decide", "list").out + borough("decide", "list", "--json").out
    assert "an address" in borough("decide", "list").out
    refused = borough("decide", "undo", ruled["id"], "--reason", "He asked nicely.")
    assert (refused.code, refused.out) == (Exit.REFUSED, "")


def test_published_after_a_shield_the_snapshot_itself_holds_no_home(borough, woman):
    home = woman["homes"][0].split(",")[0].encode()
    borough("decide", "shield", woman["person_id"], "--reason", "She has left him.")
    publish_twice(borough)
    current = next(one["snapshot"] for one in borough("snapshot", "list", "--json").json if one["current"])
    records = borough.data / "snapshots" / current / "segments" / "records" / "bodies.bin"
    assert home not in records.read_bytes()
    assert the(borough, woman["person_id"])["standing"] == "protected"


def test_ruled_different_two_records_part_at_once_and_for_good(borough, woman):
    one, *others = woman["records"]
    assert others
    ruled = borough(
        "decide", "different", "--one", one, "--other", others[0], "--reason", "Two mothers.", "--json"
    ).json
    found = borough.search(*borough.story(1), "--json").json["people"]
    assert not any({one, others[0]} <= set(person["records"]) for person in found)
    assert len(found) == 3
    publish_twice(borough)
    found = borough.search(*borough.story(1), "--json").json["people"]
    assert not any({one, others[0]} <= set(person["records"]) for person in found)
    assert borough("decide", "undo", ruled["id"], "--reason", "One mother.").code == 0
    publish_twice(borough)
    found = borough.search(*borough.story(1), "--json").json["people"]
    assert any({one, others[0]} <= set(person["records"]) for person in found)


def test_ruled_same_waits_for_the_next_publishing_and_says_so(borough):
    first, second = borough.search(*borough.story(1), "--json").json["people"]
    told = borough(
        "decide",
        "same",
        "--one",
        first["person_id"],
        "--other",
        second["person_id"],
        "--reason",
        "It is one.",
    )
    assert "next `footprint publish`" in told.out
    assert len(borough.search(*borough.story(1), "--json").json["people"]) == 2


def test_disputed_is_shown_as_disputed_and_can_be_settled(borough, woman):
    one, other = woman["records"][:2]
    ruled = borough(
        "decide", "disputed", "--one", one, "--other", other, "--reason", "She says it is not her.", "--json"
    ).json
    shown = borough.show(woman["person_id"], "--json").json
    assert [possible["disputed"] for possible in shown["possible"] if other in possible["records"]] == [True]
    assert borough("decide", "undo", ruled["id"], "--reason", "Settled.").code == 0
    assert the(borough, woman["person_id"])["records"] == woman["records"]


def test_erased_is_gone_at_once_and_after_a_rollback_and_the_ledger_still_holds(borough, woman):
    publish_twice(borough)
    assert borough("decide", "erase", woman["person_id"], "--reason", "Article 17.").code == 0
    for _ in range(2):
        assert the(borough, woman["person_id"]) is None
        assert borough.show(woman["person_id"]).code == Exit.NOTHING_FOUND
        borough("rollback")
    assert borough("ledger", "verify").code == 0


def test_what_was_erased_is_in_no_snapshot_after_the_second_publishing(borough, woman):
    def there():
        return sorted(path.name for path in (borough.data / "snapshots").iterdir() if path.name[0] == "2")

    publish_twice(borough)
    assert borough("snapshot", "prune").out == "Nothing is to be removed.\n"
    assert borough("decide", "erase", woman["person_id"], "--reason", "Article 17.").code == 0
    before = there()
    assert borough("publish").code == 0
    assert there()[:-1] == before[-1:], "the one to return to stays for now"
    assert borough("publish").code == 0
    assert not set(there()) & set(before)
    assert borough("snapshot", "prune", "--json").json == {"removed": []}
    assert "snapshots-removed" in [one["action"] for one in borough.entries()]


def test_what_is_held_is_not_erased_until_the_hold_is_taken_back(borough, woman):
    held = borough("decide", "hold", woman["person_id"], "--reason", "Inquest.", "--json").json
    refused = borough("decide", "erase", woman["person_id"], "--reason", "Article 17.")
    assert refused.code == Exit.REFUSED
    assert "held for an inquiry" in refused.err
    assert borough("decide", "undo", held["id"], "--reason", "The inquest is over.").code == 0
    assert borough("decide", "erase", woman["person_id"], "--reason", "Article 17.").code == 0


def test_a_seal_closes_one_side_and_takes_its_number_from_the_other(borough, woman):
    """Scenario 9, as far as it concerns asking; who may see the seal waits for roles."""
    former, new = woman["records"][:2]
    ruled = borough(
        "decide", "seal", "--former", former, "--new", new, "--since", "2026-03-01", "--reason", "Adoption order.", "--json"
    ).json  # fmt: skip
    assert former in " ".join(ruled["subjects"])
    assert borough.show(woman["person_id"], "--json").json["standing"] == "restricted", (
        "both, while a snapshot mixes them"
    )
    publish_twice(borough)
    found = {tuple(one["records"]): one for one in borough.search(*borough.story(1), "--json").json["people"]}
    assert (new,) in found
    assert not any(former in records for records in found)
    assert sum(one["standing"] == "restricted" for one in found.values()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["shield", "p0", "--reason", "x"], "no person 'p0'"),
        (["shield", "--reason", "x"], "whom or what"),
        (["shield", "--address", "somewhere", "--reason", "x"], "house number or name, and a postcode"),
        (["different", "--one", "police/1", "--other", "a/b/c", "--reason", "x"], "PARTNER/SCHEME/ID"),
        (["undo", "d-0", "--reason", "x"], "no decision 'd-0'"),
        (["hold", "police/person-id/1", "--reason", " "], "the reason"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(borough, arguments, says):
    ended = borough("decide", *arguments)
    assert ended.code in {Exit.REFUSED, Exit.NOTHING_FOUND}
    assert says in ended.err
    assert borough("decide", "list").out == "Nothing was decided yet.\n"


def test_a_decision_and_its_entry_are_written_together_or_not_at_all(borough, monkeypatch):
    from footprint.ledger import Ledger, LedgerUnavailable

    def unavailable(self, event, **options):
        raise LedgerUnavailable("The disk is full.")

    monkeypatch.setattr(Ledger, "record", unavailable)
    ended = borough("decide", "hold", "police/person-id/1", "--reason", "Inquest.")
    assert ended.code == Exit.NO_LEDGER
    monkeypatch.undo()
    assert borough("decide", "list", "--json").json == []


def test_a_snapshot_that_was_altered_is_found(borough):
    current = borough("snapshot", "list", "--json").json[-1]["snapshot"]
    bodies = borough.data / "snapshots" / current / "segments" / "records" / "bodies.bin"
    content = bytearray(bodies.read_bytes())
    content[10] ^= 1
    bodies.unlink()
    bodies.write_bytes(content)
    ended = borough("snapshot", "verify", "--json")
    assert (ended.code, ended.json["faults"]) == (Exit.FAULTS, ["records/bodies.bin was altered."])
    assert borough("snapshot", "verify", "20200101T000000Z-00000000").code == Exit.REFUSED
