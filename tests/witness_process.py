"""A partner's witness as it runs for real: `footprint witness serve` in a process of its own, on this machine alone."""

import http.client
import socket
import subprocess
import sys

from footprint.cli.transport import post
from footprint.cli.witness_folder import WitnessFolder
from footprint.ledger.cosigning import WitnessAddress

COMMAND = [sys.executable, "-c", "from footprint.cli.main import run; run()"]


class RunningWitness:
    """Makes a witness of the logs with these keys in a folder, and serves it until `stop` or `kill`."""

    def __init__(self, data, name, log_keys):
        self.data, self.name, self.port, self.process = data, name, 0, None
        self.folder = WitnessFolder(data)
        self.keys = self.folder.signer(self.folder.begin(name, log_keys, 1_795_418_100)).verifier_keys
        self.start()

    def run(self, *arguments, check=True):
        command = [*COMMAND, "--data", str(self.data), "witness", *arguments]
        return subprocess.run(command, check=check, capture_output=True, text=True, timeout=120)

    def start(self):
        listen = f"127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [*COMMAND, "--data", str(self.data), "witness", "serve", "--listen", listen],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = self.process.stdout.readline()
        assert "listens at" in said, self.process.communicate()
        self.port = int(said.rpartition(":")[2])

    def kill(self):
        """End it at once, as a power cut would; return what it had said, and complained of."""
        self.process.kill()
        return self.process.communicate()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self):
        return WitnessAddress(self.name, self.url, tuple(self.keys))

    def head(self):
        """The head that it remembers of its log."""
        (witness,) = self.folder.witnesses().values()
        return witness.last()

    def submit(self, body):
        return post(f"{self.url}/add-checkpoint", body)

    def request(self, method, path, body=b"", headers=None):
        """Send what no log would send; return status and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def raw(self, sent):
        """Send bytes and end sending; return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            wire.sendall(sent)
            wire.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: wire.recv(65536), b""))
