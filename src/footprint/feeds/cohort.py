"""Who of a delivery may be kept: the contract's cohort rule, applied to finished drafts. Nobody else is stored."""

from __future__ import annotations

import datetime as dt

from footprint.feeds.contract import Cohort
from footprint.feeds.drafts import Draft
from footprint.records import PartialDate


def members(drafts: dict[str, Draft], cohort: Cohort, involved: set[str], as_of: dt.date) -> set[str]:
    """Return the keys of the drafts that pass the rule. `involved` are the keys that have an involvement in the retention."""
    if cohort.everyone:
        return set(drafts)
    found = {key for key, draft in drafts.items() if _passes(draft, cohort, involved, as_of)}
    if not cohort.related_to_cohort:
        return found
    related = {
        relationship.other
        for key in found
        for relationship in drafts[key].relationships
        if relationship.other
    }
    related |= {
        key
        for key, draft in drafts.items()
        if key not in found and any(relationship.other in found for relationship in draft.relationships)
    }
    return found | (related & drafts.keys())


def _passes(draft: Draft, cohort: Cohort, involved: set[str], as_of: dt.date) -> bool:
    if cohort.has_involvement and draft.text in involved:
        return True
    if not cohort.age_under:
        return False
    if draft.birth is None:
        return draft.expected is not None
    return youngest_age(draft.birth, as_of) < cohort.age_under


def youngest_age(birth: PartialDate, day: dt.date) -> int:
    """Return the least age in whole years that somebody born then can have on `day`; 999 where no year is known.

    An unknown month or day is taken as late as it can be: a child is not left out because a birthday is known in part.
    """
    if birth.year is None:
        return 999
    month, of_month = birth.month or 12, birth.day or (31 if birth.month is None else 28)
    return day.year - birth.year - ((day.month, day.day) < (month, of_month))
