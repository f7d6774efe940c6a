"""The way by HTTPS: TLS that is verified, no redirect, no proxy, no long answer; and keys of both kinds from their files."""

import contextlib
import datetime as dt
import ipaddress
import ssl
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from footprint.cli.receiver_service import ReceiverServer
from footprint.cli.record_system import RecordSystem
from footprint.referrals.delivering import Message, Outcome, Ready
from footprint.referrals.destinations import destinations_of
from footprint.referrals.signing import check, sign
from footprint.web.referrals.outbox import by_https
from footprint.web.referrals.outbox.keys import KeyFileError, keys_of
from footprint.web.referrals.outbox.reached import NotReached
from tests.web.referrals.systems import NOWHERE, connect, destination, running, secret_of

NOW = dt.datetime.now(dt.UTC)
MESSAGE = Message(
    destination="records", record="referral/R-1", number=1, kind="referral", created=NOW, body=b"{}"
)


def sends(data, **said):
    connect(data, destination(**said))
    (where,) = destinations_of(data)
    return by_https.send(where, keys_of(where, data), Ready(MESSAGE, 0), data, dt.datetime.now(dt.UTC))


def certified(folder):
    """A certificate for this machine that nobody else vouches for, and a context that serves under it."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")]),
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "here.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "here.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "here.pem", folder / "here.key")
    return context


def test_tls_is_verified_and_a_private_networks_authority_can_be_named(tmp_path):
    connect(tmp_path, destination())
    server = ReceiverServer(
        ("127.0.0.1", 0), RecordSystem(tmp_path / "records"), secret_of(tmp_path), "https://set.below/"
    )
    server.address = address = f"https://127.0.0.1:{server.server_address[1]}/footprint"
    server.socket = certified(tmp_path).wrap_socket(server.socket, server_side=True)
    with running(server):
        with pytest.raises(NotReached, match="not one that we trust"):
            sends(tmp_path, address=address)
        assert server.system.effects() == []
        ended = sends(tmp_path, address=address, certificates="here.pem")
    assert (ended.outcome, ended.reference) == (Outcome.ACCEPTED, "REC-000001")


class _Answering(BaseHTTPRequestHandler):
    """Answers anything with what its server was told to."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        status, fields, content = self.server.answer
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *args):
        """Say nothing."""


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((302, {"Location": NOWHERE}, b""), "status 302"),
        ((503, {}, b"busy"), "status 503"),
        ((200, {}, b"x" * 70_000), "longer than a receipt"),
        ((200, {}, b"{}"), "Its receipt does not count"),
    ],
)
def test_whatever_is_no_receipt_is_as_if_nothing_came(tmp_path, monkeypatch, answer, sentence):
    monkeypatch.setenv("HTTP_PROXY", NOWHERE)  # whose proxy this machine uses is nobody's business
    server = HTTPServer(("127.0.0.1", 0), _Answering)
    server.answer = answer
    with running(server), pytest.raises(NotReached, match=sentence):
        sends(tmp_path, address=f"http://127.0.0.1:{server.server_address[1]}/")


def _pem(key):
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def test_keys_of_both_sides_are_read_from_pem(tmp_path):
    ours, theirs = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    (tmp_path / "ours.pem").write_bytes(_pem(ours)[0])
    (tmp_path / "ours.pem").chmod(0o600)
    (tmp_path / "theirs.pem").write_bytes(_pem(theirs)[1])
    ed25519 = {"kind": "ed25519"}
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "x").touch()
    where = destination(
        key={"name": "us", "file": "ours.pem", **ed25519},
        their_key={"name": "them", "file": "theirs.pem", **ed25519},
    )
    connect(tmp_path, where)
    (one,) = destinations_of(tmp_path)
    keys = keys_of(one, tmp_path)
    assert set(keys.theirs) == {"them"}
    signed = sign({"idempotency-key": "k"}, keys.signer, int(time.time()))
    assert check(signed, {"idempotency-key": "k"}, {"us": _public(ours)}, int(time.time())) == "us"


def _public(key):
    from footprint.referrals.signing import PublicKey

    return PublicKey(key.public_key().public_bytes_raw())


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        (b"short", 0o600, "too short"),
        (b"x" * 40, 0o644, "can be read by others"),
        (None, 0, "cannot be read"),
    ],
)
def test_a_key_that_cannot_be_used_is_told_with_its_file(tmp_path, content, mode, sentence):
    connect(tmp_path, destination())
    file = tmp_path / "keys" / "records.secret"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)
    (one,) = destinations_of(tmp_path)
    with pytest.raises(KeyFileError, match=sentence):
        keys_of(one, tmp_path)
