"""What outsiders get: a pack, a history, and a verifier in one file that runs on a bare Python."""

import copy
import json
import subprocess
import sys
import zipfile

import pytest

from footprint.ledger import HeadRefused
from footprint.ledger.packs import write_history, write_pack, write_verifier
from footprint.ledger.verifier.heads import Head
from footprint.ledger.verifier.history import canonical
from footprint.ledger.verifier.packs import PACK_FORMAT, check_pack
from footprint.ledger.verifier.tree import leaf_hash

# These tests are about what was entered, not about where: one database is enough.
on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
def pack(ledger, event, log_signer):
    ledger.record_all([event(case=f"C-{number}", terms={"name": "Kaur"}) for number in range(11)])
    return ledger.pack(4, ledger.sign_head(log_signer))


def test_a_pack_shows_that_its_entry_is_in_the_log(pack, log_signer):
    report = check_pack(pack, log_signer.verifier_keys)
    assert report.sound
    assert report.remarks[0] == "The entry is number 4 of the 11 that this head commits to."
    assert "Kaur" not in json.dumps(pack)


def test_the_head_must_be_newer_than_the_entry(ledger, event, log_signer):
    note = ledger.sign_head(log_signer)
    ledger.record(event())
    with pytest.raises(HeadRefused, match="sign a newer head"):
        ledger.pack(0, note)


def bend(pack, **changes):
    return copy.deepcopy(pack) | changes


@on_sqlite
@pytest.mark.parametrize(
    "bending",
    [
        lambda pack: bend(pack, body=pack["body"].replace("C-4", "C-5")),
        lambda pack: bend(pack, sequence=5),
        lambda pack: bend(pack, sequence=-1),
        lambda pack: bend(pack, sequence="4"),
        lambda pack: bend(pack, proof=pack["proof"][1:]),
        lambda pack: bend(pack, proof=pack["proof"][::-1]),
        lambda pack: bend(pack, proof=[*pack["proof"], pack["proof"][0]]),
        lambda pack: bend(pack, proof=["***"]),
        lambda pack: bend(pack, proof=None),
        lambda pack: bend(pack, head=pack["head"].replace("\n11\n", "\n12\n")),
        lambda pack: bend(pack, head="nothing"),
        lambda pack: bend(pack, body="nothing"),
        lambda pack: bend(pack, body=None),
        lambda pack: bend(pack, body="[]"),
        lambda pack: bend(pack, format="footprint-ledger-pack/2"),
        lambda pack: {"format": pack["format"]},
        lambda pack: {},
    ],
)
def test_a_bent_pack_is_refused(pack, log_signer, bending):
    assert not check_pack(bending(pack), log_signer.verifier_keys).sound


@on_sqlite
def test_a_pack_without_a_key_that_one_trusts_proves_nothing(pack, witness_signer):
    assert not check_pack(pack, []).sound
    assert not check_pack(pack, witness_signer.verifier_keys).sound


def test_an_entry_that_calls_itself_by_another_number_is_refused(log_signer):
    body = canonical({"sequence": 5})
    head = Head(log_signer.name, 1, leaf_hash(body))
    pack = {
        "format": PACK_FORMAT,
        "sequence": 0,
        "body": body.decode(),
        "proof": [],
        "head": log_signer.sign(head, 0),
    }
    assert check_pack(bend(pack, body=canonical({"sequence": 0}).decode()), log_signer.verifier_keys).faults
    assert check_pack(pack, log_signer.verifier_keys).faults


# ---------------------------------------------------------------- the verifier in one file


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    file = tmp_path_factory.mktemp("verifier") / "verifier.pyz"
    write_verifier(file)
    return file


def run(verifier, *arguments, bare=False):
    # -I and -S: no environment, no user's packages; -S also leaves out those installed beside this Python.
    flags = ["-I", "-S"] if bare else ["-I"]
    return subprocess.run([sys.executable, *flags, verifier, *arguments], capture_output=True, text=True)


def keys_as_options(signer):
    return [option for key in signer.verifier_keys for option in ("--key", key)]


def test_it_holds_readable_source_and_nothing_of_footprint(verifier):
    with zipfile.ZipFile(verifier) as archive:
        names = archive.namelist()
        source = "".join(archive.read(name).decode() for name in names)
    assert "verifier/history.py" in names
    assert "import footprint" not in source
    assert "from footprint" not in source


@on_sqlite
def test_it_checks_a_pack(verifier, pack, log_signer, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    write_pack(pack, good)
    write_pack(bend(pack, sequence=5), bad)
    sound = run(verifier, good, *keys_as_options(log_signer))
    assert (sound.returncode, sound.stdout.splitlines()[0][:17]) == (0, "Sound: 11 entries")
    assert run(verifier, bad, *keys_as_options(log_signer)).returncode == 1


@on_sqlite
def test_without_the_library_for_signatures_it_says_so_and_fails(verifier, pack, log_signer, tmp_path):
    file = tmp_path / "pack.json"
    write_pack(pack, file)
    checked = run(verifier, file, *keys_as_options(log_signer), bare=True)
    assert checked.returncode == 1
    assert "Signatures were NOT checked" in checked.stdout
    assert "The entry is number 4 of the 11" in checked.stdout


@on_sqlite
def test_it_replays_a_history_on_a_bare_python(verifier, ledger, pack, tmp_path):
    file = tmp_path / "history.jsonl"
    assert write_history(ledger._database, file) == 11
    whole = run(verifier, file, bare=True)
    assert (whole.returncode, whole.stdout.splitlines()[0][:17]) == (0, "Sound: 11 entries")
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[1:]))
    assert run(verifier, file, bare=True).returncode == 1


@on_sqlite
def test_it_holds_a_history_to_a_head(verifier, ledger, event, pack, log_signer, tmp_path):
    history, head = tmp_path / "history.jsonl", tmp_path / "head.txt"
    head.write_text(pack["head"], encoding="utf-8")
    write_history(ledger._database, history)
    options = ["--head", head, *keys_as_options(log_signer)]
    assert run(verifier, history, *options).returncode == 0
    history.write_bytes(history.read_bytes().replace(b"C-4", b"C-5"))
    assert "not those that were signed" in run(verifier, history, *options).stdout


@on_sqlite
def test_a_history_of_one_entry_is_no_pack(verifier, ledger, event, tmp_path):
    ledger.record(event())
    file = tmp_path / "history.jsonl"
    write_history(ledger._database, file)
    assert run(verifier, file, bare=True).stdout.startswith("Sound: 1 entries")


@pytest.mark.parametrize("content", [None, b"not json"])
def test_a_file_it_cannot_read_is_neither_sound_nor_not(verifier, tmp_path, content):
    file = tmp_path / "file"
    if content:
        file.write_bytes(content)
    checked = run(verifier, file, bare=True)
    assert checked.returncode == 2
    assert checked.stderr.startswith("Cannot check")
