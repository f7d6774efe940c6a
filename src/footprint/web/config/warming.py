"""What a process does before its first question, so that nobody waits for it: opens the snapshot and loads the kernels."""

from __future__ import annotations

from footprint.records.mask import Mask
from footprint.search import ask, question_from
from footprint.snapshot import NothingPublished
from footprint.web.cases.published import published
from footprint.web.design.components import components


def warm() -> None:
    """Make ready. Where nothing is published yet, the pages say so themselves."""
    components()
    try:
        content = published().content
    except NothingPublished:
        return
    # A question about nobody: the compiled functions are loaded, and no record is looked at for anyone.
    ask(content.index, question_from({"family": "warming", "born": "1900"}), Mask(partners=frozenset()))
