"""The mask under which the index of a snapshot is asked, with every ruling made since that index was built.

The mask comes before the score: what was erased is no candidate, and who was protected is found by name, birthday, sex
and number only, as if nobody had ever said where they live.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from footprint.answer.people import People
from footprint.records.mask import Mask


def search_mask(people: People) -> Mask:
    """Return this user's mask, and in it the records that rulings hide or veil."""
    overlay, content = people.overlay, people.content
    erased = _everything_of(people, overlay.erased_people, ())
    at_places = [key for place in overlay.shielded_places for key in content.at_place(place)]
    veiled = _everything_of(
        people, overlay.shielded_people, (*overlay.shielded_records, *overlay.former, *at_places)
    )
    return msgspec.structs.replace(
        people.mask,
        hidden_records=people.mask.hidden_records | overlay.erased_records | erased | _out_of_reach(people),
        veiled_records=people.mask.veiled_records | veiled,
        veiled_places=people.mask.veiled_places | overlay.shielded_places,
    )


def _out_of_reach(people: People) -> frozenset[str]:
    """The records of parts that rulings split off and that this user does not reach: the index has the person whole."""
    if people.mask.among is None:
        return frozenset()
    content = people.content
    touched = {content.number_of_record(key) for pair in people.overlay.pairs_apart for key in pair}
    numbers = [number for number in touched if number is not None]
    reached = {key for number in numbers for shown in people.of(number) for key in shown.keys}
    return frozenset(key for number in numbers for key in content.keys_of(number)) - reached


def _everything_of(people: People, ids: Iterable[str], keys: Iterable[str]) -> frozenset[str]:
    """Every record of the people with these ids, and of those to whom these records belong."""
    content = people.content
    numbers = {content.number_of(person_id) for person_id in ids} | {
        content.number_of_record(key) for key in keys
    }
    return frozenset(key for number in numbers if number is not None for key in content.keys_of(number))
