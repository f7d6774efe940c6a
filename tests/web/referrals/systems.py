"""Other organisations' systems as tests connect them: a receiver at an address of this machine, folders, a mailbox."""

import contextlib
import datetime as dt
import secrets
import threading
import time

import msgspec
import yaml
from django.conf import settings

from footprint.cli.receiver_service import ReceiverServer
from footprint.cli.record_system import RecordSystem
from footprint.referrals.delivering import Message, Ready, encode, headers, receipt_components
from footprint.referrals.receiving import Closure, Decision
from footprint.referrals.signing import SharedSecret, Signed, check

ALL = ["referral", "addition", "decision", "feedback"]
#: Without a receiver: nobody listens there.
NOWHERE = "http://127.0.0.1:9/footprint"


def destination(name="records", **said):
    """An entry of destinations.yaml: a record system of the police that gets everything, unless `said` says otherwise."""
    whole = {
        "id": name,
        "label": f"The system {name}",
        "partner": "police",
        "kind": "https",
        "address": NOWHERE,
        "messages": ALL,
        "referrals_of": ["everybody"],
        "key": {"name": f"{name}-key", "file": f"keys/{name}.secret"},
    } | said
    return {field: value for field, value in whole.items() if value is not None}


def connect(data, *destinations):
    """Write DATA/destinations.yaml, and the secret of each that has a key."""
    (data / "keys").mkdir(exist_ok=True)
    for one in destinations:
        if one.get("key") and not (file := data / one["key"]["file"]).exists():
            file.write_text(secrets.token_urlsafe(32))
            file.chmod(0o600)
    whole = {"title": "Where copies go", "since": "2026-01-01", "source": "a test", "verified": False}
    (data / "destinations.yaml").write_text(yaml.safe_dump(whole | {"destinations": list(destinations)}))


def secret_of(data, name="records"):
    """The secret that we share with a system."""
    return SharedSecret(f"{name}-key", (data / f"keys/{name}.secret").read_bytes())


@contextlib.contextmanager
def running(server):
    """A server that answers until the end."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def listening(folder, key, port=0):
    """The reference receiver, kept in a folder; its `address` says where."""
    return running(ReceiverServer(("127.0.0.1", port), RecordSystem(folder), key))


def decision(referral, number=1, *, system="Social care's system", key_of="care", **said):
    """A message with a decision about a referral, as another system sends it."""
    whole = {
        "decision": "section-17",
        "reason": "The children need a plan.",
        "by": "Sam Dale",
        "at": dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5),
        "system": system,
        "reference": f"SC-{number}",
    }
    return Message(
        destination=key_of,
        record=f"referral/{referral.reference}",
        number=number,
        kind="decision",
        created=dt.datetime.now(dt.UTC),
        body=msgspec.json.encode(Decision(**(whole | said))),
    )


def closure(referral, number=1, **said):
    """A message with what happened next with a referral, as another system sends it."""
    whole = {"words": "Family help since April.", "by": "Sam Dale", "system": "Social care's system"}
    whole |= {"at": dt.datetime.now(dt.UTC), "reference": f"SC-C{number}"}
    body = msgspec.json.encode(Closure(**(whole | said)))
    return msgspec.structs.replace(decision(referral, number), kind="closure", body=body)


def signed_request(message, key, *, after=None, at=None):
    """What is posted for a message to our inbox: its content, and its fields as Django's test client takes them."""
    content = encode(Ready(message, message.number - 1 if after is None else after))
    target = f"{settings.SITE}/referrals/inbox/"
    fields = headers(content, message.key, target, key, int(at or time.time()))
    return content, {name: value for name, value in fields.items() if name != "Content-Type"}


def post(client, content, fields):
    """Post to our inbox."""
    return client.post("/referrals/inbox/", content, content_type="application/json", headers=fields)


def receipt_in(response, key):
    """The receipt in an answer of ours, once its signature holds."""
    signed = Signed(response["Signature-Input"], response["Signature"])
    receipt = msgspec.json.decode(response.content)
    check(signed, receipt_components(200, response.content, receipt["key"]), {key.id: key}, int(time.time()))
    return receipt
