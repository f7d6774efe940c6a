"""`python -m footprint.web take_footage FILE`, which `footprint referrals footage` calls: take a force's incidents and video."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.web.design.words import moment
from footprint.web.referrals.footage.services import Taken, take_file
from footprint.web.referrals.management.taking import TakingCommand


def _counts(taken: Taken) -> Iterator[str]:
    yield f"{taken.system}, as of {moment(taken.made)}: {taken.lines:,} rows."
    yield f"{taken.new:>7,} incidents new"
    yield f"{taken.corrected:>7,} corrected"
    yield f"{taken.same:>7,} as they stood"
    if taken.outside:
        yield f"{taken.outside:>7,} rows of classes that nobody measures, not kept: {', '.join(taken.outside_codes)}"


class Command(TakingCommand):
    help = "Take a force's file of incidents and body-worn video, by its contract. Sent again, it has no second effect."
    take = staticmethod(take_file)
    counts = staticmethod(_counts)
    where_in_part = ". Mend what is named and send the file again: nothing counts twice."
