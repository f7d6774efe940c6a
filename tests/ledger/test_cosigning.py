"""The log's side of its witnesses: what each answered, said plainly; nothing waits for one; a refusal is an alarm."""

import pytest

from footprint.ledger import KeyUnusable, Ledger, Signer, Witness
from footprint.ledger.cosigning import NotReached, WitnessAddress, cosign, read_witnesses, standings
from footprint.ledger.submissions import SIZE_TYPE, TEXT_TYPE, Reply, answer, read_submission
from footprint.ledger.verifier.heads import COSIGNATURE, MLDSA44, read_note

TIME = 1_795_418_100


class Partner:
    """A witness that another partner runs, reached without a network; `says` takes its place where a test wants that."""

    def __init__(self, folder, name, log_signer):
        self.signer = Signer(
            name, {COSIGNATURE: name.encode()[-32:].rjust(32), MLDSA44: name.encode()[-32:].rjust(32)}
        )
        self.witness = Witness(
            folder / f"{name.replace('/', '-')}.note", self.signer, log_signer.name, log_signer.verifier_keys
        )
        self.witness.begin(TIME)
        self.address = WitnessAddress(name, f"https://{name}", tuple(self.signer.verifier_keys))
        self.says, self.asked = None, []

    def __call__(self, url, body):
        self.asked.append(read_submission(body).old)
        assert url == f"https://{self.address.name}/add-checkpoint"
        return self.says(body) if self.says else answer({self.witness.origin: self.witness}, body, TIME)


@pytest.fixture
def police(tmp_path, log_signer):
    return Partner(tmp_path, "witness.example.org/police", log_signer)


@pytest.fixture
def trust(tmp_path, log_signer):
    return Partner(tmp_path, "witness.example.org/trust", log_signer)


@pytest.fixture
def ask(ledger, log_signer):
    """A function that has partners sign the log's head."""

    def run(*partners, log=None):
        wires = {f"{partner.address.url}/add-checkpoint": partner for partner in partners}
        return cosign(
            log or ledger,
            log_signer,
            [one.address for one in partners],
            lambda url, body: wires[url](url, body),
        )

    return run


def unreachable(body):
    raise NotReached("Connection refused")


def always(reply):
    return lambda body: reply


def conflict(size):
    return Reply(409, SIZE_TYPE, f"{size}\n".encode())


def states(done):
    return {one.witness.rpartition("/")[2]: one.state for one in done.asked}


def test_every_witness_signs_and_the_note_with_all_signatures_is_kept(
    ledger, event, ask, police, trust, log_signer
):
    for count in (1, 4, 2):
        ledger.record_all([event() for _ in range(count)])
        done = ask(police, trust)
        assert states(done) == {"police": "cosigned", "trust": "cosigned"}
        assert (done.alarms, done.waiting) == ((), ())
    assert next(iter(ledger.newest_notes(1))) == done.note
    signers = {one.name for one in read_note(done.note)[1]}
    assert signers == {log_signer.name, police.address.name, trust.address.name}
    keys = [*log_signer.verifier_keys, *police.address.keys, *trust.address.keys]
    report = ledger.verify(keys=keys)
    assert report.sound
    assert f"{police.address.name} signed a head of 7 entries." in report.remarks
    assert police.asked == [0, 1, 5], "it is sent the proof from what it signed last, at once"


def test_who_has_signed_is_not_asked_again_while_nothing_is_new(ledger, event, ask, police, trust):
    ledger.record(event())
    trust.says = unreachable
    first = ask(police, trust)
    assert states(first) == {"police": "cosigned", "trust": "waiting"}
    trust.says = None
    second = ask(police, trust)
    assert states(second) == {"police": "cosigned", "trust": "cosigned"}
    assert (len(police.asked), len(trust.asked)) == (1, 2)
    assert second.note.startswith(first.note)
    kept = len(list(ledger.signed_notes()))
    assert ask(police, trust).note == second.note
    assert len(list(ledger.signed_notes())) == kept, "a timer that finds nothing new leaves nothing behind"


def test_a_witness_that_is_down_stops_nothing_and_is_told_of(ledger, event, ask, police):
    police.says = unreachable
    ledger.record(event())
    done = ask(police)
    assert states(done) == {"police": "waiting"}
    assert done.alarms == ()
    assert "was not reached (Connection refused). The head waits; look-ups go on." in done.waiting[0].sentence
    assert ledger.record(event()).sequence == 1
    police.says = None
    assert states(ask(police)) == {"police": "cosigned"}


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(400, TEXT_TYPE, b"?\n"), "could not read"),
        (Reply(403, TEXT_TYPE, b"?\n"), "does not know the key"),
        (Reply(404, TEXT_TYPE, b"?\n"), "does not watch"),
        (Reply(409, TEXT_TYPE, b"?\n"), "another head of the same size"),
        (conflict(0), "another head of the same size"),
        (conflict(9), "9 entries, and this log has 3: entries are gone"),
        (Reply(422, TEXT_TYPE, b"?\n"), "rewritten or restored"),
        (Reply(200, TEXT_TYPE, b""), "no signature that its keys confirm"),
        (Reply(200, TEXT_TYPE, b"\xff\xfe"), "no signature that its keys confirm"),
        (Reply(200, "text/html", b"<html>Sign in to the wireless network</html>"), "no signature"),
    ],
)
def test_a_refusal_is_an_alarm_that_says_what_it_means(ledger, event, ask, police, reply, says):
    ledger.record_all([event() for _ in range(3)])
    police.says = always(reply)
    done = ask(police)
    assert states(done) == {"police": "refused"}
    assert says in done.alarms[0].sentence
    assert done.alarms[0].sentence.startswith("REFUSED: witness.example.org/police")
    assert len(read_note(done.note)[1]) == 1, "nothing of it is kept"


@pytest.mark.parametrize("status", [301, 302, 401, 413, 429, 500, 502, 503])
def test_what_is_no_answer_of_a_witness_makes_the_head_wait(ledger, event, ask, police, status):
    ledger.record(event())
    police.says = always(Reply(status, TEXT_TYPE, b"https://elsewhere.invalid/"))
    done = ask(police)
    assert (states(done), done.alarms) == ({"police": "waiting"}, ())
    assert f"status {status}" in done.waiting[0].sentence


def test_a_signature_by_somebody_else_or_over_another_head_is_not_kept(ledger, event, ask, police, trust):
    ledger.record(event())
    police.says = lambda body: answer({trust.witness.origin: trust.witness}, body, TIME)
    assert states(ask(police)) == {"police": "refused"}
    old = police.signer.lines(police.witness.last(), TIME)
    police.says = always(Reply(200, TEXT_TYPE, old.encode()))
    assert states(ask(police)) == {"police": "refused"}


def test_lines_that_a_witness_adds_for_others_are_left_out(ledger, event, ask, police, trust):
    ledger.record(event())

    def with_another(body):
        both = [answer({one.witness.origin: one.witness}, body, TIME).body for one in (police, trust)]
        return Reply(200, TEXT_TYPE, b"".join(both))

    police.says = with_another
    assert {one.name for one in read_note(ask(police).note)[1]} == {
        "ledger.example.org/borough",
        police.address.name,
    }


def test_what_a_witness_remembers_is_learnt_from_itself(
    ledger, event, ask, police, tmp_path, keys, clock, log_signer
):
    """Another machine of the same partnership had it sign; or the heads here were lost. It is asked twice, and signs."""
    ledger.record_all([event() for _ in range(4)])
    note = ledger.sign_head(log_signer)
    police.witness.cosign(note, ledger.consistency_proof(0, 4), TIME)
    ledger.record(event())
    assert states(ask(police)) == {"police": "cosigned"}
    assert police.asked == [0, 4]


def test_a_later_head_signed_by_another_process_is_no_alarm(ledger, event, ask, police):
    ledger.record(event())
    police.says = lambda body: (ledger.record_all([event(), event()]), conflict(3))[1]
    done = ask(police)
    assert (states(done), done.alarms) == ({"police": "waiting"}, ())
    assert "has signed a later head already, of 3 entries" in done.waiting[0].sentence


def test_a_witness_that_is_always_elsewhere_is_left_for_later(ledger, event, ask, police):
    ledger.record_all([event() for _ in range(9)])
    police.says = lambda body: conflict(read_submission(body).old + 1)
    done = ask(police)
    assert states(done) == {"police": "waiting"}
    assert police.asked == [0, 1, 2]


def test_a_witness_that_forgot_signs_again_and_raises_an_alarm(ledger, event, ask, police, log_signer):
    ledger.record_all([event() for _ in range(4)])
    before = police.witness.memory.read_bytes()
    ask(police)
    police.witness.memory.write_bytes(before)
    ledger.record(event())
    done = ask(police)
    assert states(done) == {"police": "cosigned"}
    assert "had forgotten what it signed before" in done.alarms[0].sentence


def test_a_restored_copy_of_the_database_is_found_out(
    ledger, event, ask, police, place, keys, clock, tmp_path
):
    """It is sound in itself; the witness remembers more than it has, and what was entered since does not follow."""
    import sqlite3

    ledger.record_all([event() for _ in range(3)])
    ask(police)
    restored = Ledger.open(sqlite3.connect(tmp_path / "restored.sqlite"), keys, clock)
    restored.record(event())
    assert "entries are gone from its end" in ask(police, log=restored).alarms[0].sentence
    restored.record_all([event() for _ in range(4)])
    assert "rewritten or restored" in ask(police, log=restored).alarms[0].sentence
    restored._database.connection.close()


def test_one_refusal_hides_no_other_witnesss_signature(ledger, event, ask, police, trust):
    ledger.record(event())
    police.says = always(Reply(422, TEXT_TYPE, b"\n"))
    done = ask(police, trust)
    assert states(done) == {"police": "refused", "trust": "cosigned"}
    assert trust.address.name in {one.name for one in read_note(done.note)[1]}


def test_how_far_each_witness_signed_is_read_from_the_heads_that_are_kept(ledger, event, ask, police, trust):
    assert [(one.size, one.time) for one in standings(ledger, [police.address])] == [(None, None)]
    ledger.record_all([event(), event()])
    ask(police, trust)
    trust.says = unreachable
    ledger.record(event())
    ask(police, trust)
    found = standings(ledger, [police.address, trust.address])
    assert [(one.witness, one.size, one.time) for one in found] == [
        (police.address.name, 3, TIME),
        (trust.address.name, 2, TIME),
    ]


# ---------------------------------------------------------------- the file that names them


def test_the_file_names_each_witness_by_name_url_and_keys(tmp_path, police):
    file = tmp_path / "witnesses.yaml"
    assert read_witnesses(file) == ()
    keys = "".join(f"    - {key}\n" for key in police.address.keys)
    file.write_text(f"- name: {police.address.name}\n  url: {police.address.url}\n  keys:\n{keys}")
    assert read_witnesses(file) == (police.address,)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"url": "file:///etc/passwd"}, "no plain web address"),
        ({"url": "https://"}, "no plain web address"),
        ({"url": "https://user:secret@witness.example.org"}, "no plain web address"),
        ({"url": "https://witness.example.org/?a=b"}, "no plain web address"),
        ({"url": "ftp://witness.example.org"}, "no plain web address"),
        ({"keys": []}, "are not those of a witness"),
        ({"keys": ["nonsense"]}, "Ask for it again"),
        ({"name": "witness.example.org/another"}, "are not those of a witness"),
        ({"password": "x"}, "unknown field"),
    ],
)
def test_a_file_that_names_a_witness_wrongly_is_refused(tmp_path, police, changes, says):
    import msgspec
    import yaml

    file = tmp_path / "witnesses.yaml"
    file.write_text(yaml.safe_dump([msgspec.to_builtins(police.address) | changes]))
    with pytest.raises(KeyUnusable, match=says) as caught:
        read_witnesses(file)
    assert "secret" not in str(caught.value)


def test_a_logs_own_key_is_no_witnesss_key(tmp_path, log_signer):
    import yaml

    file = tmp_path / "witnesses.yaml"
    witness = {"name": log_signer.name, "url": "https://ledger.example.org", "keys": log_signer.verifier_keys}
    file.write_text(yaml.safe_dump([witness]))
    with pytest.raises(KeyUnusable, match="are not those of a witness"):
        read_witnesses(file)


@pytest.mark.parametrize("content", ["- [", "witnesses", "{}", "- name: a", "\x00", b"\xff\xff"])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    file = tmp_path / "witnesses.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KeyUnusable, match="cannot be used"):
        read_witnesses(file)
