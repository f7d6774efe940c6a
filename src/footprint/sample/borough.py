"""Writes the invented borough: what every partner would deliver, and the truth beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from footprint.sample import storylines
from footprint.sample.partners.acute import AcuteFeed
from footprint.sample.partners.cin_census import CensusFeed
from footprint.sample.partners.police import PoliceFeed
from footprint.sample.partners.schools import SchoolsFeed
from footprint.sample.partners.social_care import SocialCareFeed
from footprint.sample.storylines import Story
from footprint.sample.timeline import Timeline
from footprint.sample.truth import NAMESAKES, Truth
from footprint.sample.world.blocks import World

FLUSH_EVERY: Final = 8
"""Blocks between two writes to the files: what waits is never more than their rows."""

Progress = Callable[[str, int, int], None]


def tell_truth(stories: list[Story], truth: Truth, out: Path) -> None:
    """Write the storylines, and who in them must never be joined (namesakes are found with all others)."""
    storylines.write(stories, out)
    for story in stories:
        for one, other, reason in story.never:
            if reason != NAMESAKES:
                truth.never(one, other, reason)


class Summary(msgspec.Struct, frozen=True):
    """What was written: residents and households, records known by partners, pairs that must never be joined, schools."""

    out: str
    residents: int
    households: int
    records: int
    pairs_never: int
    schools: int
    first_day: str
    last_day: str


def write_borough(
    out: Path,
    *,
    residents: int,
    seed: int,
    days: int = 1,
    end: dt.date | None = None,
    names: Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Write an invented borough of at least `residents` people under `out`, the same for the same seed and last day.

    `out/deliveries/<day>/<feed>/` holds what partners deliver on each of the `days` that end on `end` (today, unless said),
    `out/searches.json` five searches worth making, `out/truth/` who everybody really is. `names` may be a folder with
    first_names_uk.parquet, surnames_uk.parquet, postcodes_uk.parquet. `progress(step, done, of)` is called now and then.
    Raises ValueError, with a sentence, for a population or a number of days that cannot be.
    """
    if residents < 1 or days < 1:
        raise ValueError(
            "A borough needs at least one resident and one day. Give --residents and --days above nought."
        )
    timeline = Timeline(end or dt.datetime.now(tz=dt.UTC).date(), days)
    truth = Truth(out / "truth")
    world = World(residents, seed, timeline, names)
    census = CensusFeed(out, timeline)
    police = PoliceFeed(out, timeline, seed, truth)
    council = SocialCareFeed(out, timeline, seed, truth, census, residents)
    schools = SchoolsFeed(out, timeline, seed, truth)
    acute = AcuteFeed(out, timeline, seed, truth)
    households = people = 0
    for block in world.blocks():
        for feed in (police, council, schools, acute):
            feed.block(block)
        for home in block.households:
            households += 1
            people += len(home.people)
            truth.household(home, f"h{households:07}")
        if block.number == 0:
            tell_truth(world.stories, truth, out)
        if block.number % FLUSH_EVERY == FLUSH_EVERY - 1:
            for part in (police.delivery, council.delivery, census.delivery, schools, acute.delivery):
                part.flush()
        if progress is not None:
            progress("people", min(people, residents), residents)
    for part in (police.delivery, council.delivery, census.delivery, schools, acute.delivery):
        part.close()
    truth.close(timeline.end)
    return Summary(
        out=str(out),
        residents=people,
        households=households,
        records=truth.records.rows,
        pairs_never=truth.pairs.rows,
        schools=schools.count,
        first_day=timeline.first.isoformat(),
        last_day=timeline.end.isoformat(),
    )
