"""By HTTPS: a signed request to the address that was agreed and to no other, and a receipt whose signature is checked.

TLS is verified, no redirect is followed, no proxy or password of the machine's own is used, nobody waits for long, and no answer
is read that is larger than a receipt can be.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from footprint.referrals.delivering import (
    Attempt,
    Ready,
    ReceiptUnreadable,
    attempt_of,
    encode,
    headers,
    read_receipt,
    receipt_components,
)
from footprint.referrals.destinations import Destination
from footprint.referrals.signing import SignatureRefused, Signed, check
from footprint.web.referrals.outbox.keys import Keys
from footprint.web.referrals.outbox.reached import NotReached

#: Seconds to be let in, and without a sign of life after that.
PATIENCE: Final = (5.0, 15.0)
#: Seconds in all: whoever answers a byte at a time holds nobody up.
LONGEST: Final = 30.0
LARGEST: Final = 64 * 1024


def send(destination: Destination, keys: Keys, turn: Ready, data: Path, now: dt.datetime) -> Attempt:
    """Post one message; return how the receipt says that it ended. Raises NotReached where none came."""
    content, key = encode(turn), turn.message.key
    fields = headers(content, key, destination.address, keys.signer, int(now.timestamp()))
    status, answer, signed = _posted(destination, content, fields, data)
    if status != 200:
        raise NotReached(f"It answered with status {status} instead of a receipt.", for_all=status >= 500)
    try:
        check(signed, receipt_components(status, answer, key), keys.theirs, int(time.time()))
        return attempt_of(read_receipt(answer, turn.message), now)
    except SignatureRefused as refused:
        raise NotReached(f"Its receipt does not count. {refused}") from None
    except ReceiptUnreadable as unreadable:
        raise NotReached(str(unreadable)) from None


def _posted(
    destination: Destination, content: bytes, fields: dict[str, str], data: Path
) -> tuple[int, bytes, Signed]:
    until = time.monotonic() + LONGEST
    verify: bool | str = str(data / destination.certificates) if destination.certificates else True
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.post(
                destination.address,
                data=content,
                headers=fields,
                timeout=PATIENCE,
                verify=verify,
                allow_redirects=False,
                stream=True,
            ) as response:
                answer = _read(response, until)
                signed = Signed(
                    response.headers.get("Signature-Input", ""), response.headers.get("Signature", "")
                )
                return response.status_code, answer, signed
    except requests.exceptions.SSLError:
        raise NotReached("Its certificate is not one that we trust.", for_all=True) from None
    except (requests.RequestException, HTTPError, OSError) as error:
        raise NotReached(f"It cannot be reached ({type(error).__name__}).", for_all=True) from None


def _read(response: requests.Response, until: float) -> bytes:
    answer = b""
    for part in response.iter_content(8192):
        answer += part
        if len(answer) > LARGEST or time.monotonic() > until:
            raise NotReached("Its answer is longer than a receipt is, or takes too long.", for_all=True)
    return answer
