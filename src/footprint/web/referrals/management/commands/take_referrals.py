"""`python -m footprint.web take_referrals FILE`, which `footprint referrals take` calls: take another system's referrals."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.web.referrals.importing.services import Taken, take_file
from footprint.web.referrals.management.taking import TakingCommand


def _counts(taken: Taken) -> Iterator[str]:
    yield f"{taken.new:>7,} referrals new"
    yield f"{taken.added:>7,} added to"
    yield f"{taken.same:>7,} as they stood"
    if taken.ended:
        yield f"{taken.ended:>7,} kept their time before, and not taken again"
    if taken.with_unread:
        yield f"{taken.with_unread:>7,} with answers that were not understood: each referral's page shows them"


class Command(TakingCommand):
    help = "Take another system's referrals, by its contract. Sent again, they are the same referrals."
    take = staticmethod(take_file)
    counts = staticmethod(_counts)
    where_away = " What was taken before is taken. Take the file again: nothing comes twice."
    where_in_part = (
        ", and the front door is told. Mend what is named and send the file again: nothing comes twice."
    )
