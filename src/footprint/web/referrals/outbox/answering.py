"""A message that came by HTTPS: how long it is, who signed it, how much of it there was lately, and the signed receipt.

Nothing of the content is read before its length and its signature are known to be right. One that is unsigned, signed by
somebody unknown or signed too long ago has no effect; one that is repeated gets the same receipt, and has no second effect.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from footprint.referrals.delivering import receipt_components, signed_components
from footprint.referrals.destinations import Destination, destinations_of
from footprint.referrals.reading import ChoiceError
from footprint.referrals.receiving import EnvelopeUnreadable, read_envelope
from footprint.referrals.signing import SignatureRefused, Signed, check, sign
from footprint.sharing.partnership import partnership_of
from footprint.web.referrals.outbox.inbox import LARGEST, take_in
from footprint.web.referrals.outbox.keys import KeyFileError, Keys, keys_of

log: Final = logging.getLogger(__name__)

#: Bytes that one system may send in a minute: some hundreds of decisions.
BYTES_A_MINUTE: Final = 1024 * 1024
_MINUTE: Final = 60
_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"
_LONGEST_NAME: Final = 200


class Answer(NamedTuple):
    """What goes back: a status, its content, and further header fields."""

    status: int
    content: bytes
    type: str = _TEXT
    fields: Mapping[str, str] = MappingProxyType({})


class _Refused(Exception):
    def __init__(self, status: int, sentence: str, **fields: str) -> None:
        super().__init__(sentence)
        self.answer = Answer(status, f"{sentence}\n".encode(), _TEXT, fields)


def answer(meta: Mapping[str, Any], read: Callable[[int], bytes], data: Path, now: dt.datetime) -> Answer:
    """Return the answer to a request, by its fields as WSGI names them and a function that reads so many bytes of its body.

    Raises LedgerError, after which nothing was taken and no receipt was given.
    """
    try:
        content = _content(meta, read)
        destination, keys = _sender(meta, content, data, now)
        _count(destination, len(content), now)
        if read_envelope(content).key != meta["HTTP_IDEMPOTENCY_KEY"]:
            raise _Refused(400, "The message has another key than the request.")
        receipt = take_in(destination, content, partnership_of(data).id, now)
    except _Refused as refused:
        return refused.answer
    except EnvelopeUnreadable as unreadable:
        return Answer(400, f"{unreadable}\n".encode())
    said = msgspec.json.encode(receipt)
    components = receipt_components(200, said, receipt.key)
    signed = sign(components, keys.signer, int(now.timestamp()))
    fields = {
        "Content-Digest": components["content-digest"],
        "Signature-Input": signed.input,
        "Signature": signed.signature,
    }
    return Answer(200, said, _JSON, fields)


def _content(meta: Mapping[str, Any], read: Callable[[int], bytes]) -> bytes:
    length = str(meta.get("CONTENT_LENGTH") or "")
    if not (length.isascii() and length.isdecimal()):
        raise _Refused(411, "Say how long the message is.")
    if len(length) > 9 or int(length) > LARGEST:
        raise _Refused(413, f"A message has at most {LARGEST} bytes.")
    return read(int(length))


def _sender(
    meta: Mapping[str, Any], content: bytes, data: Path, now: dt.datetime
) -> tuple[Destination, Keys]:
    """Who signed exactly this, just now, for this address."""
    signed = Signed(str(meta.get("HTTP_SIGNATURE_INPUT", "")), str(meta.get("HTTP_SIGNATURE", "")))
    key = str(meta.get("HTTP_IDEMPOTENCY_KEY", ""))
    if not signed.input or not signed.signature or not 0 < len(key) <= _LONGEST_NAME or not key.isprintable():
        raise _Refused(401, "This is not signed. Sign it as the delivery guide shows.")
    by_name = _known(data)
    keys = {name: keys.theirs[name] for name, (_, keys) in by_name.items()}
    target = f"{settings.SITE}{reverse('referrals:inbox')}"
    try:
        name = check(signed, signed_components("POST", target, content, key), keys, int(now.timestamp()))
    except SignatureRefused as refused:
        raise _Refused(401, str(refused)) from None
    return by_name[name]


def _known(data: Path) -> dict[str, tuple[Destination, Keys]]:
    """Every system that may come, by the name of the key with which it signs."""
    try:
        listed = [one for one in destinations_of(data) if one.checks_with is not None]
    except ChoiceError:
        log.exception("Who may come in cannot be read.")
        raise _Refused(503, "We cannot tell who you are at present. Come again.") from None
    found: dict[str, tuple[Destination, Keys]] = {}
    for one in listed:
        try:
            keys = keys_of(one, data)
        except KeyFileError as error:
            log.error("%s: %s", one.id, error)
            continue
        found |= dict.fromkeys(keys.theirs, (one, keys))
    return found


def _count(destination: Destination, size: int, now: dt.datetime) -> None:
    """Count what a system sends in a minute. Raises _Refused where that is too much."""
    minute = int(now.timestamp()) // _MINUTE
    name = f"referrals-inbox/{destination.id}/{minute}"
    cache.add(name, 0, 2 * _MINUTE)
    try:
        sent = cache.incr(name, size)
    except ValueError:
        return  # it was swept away in between: a minute begins anew
    if sent > BYTES_A_MINUTE:
        raise _Refused(
            429, "That is more than we take in a minute. Come again then.", **{"Retry-After": str(_MINUTE)}
        )
