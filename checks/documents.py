"""Documents that are made from the code: `--write` makes them anew, without it a stale one is a failure.

A page joins by a line in `PAGES`: the file, and the function that returns its whole text. The function must return
the same text for the same code: no dates, no paths of a machine.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from checks.cli_page import cli_page
from checks.dictionary_page import dictionary_page
from checks.referral_states_page import referral_states_page
from checks.rooms_page import rooms_page
from checks.sample_page import sample_page

ROOT = Path(__file__).parent.parent

PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/dictionary.md": dictionary_page,
    "docs/referral-states.md": referral_states_page,
    "docs/rooms.md": rooms_page,
    "docs/sample-rates.md": sample_page,
}


def stale() -> dict[Path, str]:
    """The pages that differ from what the code says, with the text that they should have."""
    texts = {ROOT / path: text() for path, text in PAGES.items()}
    return {path: text for path, text in texts.items() if not path.exists() or path.read_text() != text}


def main(arguments: list[str]) -> int:
    """Write the stale pages, or name them and fail."""
    pages = stale()
    for path, text in pages.items():
        if "--write" in arguments:
            path.write_text(text)
        print(f"{'wrote' if '--write' in arguments else 'stale'}: {path.relative_to(ROOT)}")
    if pages and "--write" not in arguments:
        print("Run `make fix`, read what changed, and commit it with the change that caused it.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
