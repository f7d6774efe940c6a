"""What a site's partnership agreed, in tests: the same as the invented one, or that with changes."""

import re

from footprint.sharing.reading import PACKAGED

INVENTED = PACKAGED.read_text(encoding="utf-8").replace("partnership: aldermarch", "partnership: town")


def agree(site, *changes, limits=""):
    """Let them have agreed this, with changes (from, to) to the letter; `limits` instead of its limits."""
    text = INVENTED
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    if limits:
        text = re.sub(r"^limits:.*$", f"limits: {{{limits}}}", text, flags=re.MULTILINE)
    (site.data / "agreement.yaml").write_text(text, encoding="utf-8")
