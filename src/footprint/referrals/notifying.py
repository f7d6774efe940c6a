"""E-mail that says no more than that something waits: a reference and where to sign in, never a name, a place or a fact.

The functions take nothing else, so that nothing else can be in it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final, NamedTuple


class Notice(NamedTuple):
    """A message to an office's mailbox."""

    subject: str
    text: str


#: What waits, in words that would tell a stranger nothing.
WAITS: Final = MappingProxyType(
    {
        "referral": "Something new waits for you",
        "addition": "Something was added to what you have",
        "decision": "A decision waits for you",
        "feedback": "An answer waits for you",
    }
)

#: References of our own making. A name of anybody would not be one.
_REFERENCE: Final = re.compile(r"[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,4}")
_ADDRESS: Final = re.compile(r"https://[a-z0-9.-]+(?::\d+)?/")


def notice(kind: str, reference: str, site: str) -> Notice:
    """Return the e-mail for a kind of WAITS. `site` is the address at which one signs in, such as https://footprint.example/.

    Raises ValueError for what is no reference of ours, and for an address that says more than where the site is.
    """
    if not _REFERENCE.fullmatch(reference) or not any(sign.isdigit() for sign in reference):
        raise ValueError("An e-mail carries a reference and nothing else, and this is no reference of ours.")
    if not _ADDRESS.fullmatch(site):
        raise ValueError(
            "Give the address of the site alone, with https:// before it and a stroke behind it."
        )
    return Notice(
        f"{WAITS[kind]}: {reference}",
        f"{WAITS[kind]}.\n\nReference: {reference}\nSign in to read it: {site}\n\n"
        "This message says no more on purpose. Do not answer it, and send nothing about anybody by e-mail.\n",
    )
