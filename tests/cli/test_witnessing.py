"""The commands by which a log is witnessed and a partner runs its witness, and what an outsider is handed."""

import json
import subprocess
import sys

import pytest
import yaml

from footprint.cli.exits import Exit
from tests.cli.conftest import footprint
from tests.witness_process import RunningWitness


@pytest.fixture
def log(tmp_path):
    """A function that runs commands on a data folder in which a few things were entered."""

    def run(*arguments):
        return footprint(tmp_path / "log", *arguments)

    for _ in range(3):
        run("ledger", "entries")
    return run


@pytest.fixture
def keys(log):
    return log("ledger", "keys", "--json").json


@pytest.fixture
def police(tmp_path, keys, log):
    witness = RunningWitness(tmp_path / "police", "witness.example.org/police", keys)
    name(tmp_path, witness)
    yield witness
    witness.kill()


def name(tmp_path, *witnesses):
    """Write the file that names the log's witnesses."""
    said = [{"name": one.name, "url": one.url, "keys": one.keys} for one in witnesses]
    (tmp_path / "log" / "witnesses.yaml").write_text(yaml.safe_dump(said))


def test_a_head_is_cosigned_kept_and_used_by_the_verification(log, police):
    done = log("ledger", "cosign")
    assert done.code == 0
    assert done.out.splitlines() == [
        "The head of 3 entries is signed.",
        "witness.example.org/police has signed these 3 entries.",
    ]
    verified = log("ledger", "verify", "--json").json
    assert "witness.example.org/police signed a head of 3 entries." in verified["remarks"]
    shown = police.run("show").stdout
    assert shown.startswith("footprint.invalid/borough: 3 entries, root ")
    assert len(shown.strip().rpartition(" ")[2]) == 44, "short enough for the minutes"


def test_a_witness_that_is_down_is_said_to_be_and_look_ups_go_on(log, police):
    police.kill()
    done = log("ledger", "cosign")
    assert done.code == Exit.NOT_READY
    assert "was not reached" in done.out
    assert log("ledger", "entries").code == 0
    police.start()
    assert log("ledger", "cosign").code == 0


def test_a_refusal_is_an_alarm(log, police, tmp_path):
    assert log("ledger", "cosign").code == 0
    for file in (tmp_path / "log").glob("footprint.sqlite3*"):
        file.unlink()  # an older backup is put back: an empty one
    log("ledger", "entries")
    done = log("ledger", "cosign", "--json")
    assert done.code == Exit.FAULTS
    (asked,) = done.json["asked"]
    assert (asked["state"], asked["alarm"]) == ("refused", True)
    spoken = log("ledger", "cosign")
    assert "REFUSED: witness.example.org/police remembers 3 entries, and this log has 1" in spoken.err
    for _ in range(4):
        log("ledger", "entries")
    assert "was rewritten or restored" in log("ledger", "cosign").err
    witnessed = tmp_path / "witnessed.note"
    witnessed.write_text(police.run("show", "--note").stdout)
    verified = log("ledger", "verify", "--heads", witnessed)
    assert verified.code == Exit.FAULTS
    evidence = police.run("show").stdout
    assert "REFUSED, and kept as evidence: " in evidence


def test_a_log_that_may_not_be_signed_is_an_alarm_too(log, tmp_path):
    import sqlite3

    log("ledger", "head")
    with sqlite3.connect(tmp_path / "log" / "footprint.sqlite3") as database:
        database.execute("DROP TRIGGER ledger_node_no_update")
        database.execute("UPDATE ledger_node SET hash = zeroblob(32)")
    database.close()
    ended = log("ledger", "head")
    assert (ended.code, ended.out) == (Exit.FAULTS, "")
    assert "Sign nothing" in ended.err


def test_without_witnesses_it_is_said_where_to_name_them(log):
    ended = log("ledger", "cosign")
    assert ended.code == Exit.NOT_READY
    assert "witnesses.yaml" in ended.err


def test_a_witness_named_wrongly_is_said_to_be(log, tmp_path):
    (tmp_path / "log" / "witnesses.yaml").write_text("- {name: a, url: 'file:///etc', keys: []}")
    for command in ("cosign", "verify"):
        assert "witnesses.yaml cannot be used" in log("ledger", command).err


# ---------------------------------------------------------------- the witness's own commands


def test_a_witness_is_set_up_once_and_may_watch_a_further_log(tmp_path, keys):
    data = tmp_path / "police"
    first = footprint(data, "witness", "init", "--name", "witness.example.org/police", "--log-key", keys[0])
    assert first.out.startswith("witness.example.org/police watches footprint.invalid/borough. Its keys:\n")
    again = footprint(data, "witness", "init", "--log-key", keys[1], "--json").json
    assert again["logs"] == ["footprint.invalid/borough"]
    assert again["keys"] == first.out.splitlines()[1:]
    renamed = footprint(data, "witness", "init", "--name", "another", "--log-key", keys[0])
    assert renamed.code == Exit.REFUSED
    assert "it is witness.example.org/police" in renamed.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["init", "--name", "w", "--log-key", "nonsense"], Exit.REFUSED, "Ask for it again"),
        (["init", "--name", "two words", "--log-key", "KEY"], Exit.NO_LEDGER, "cannot name a signer"),
        (["init", "--log-key", "KEY"], Exit.REFUSED, "--name"),
        (["serve"], Exit.NOT_READY, "witness init"),
        (["show"], Exit.NOT_READY, "witness init"),
        (["serve", "--listen", "8090"], Exit.WRONG_COMMAND, "127.0.0.1:8090"),
        (["serve", "--listen", "127.0.0.1:99999"], Exit.WRONG_COMMAND, "127.0.0.1:8090"),
    ],
)
def test_what_is_missing_or_wrong_is_said(tmp_path, keys, arguments, code, says):
    given = [keys[0] if argument == "KEY" else argument for argument in arguments]
    ended = footprint(tmp_path / "police", "witness", *given)
    assert ended.code == code
    assert says in ended.err


def test_a_place_that_is_taken_is_said_to_be(tmp_path, police):
    ended = footprint(police.data, "witness", "serve", "--listen", f"127.0.0.1:{police.port}")
    assert ended.code == Exit.NOT_READY
    assert "Nobody can listen" in ended.err


def test_a_witness_that_lost_its_key_does_not_make_another(police):
    police.kill()
    (police.data / "witness" / "key").unlink()
    ended = footprint(police.data, "witness", "serve", "--listen", "127.0.0.1:0")
    assert ended.code == Exit.FAULTS
    assert "lost its key" in ended.err
    key = police.folder.settings().log_keys[0]
    assert footprint(police.data, "witness", "init", "--log-key", key).code == Exit.FAULTS


def test_a_witness_needs_no_database_and_makes_none(tmp_path, keys):
    footprint(tmp_path / "police", "witness", "init", "--name", "w", "--log-key", keys[0])
    footprint(tmp_path / "police", "witness", "show")
    assert [path.name for path in (tmp_path / "police").iterdir()] == ["witness"]


# ---------------------------------------------------------------- what stands in the log


def test_entries_are_listed_newest_first_by_user_or_by_action(log, monkeypatch):
    monkeypatch.setenv("FOOTPRINT_ACTOR", "jo")
    log("ledger", "opened")
    rows = log("ledger", "entries", "--newest", "--actor", "jo", "--json").json
    assert [row["action"] for row in rows] == ["entries", "opened"]
    assert [row["actor"] for row in log("ledger", "entries", "--action", "opened", "--json").json] == ["jo"]
    assert (
        log("ledger", "opened", "--since", "2020-01-01").out
        == "Nobody was shown anybody, as far as you asked.\n"
    )


# ---------------------------------------------------------------- what an outsider is handed


def test_an_outsider_checks_a_receipt_with_the_verifier_alone(log, keys, police, tmp_path):
    receipt = log("ledger", "entries", "--json").json[1]["receipt"]
    assert log("ledger", "cosign").code == 0
    log("ledger", "entries")
    pack, verifier = tmp_path / "pack.json", tmp_path / "verifier.pyz"
    assert log("ledger", "pack", receipt, "--out", pack).code == 0
    assert log("ledger", "verifier", "--out", verifier).code == 0
    assert "police" in json.loads(pack.read_text())["head"], "under the head that a witness signed"

    def check(*trusted):
        options = [option for key in trusted for option in ("--key", key)]
        command = [sys.executable, "-I", verifier, pack, *options]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    checked = check(*keys, *police.keys)
    assert checked.returncode == 0
    assert "The entry is number 1 of the 4" in checked.stdout
    assert f"Its receipt is {receipt}." in checked.stdout
    assert "witness.example.org/police" in checked.stdout
    assert check(*police.keys).returncode == 0
    pack.write_text(pack.read_text().replace("entries", "nothing"))
    assert check(*keys).returncode == 1


def test_without_witnesses_a_pack_is_under_a_head_signed_now(log, tmp_path):
    receipt = log("ledger", "entries", "--json").json[0]["receipt"]
    assert log("ledger", "pack", receipt, "--out", tmp_path / "pack.json").code == 0
    assert json.loads((tmp_path / "pack.json").read_text())["sequence"] == 0


def test_a_receipt_that_the_log_does_not_hold_is_said_not_to_be(log, tmp_path):
    receipt = log("ledger", "entries", "--json").json[0]["receipt"]
    for false in (receipt[:-1] + "?", "99999-AAAAAAAA", "\n", ""):
        ended = log("ledger", "pack", false, "--out", tmp_path / "pack.json")
        assert ended.code == Exit.NOTHING_FOUND
        assert "no entry with this receipt" in ended.err
    assert not (tmp_path / "pack.json").exists()


def test_a_whole_history_is_written_for_a_replay_elsewhere(log, tmp_path):
    history, verifier = tmp_path / "history.jsonl", tmp_path / "verifier.pyz"
    assert log("ledger", "history", "--out", history).code == 0
    log("ledger", "verifier", "--out", verifier)
    checked = subprocess.run([sys.executable, "-I", "-S", verifier, history], capture_output=True, text=True)
    assert checked.stdout.startswith("Sound: 4 entries")


def test_a_file_that_cannot_be_written_is_said_to_be(log, tmp_path):
    ended = log("ledger", "verifier", "--out", tmp_path / "nowhere" / "verifier.pyz")
    assert ended.code == Exit.REFUSED
    assert "cannot be written" in ended.err
