"""What a child process that reads a partner's file may not do, and what the parent hears when it ends."""

import datetime as dt
import socket
import sys
from pathlib import Path

import msgspec
import pytest

from footprint.feeds import confining
from footprint.feeds.confining import Reader
from footprint.feeds.contract import Limits
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.parsing import Job
from tests.feeds.making import acute, attendances

BIG = attendances(range(1, 40_000))


def job(tmp_path: Path, text: str, **limits: int) -> Job:
    contract = msgspec.structs.replace(load_contracts()["acute"], limits=Limits(**limits))
    out = tmp_path / "out"
    out.mkdir()
    return Job(
        contract=contract,
        paths=(str(acute(tmp_path / "in", text)),),
        received=dt.date(2026, 11, 23),
        out=str(out),
    )


def test_one_server_reads_delivery_after_delivery(tmp_path):
    with Reader() as reader:
        for number in range(3):
            folder = tmp_path / str(number)
            folder.mkdir()
            assert reader.read(job(folder, attendances(range(1, 4)))).records == 3


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"memory_mb": 200}, "MB of memory"),
        ({"cpu_seconds": 1}, "1 seconds"),
        ({"file_mb": 1}, "larger than 1 MB"),
    ],
    ids=["memory", "processor time", "size"],
)
def test_a_delivery_that_costs_too_much_is_refused_and_the_next_one_read(limits, words, tmp_path):
    with Reader() as reader:
        refused = reader.read(job(tmp_path, BIG, **limits))
        assert words in refused.refused
        assert refused.records == 0
        after = tmp_path / "after"
        after.mkdir()
        assert reader.read(job(after, attendances(range(1, 4)))).records == 3


def test_a_server_that_is_gone_refuses_instead_of_failing(tmp_path):
    reader = Reader()
    reader._process.kill()
    reader._process.wait()
    assert "is gone" in reader.read(job(tmp_path, attendances([1]))).refused
    reader.close()


CHILD = """
import sys, datetime as dt, msgspec, socket, os
from footprint.feeds import confining
from footprint.feeds.parsing import Job
job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
confining._confine(job)
{attempt}
print("did it")
"""
ATTEMPTS = {
    "a connection": "socket.create_connection(('127.0.0.1', PORT), timeout=2)",
    "a name looked up": "socket.getaddrinfo('example.invalid', 80)",
    "a shell": "os.system('echo')",
    "a program": "import subprocess; subprocess.run(['true'])",
    "another process": "os.fork()",
    "a library of its own": "import ctypes; ctypes.CDLL('libc.so.6')",
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_a_child_reaches_nothing_but_its_files(name, tmp_path):
    import subprocess

    with socket.create_server(("127.0.0.1", 0)) as server:
        attempt = ATTEMPTS[name].replace("PORT", str(server.getsockname()[1]))
        found = subprocess.run(
            [sys.executable, "-c", CHILD.format(attempt=attempt)],
            input=msgspec.json.encode(job(tmp_path, attendances([1]))),
            capture_output=True,
        )
    assert found.returncode != 0
    assert b"did it" not in found.stdout
    assert b"PermissionError" in found.stderr


def test_the_network_is_gone_for_code_that_asks_no_interpreter(tmp_path):
    """Where the kernel allows it, the child has no network at all, whatever a library in it might do."""
    import subprocess

    look = "print(sorted(os.listdir('/sys/class/net')), open('/proc/net/route').read().count(chr(10)))"
    found = subprocess.run(
        [sys.executable, "-c", CHILD.format(attempt=look)],
        input=msgspec.json.encode(job(tmp_path, attendances([1]))),
        capture_output=True,
        text=False,
    )
    assert b"did it" in found.stdout
    routes = int(found.stdout.split()[-3])
    if routes > 1:
        pytest.skip(
            "This kernel lets no process give up the network; the interpreter's own bar is tested above."
        )
    assert routes <= 1


def test_only_text_comes_back_from_a_child():
    """Nothing in the parent's half unpickles, evaluates or imports what a child wrote."""
    source = Path(confining.__file__).read_text(encoding="utf-8")
    assert not any(word in source for word in ("pickle", "marshal", "eval(", "multiprocessing"))
