"""An authenticator app and a hand at the keyboard, for tests of sign-in."""

import base64
import hashlib
import hmac
import re
import struct
import time

from tests.web.sites import PASSWORD


def code_of(key, when=None):
    """What an authenticator app shows for a key (RFC 6238, six figures, half a minute)."""
    counter = int(time.time() if when is None else when) // 30
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    figure = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{figure % 1_000_000:06}"


def sign_in(client, username, password=PASSWORD, **headers):
    """Post the sign-in form, and return the answer."""
    return client.post("/account/sign-in/", {"login": username, "password": password}, **headers)


def key_on(page):
    """The key that the page of set-up shows."""
    return re.search(r'fp-code">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")


def set_up_app(client):
    """Set up an authenticator app in a signed-in client; return its key."""
    key = key_on(client.get("/account/second-factor/app/"))
    done = client.post("/account/second-factor/app/", {"code": code_of(key)})
    assert done.status_code == 302, done.content.decode()
    return key


def said(response):
    """What a page says to its reader, without mark-up."""
    text = re.sub(r"<(script|style|svg|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
