"""Which encoding a text file is written in, and whether it is text at all: found before a single row is read.

Every file is read once, in pieces, for its hash, its NUL bytes and its encoding; memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds.refusing import RefusedError

_PIECE: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
#: First bytes by which a file shows itself as something else than the text that its name promises.
_SIGNATURES: Final = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a file before it is parsed. `remark` is empty unless the encoding needs a word."""

    sha256: str
    size: int
    encoding: str
    remark: str = ""


def scan(path: Path, allowed: tuple[str, ...], *, most_bytes: int) -> Scan:
    """Return hash, size and encoding of a text file, the encoding being one of `allowed`.

    Raises RefusedError where the file is empty, too large, holds NUL bytes, is another kind of file, or no encoding fits.
    """
    name = path.name
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("The file is empty. Send the extract again.", file=name)
    if size > most_bytes:
        raise RefusedError(
            f"The file is larger than {most_bytes >> 20} MB. Send it in parts, or ask for a higher limit.",
            file=name,
        )
    with path.open("rb") as stream:
        first = stream.read(_PIECE)
    for signature, kind in _SIGNATURES:
        if first.startswith(signature):
            raise RefusedError(
                f"This is {kind}, whatever its name says. Send the text file itself.", file=name
            )
    marked = next(((python, said) for bom, python, said in _BOMS if first.startswith(bom)), None)
    if marked and marked[1] not in allowed:
        raise RefusedError(
            f"The file is written in {marked[1]}, which its contract does not name. Save it as UTF-8.",
            file=name,
        )
    return _scan_text(path, marked[0] if marked else "", allowed, size)


def _scan_text(path: Path, marked: str, allowed: tuple[str, ...], size: int) -> Scan:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(marked or "utf-8")("strict")
    decodes = True
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            if b"\0" in piece and not marked.startswith(("utf-16", "utf-32")):
                raise RefusedError(
                    "The file holds NUL bytes: it is damaged, or no text. Send it again.", file=path.name
                )
            if decodes:
                decodes = _decodes(decoder, piece, final=False)
    decodes = decodes and _decodes(decoder, b"", final=True)
    found = Scan(sha256=digest.hexdigest(), size=size, encoding=marked or "utf-8")
    if decodes:
        return found
    if marked or "cp1252" not in allowed:
        raise RefusedError(
            f"The file is not what it says it is: its bytes are not {found.encoding}. Save it as UTF-8.",
            file=path.name,
        )
    return Scan(
        sha256=found.sha256,
        size=size,
        encoding="cp1252",
        remark="The file is not UTF-8: read as Windows-1252. Save it as UTF-8, so that no letter is taken for another.",
    )


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool) -> bool:
    try:
        text = decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return "\0" not in text
