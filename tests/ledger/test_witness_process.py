"""A real witness on the loopback: it signs what follows, refuses every forged history, and remembers through a kill."""

import copy
import http.server
import itertools
import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from footprint.cli.transport import post
from footprint.ledger import Ledger, Signer
from footprint.ledger.cosigning import NotReached, cosign
from footprint.ledger.submissions import LARGEST, SIZE_TYPE, size_in, write_submission
from footprint.ledger.verifier.heads import NOTE, Head, check_head, read_note
from footprint.ledger.verifier.report import Report
from tests.ledger.forgeries import FORGERIES, rebuilt
from tests.ledger.test_forgeries import entries_of, rewrite
from tests.witness_process import RunningWitness

TIME = 1_795_418_100
KILLS = int(os.environ.get("FOOTPRINT_KILLS", "3"))


@pytest.fixture
def run(tmp_path, log_signer):
    """A function that starts a partner's witness of the log; all are ended with the test."""
    started = []

    def start(name="police"):
        started.append(
            RunningWitness(tmp_path / name, f"witness.example.org/{name}", log_signer.verifier_keys)
        )
        return started[-1]

    yield start
    for witness in started:
        witness.kill()


@pytest.fixture
def police(run):
    return run()


def states(done):
    return {one.witness.rpartition("/")[2]: one.state for one in done.asked}


def submission(ledger, log_signer, old=0):
    note = ledger.sign_head(log_signer)
    return write_submission(old, ledger.consistency_proof(old, read_note(note)[0].size), note)


def test_every_forged_history_is_refused_by_the_witness(
    true_log, place, keys, clock, event, log_signer, police
):
    """The forger owns database and signing key, and builds all anew: as it is, and grown past what the witness saw."""
    assert states(cosign(true_log, log_signer, [police.address], post)) == {"police": "cosigned"}
    true, remembered = entries_of(true_log), police.head()
    assert len(FORGERIES) >= 12
    for forgery, grown in itertools.product(FORGERIES, (0, 45)):
        rewrite(place, rebuilt(FORGERIES[forgery](copy.deepcopy(true)), true))
        forged = Ledger.open(place.connect(), keys, clock)
        forged.record_all([event() for _ in range(grown)])
        done = cosign(forged, log_signer, [police.address], post)
        assert states(done) == {"police": "refused"}, forgery
        assert done.alarms, forgery
        assert len(read_note(done.note)[1]) == 1, forgery
        reply = police.submit(submission(forged, log_signer, min(40, forged.size())))
        assert reply.status in (409, 422), forgery
    assert police.head() == remembered
    rewrite(place, rebuilt(true, true))
    restored = Ledger.open(place.connect(), keys, clock)
    restored.record(event())
    assert states(cosign(restored, log_signer, [police.address], post)) == {"police": "cosigned"}
    said, complained = police.kill()
    assert said.count("signed  ") == 2
    assert "REFUSED  ledger.example.org/borough" in complained
    assert len(list((police.data / "witness" / "refused").iterdir())) >= 12, "the evidence is kept"


def test_killed_and_started_again_it_remembers(ledger, event, log_signer, police):
    for round_ in range(2):
        ledger.record_all([event() for _ in range(round_ + 2)])
        done = cosign(ledger, log_signer, [police.address], post)
        assert states(done) == {"police": "cosigned"}
        police.kill()
        police.start()
        assert police.head() == read_note(done.note)[0]
    other = log_signer.sign(Head(log_signer.name, 9, bytes(32)), TIME)
    assert size_in(police.submit(write_submission(0, [], other))) == 5
    assert police.submit(write_submission(5, [bytes(32)] * 3, other)).status == 422


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_killed_in_the_middle_of_signing_it_keeps_the_old_head_or_the_new(
    ledger, event, log_signer, police, record_property
):
    record_property("kills", KILLS)
    chance = random.Random(7)
    for _ in range(KILLS):
        old = police.head()
        ledger.record_all([event() for _ in range(7)])
        body = submission(ledger, log_signer, old.size)
        with ThreadPoolExecutor() as pool:
            sent = pool.submit(police.submit, body)
            for _ in range(chance.randrange(300_000)):
                pass  # some moment of the submission: nothing is waited for
            police.kill()
            signed = sent.exception() is None
        police.start()
        new = read_note(ledger.sign_head(log_signer))[0]
        assert police.head() in ({new} if signed else {old, new})
        assert states(cosign(ledger, log_signer, [police.address], post)) == {"police": "cosigned"}


def test_while_a_witness_is_down_look_ups_go_on_and_afterwards_it_signs_for_all(
    ledger, event, log_signer, police
):
    ledger.record(event())
    cosign(ledger, log_signer, [police.address], post)
    police.kill()
    for _ in range(3):
        ledger.record(event())
        done = cosign(ledger, log_signer, [police.address], post)
        assert states(done) == {"police": "waiting"}
        assert "was not reached" in done.waiting[0].sentence
    police.start()
    done = cosign(ledger, log_signer, [police.address], post)
    assert (states(done), police.head().size) == ({"police": "cosigned"}, 4)


def test_two_witnesses_of_different_partners_are_independent_of_each_other(
    ledger, place, keys, clock, event, log_signer, run
):
    police, trust = run("police"), run("trust")
    addresses = [police.address, trust.address]
    ledger.record_all([event() for _ in range(3)])
    assert states(cosign(ledger, log_signer, addresses, post)) == {"police": "cosigned", "trust": "cosigned"}
    police.kill()
    ledger.record(event())
    done = cosign(ledger, log_signer, addresses, post)
    assert states(done) == {"police": "waiting", "trust": "cosigned"}
    police.start()
    assert states(cosign(ledger, log_signer, addresses, post)) == {"police": "cosigned", "trust": "cosigned"}
    trusted = [*log_signer.verifier_keys, *police.keys, *trust.keys]
    notes = [witness.run("show", "--note").stdout for witness in (police, trust)]
    assert ledger.verify(notes, trusted).sound
    # The operator's friend runs one of the two: what is rewritten with their help the other one still shows.
    rewrite(
        place,
        rebuilt(
            FORGERIES["the actor of an entry changed"]([*entries_of(ledger)] * 2)[:4], entries_of(ledger)
        ),
    )
    forged = Ledger.open(place.connect(), keys, clock)
    assert not forged.verify([notes[1]], trusted).sound


def test_replayed_submissions_move_nothing_back(ledger, event, log_signer, police):
    bodies = []
    for old in (0, 2, 4):
        ledger.record_all([event(), event()])
        bodies.append(submission(ledger, log_signer, old))
        assert police.submit(bodies[-1]).status == 200
    remembered = police.head()
    for body in (*bodies, *reversed(bodies)):
        reply = police.submit(body)
        assert (reply.status, size_in(reply), reply.content_type) == (409, 6, SIZE_TYPE)
    again = police.submit(submission(ledger, log_signer, 6))
    assert again.status == 200, "the last head may be asked for again: nothing is new in it"
    assert police.head() == remembered


def test_of_many_submissions_at_once_one_history_comes_out(ledger, event, log_signer, police):
    """Twelve heads, each sent twice and all from nought: those that came late are told what is remembered."""
    bodies, heads = [], []
    for _ in range(12):
        ledger.record_all([event() for _ in range(3)])
        bodies.append(submission(ledger, log_signer))
        heads.append(read_note(ledger.sign_head(log_signer))[0])
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(police.submit, bodies * 2))
    assert {reply.status for reply in replies} <= {200, 409}
    signed = {reply.body for reply in replies if reply.status == 200}
    assert len(signed) >= 1
    last = police.head()
    assert last in heads
    for body, reply in zip(bodies * 2, replies, strict=True):
        if reply.status == 200:
            head = read_note(body.decode().partition("\n\n")[2])[0]
            report = Report()
            check_head(report, f"{head.text}\n{reply.body.decode()}", police.keys)
            assert report.sound
            assert head == last, "from nought only one head can have been signed first, and it alone again"
    assert states(cosign(ledger, log_signer, [police.address], post)) == {"police": "cosigned"}


# ---------------------------------------------------------------- what no log would send

on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@on_sqlite
def test_hostile_requests_are_refused_and_the_witness_goes_on(ledger, event, log_signer, police):
    ledger.record(event())
    body = submission(ledger, log_signer)
    there = "/add-checkpoint"
    assert police.request("POST", "/", body)[0] == 404
    assert police.request("POST", "/add-checkpoint/x", body)[0] == 404
    assert police.request("GET", there)[0] == 501
    assert police.request("PUT", there, body)[0] == 501
    assert police.request("POST", there, body[: len(body) // 2])[0] == 400
    assert police.request("POST", there, body.decode().encode("utf-16"))[0] == 400
    assert police.request("POST", there, b"\x1f\x8b" + bytes(900))[0] == 400
    assert police.request("POST", there, b"", {"Content-Length": str(LARGEST + 1)})[0] == 413
    assert police.request("POST", there, b"", {"Content-Length": "9" * 400})[0] == 413
    assert police.request("POST", there, b"", {"Content-Length": "-1"})[0] == 411
    assert police.request("POST", there, b"", {"Content-Length": "0x10"})[0] == 411
    assert police.request("POST", there, iter([body]), {"Transfer-Encoding": "chunked"})[0] == 411
    assert b"400" in police.raw(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold 0\n")
    longer = f"POST /add-checkpoint HTTP/1.1\r\nContent-Length: {len(body) + 9}\r\n\r\n".encode()
    assert b"broke off" in police.raw(longer + body), "all of it came, and more was said to come"
    assert b"414" in police.raw(b"POST /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n")
    assert b"431" in police.raw(b"POST /add-checkpoint HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n")
    assert police.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300))
    assert police.raw(b"") == b""
    assert police.head().size == 0
    assert police.submit(body).status == 200
    said, complained = police.kill()
    assert complained == ""
    assert said == "signed  ledger.example.org/borough  1 entries\n", "of all that, a journal has one line"


@on_sqlite
def test_a_refusal_names_no_caller_and_shows_no_path(ledger, event, log_signer, police):
    _, content = police.request("POST", "/add-checkpoint", b"<script>alert(1)</script>\n\n")
    assert b"script" not in content
    status, content = police.request("POST", "/<script>alert(1)</script>")
    assert (status, content) == (404, b"A witness answers to add-checkpoint alone.\n")


@on_sqlite
def test_a_witness_that_lost_its_memory_refuses_to_start_and_to_sign(ledger, event, log_signer, police):
    ledger.record(event())
    assert police.submit(submission(ledger, log_signer)).status == 200
    (memory,) = (police.data / "witness" / "logs").glob("*.note")
    memory.unlink()
    ledger.record(event())
    assert police.submit(submission(ledger, log_signer)).status == 500
    _, complained = police.kill()
    assert "cannot sign" in complained
    for arguments in (["serve", "--listen", "127.0.0.1:0"], ["show"]):
        ended = police.run(*arguments, check=False)
        assert ended.returncode == 7
        assert "has lost what it remembers of ledger.example.org/borough" in ended.stderr
    key = log_signer.verifier_keys[0]
    police.run("init", "--log-key", key)
    assert police.run("show", check=False).returncode == 7, "nor does setting it up again make it forget"


@on_sqlite
def test_one_process_watches_two_logs_apart(ledger, event, log_signer, police):
    other = Signer("ledger.example.org/next-borough", {NOTE: b"N" * 32})
    police.run("init", "--log-key", other.verifier_keys[0])
    police.kill()
    police.start()
    ledger.record_all([event(), event()])
    assert police.submit(submission(ledger, log_signer)).status == 200
    head = Head(other.name, 5, bytes(range(32)))
    assert police.submit(write_submission(0, [], other.sign(head, TIME))).status == 200
    shown = police.run("show").stdout
    assert "ledger.example.org/borough: 2 entries, root " in shown
    assert (
        "ledger.example.org/next-borough: 5 entries, root AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        in shown
    )


def test_no_answer_is_followed_elsewhere_or_read_without_end(police):
    """The transport, on a server that is none of ours."""
    answers = iter(
        [
            (302, {"Location": f"{police.url}/add-checkpoint"}, b""),
            (200, {}, b"x" * (LARGEST + 1)),
        ]
    )

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            status, headers, body = next(answers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/add-checkpoint"
        try:
            assert post(url, b"old 0\n\n").status == 302
            with pytest.raises(NotReached, match="too long"):
                post(url, b"old 0\n\n")
        finally:
            server.shutdown()
            thread.join()
    with pytest.raises(NotReached, match="refused"):
        post(url, b"old 0\n\n")


def test_the_memory_that_a_witness_keeps_holds_no_entry(ledger, event, log_signer, police):
    ledger.record(event(case="C-77", terms={"family_name": "Kaur"}))
    cosign(ledger, log_signer, [police.address], post)
    kept = b"".join(file.read_bytes() for file in police.data.rglob("*") if file.is_file())
    assert b"C-77" not in kept
    assert b"Kaur" not in kept
