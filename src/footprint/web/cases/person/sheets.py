"""Sheets of paper from HTML, in a process of its own that may cost and reach only so much. Knows nobody and no database.

Run as a program it reads HTML from its input and writes a tagged PDF (PDF/UA-1) to its output. It fetches nothing: no network,
no file. The style comes from the project; its limits on time, memory and pages hold whatever the HTML says.
"""

from __future__ import annotations

import logging
import resource
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

#: Exit codes, beside 0.
MISSING, TOO_LONG = 3, 4
MOST_PAGES: Final = 40
SECONDS: Final = 20
_BYTES: Final = 1024**3
_STYLE: Final = Path(__file__).parents[2] / "design" / "static" / "design" / "sheet.css"


class TooLong(Exception):
    """More pages than anybody prints."""


def pdf(html: str) -> bytes:
    """Return a tagged PDF. Raises TooLong; OSError where the library's system parts are missing."""
    from weasyprint import CSS, HTML

    nothing = _fetcher()
    style = CSS(string=_STYLE.read_text(encoding="utf-8"), url_fetcher=nothing)
    document = HTML(string=html, url_fetcher=nothing, base_url=None).render(stylesheets=[style])
    if len(document.pages) > MOST_PAGES:
        raise TooLong
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


def _fetcher() -> Any:
    """What fetches nothing, whatever is asked of it."""
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc] # the library has no types
        def fetch(self, url: str, headers: Any = None) -> NoReturn:
            raise ValueError("A sheet fetches nothing.")

    return Nothing()


def run() -> int:
    """Be the program: `--check` only says whether the library is there."""
    logging.disable()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    try:
        import weasyprint  # noqa: F401 - whether it can be loaded is the question
    except OSError:
        return MISSING
    if "--check" in sys.argv:
        return 0
    try:
        written = pdf(sys.stdin.buffer.read().decode())
    except TooLong:
        return TOO_LONG
    sys.stdout.buffer.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(run())
