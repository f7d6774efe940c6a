"""Carries a submission to a witness over HTTP and brings back the answer: to the address named, and to no other.

No redirect is followed, no proxy is used, nobody waits for long, and no answer is read that is larger than one can be.
"""

from __future__ import annotations

import http.client
from typing import Final
from urllib.parse import urlsplit

from footprint.ledger.cosigning import NotReached
from footprint.ledger.submissions import LARGEST, TEXT_TYPE, Reply

SECONDS: Final = 10  # without a sign of life from the other side


def post(url: str, body: bytes) -> Reply:
    """Send `body` to a witness and return its answer, whatever its status. NotReached, with the reason."""
    address = urlsplit(url)
    secure = address.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=SECONDS)
    try:
        connection.request("POST", address.path, body, {"Content-Type": TEXT_TYPE})
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise NotReached("its answer is too long")
        return Reply(answer.status, answer.getheader("Content-Type", ""), content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached(getattr(error, "strerror", None) or type(error).__name__) from None
    finally:
        connection.close()
