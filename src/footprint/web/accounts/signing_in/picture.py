"""The key of an authenticator app as a picture to scan: a path for an SVG that stands in the page itself."""

from __future__ import annotations

from typing import NamedTuple

import qrcode


class Picture(NamedTuple):
    """The side of the square, and its dark fields as an SVG path."""

    side: int
    path: str


def picture_of(text: str) -> Picture:
    """Return a QR code of the text, with the white margin that scanners need."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    fields = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(fields) for x, is_dark in enumerate(row) if is_dark
    )
    return Picture(len(fields), path)


def grouped(key: str) -> str:
    """Return a key in groups of four, as people type it."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
