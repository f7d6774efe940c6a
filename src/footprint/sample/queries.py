"""Questions to measure search by: what somebody asks who knows the true person, and gets something wrong.

Every question starts from the truth and never from a stored record, so a record's own slips are no help. Each kind is a
row of `KINDS`: the steps that go wrong, in order. A person to whom a step cannot happen is not asked about in that kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from footprint.sample import slips
from footprint.sample.dice import Dice

PURPOSE: Final = 909
CANDIDATES_PER_QUESTION: Final = 60
"""People drawn for each question of a kind: the rarest kinds (two family names, a former one) need some forty."""

Row = dict[str, Any]
Step = Callable[[Row, Row, Dice], bool]

COLUMNS: Final = {
    "query_id": pl.String, "kind": pl.String, "person": pl.String, "given_name": pl.String, "middle_name": pl.String,
    "family_name": pl.String, "date_of_birth": pl.String, "sex": pl.String, "house_number": pl.String, "street": pl.String,
    "address": pl.String, "town": pl.String, "postcode": pl.String, "phone": pl.String, "nhs": pl.String,
}  # fmt: skip

MAP: Final = """\
# Which column holds which field, for `footprint evaluate search records_flat.parquet queries.parquet`
# with --columns query_columns.yaml --truth person --kind kind.
record_id: record_id
source: partner
given_name: given_name
middle_name: middle_name
family_name: family_name
date_of_birth: date_of_birth
sex: sex
address: address
town: town
postcode: postcode
phone: phone
email: email
identifiers: {nhs: nhs, upn: upn}
"""


def set_text(field: str, slip: Callable[[str, Dice], str]) -> Step:
    """Return a step that puts a field wrong, and cannot where the slip changes nothing."""

    def step(asked: Row, _person: Row, dice: Dice) -> bool:
        before = asked[field]
        asked[field] = slip(before, dice) if before else ""
        return bool(asked[field] != before)

    return step


def set_birth(slip: Callable[[dt.date, Dice], dt.date]) -> Step:
    def step(asked: Row, person: Row, dice: Dice) -> bool:
        wrong = slip(person["date_of_birth"], dice)
        asked["date_of_birth"] = wrong.isoformat()
        return bool(wrong != person["date_of_birth"])

    return step


def without(*fields: str) -> Step:
    """Return a step that leaves fields unasked."""

    def step(asked: Row, _person: Row, _dice: Dice) -> bool:
        for field in fields:
            asked[field] = ""
        return True

    return step


ADDRESS: Final = ("house_number", "street", "address", "town", "postcode")
nowhere = without(*ADDRESS)


def moved(asked: Row, person: Row, dice: Dice) -> bool:
    """Ask at an address where nobody has recorded the person: another house, street and postcode."""
    del person
    number = str(dice.between(1, 60))
    street = f"{dice.pick(('Upper', 'Nether', 'Long'))} {dice.pick(('Wharf', 'Garth', 'Weir'))} {dice.pick(('Row', 'Mews'))}"
    asked.update(house_number=number, street=street, address=f"{number} {street}", town="Ashcombe")
    asked["postcode"] = f"UM9 {dice.below(10)}{dice.pick('ABDEFGHJLN')}{dice.pick('PQRSTUWXYZ')}"
    return True


def old_address(asked: Row, person: Row, _dice: Dice) -> bool:
    """Ask at the address before the last move."""
    number, street = person["former_house_number"], person["former_street"]
    asked.update(house_number=number, street=street, address=f"{number} {street}".strip(), town="")
    asked["postcode"] = person["former_postcode"]
    return bool(street)


def changed_family(asked: Row, person: Row, _dice: Dice) -> bool:
    """Ask by a family name that the person had once."""
    asked["family_name"] = person["former_family_name"]
    return bool(asked["family_name"]) and asked["family_name"] != person["family_name"]


def swapped(asked: Row, _person: Row, _dice: Dice) -> bool:
    asked["given_name"], asked["family_name"] = asked["family_name"], asked["given_name"]
    return bool(asked["given_name"]) and asked["given_name"] != asked["family_name"]


def middle_as_given(asked: Row, _person: Row, _dice: Dice) -> bool:
    asked["given_name"], asked["middle_name"] = asked["middle_name"], ""
    return bool(asked["given_name"])


def year_only(asked: Row, person: Row, _dice: Dice) -> bool:
    asked["date_of_birth"] = str(person["date_of_birth"].year)
    return True


def with_phone(asked: Row, person: Row, _dice: Dice) -> bool:
    asked["phone"] = person["phone"]
    return person["phone"] in person["held"]


def with_number(asked: Row, person: Row, _dice: Dice) -> bool:
    asked["nhs"] = person["nhs"]
    return person["nhs"] in person["held"]


typo_given, typo_family = set_text("given_name", slips.typo), set_text("family_name", slips.typo)
heard_given, heard_family = set_text("given_name", slips.heard), set_text("family_name", slips.heard)
nickname, spelling = set_text("given_name", slips.nickname), set_text("given_name", slips.other_spelling)
no_birthday = without("date_of_birth")

KINDS: Final[dict[str, tuple[Step, ...]]] = {
    "exact": (),
    "name-and-birthday": (nowhere,),
    "moved": (moved,),
    "old-address": (old_address,),
    "one-of-two-families": (set_text("family_name", slips.one_part),),
    "nickname": (nickname,),
    "nickname-moved": (nickname, moved),
    "typo-one-name": (typo_family,),
    "typo-both-names": (typo_given, typo_family),
    "heard": (heard_given, heard_family),
    "other-spelling": (spelling,),
    "names-swapped": (swapped,),
    "middle-as-given": (middle_as_given,),
    "changed-family": (changed_family,),
    "changed-family-typo": (changed_family, typo_given),
    "day-and-month": (set_birth(slips.day_and_month),),
    "typo-day-and-month": (typo_given, set_birth(slips.day_and_month)),
    "birthday-digit": (set_birth(slips.one_digit),),
    "year-only": (year_only,),
    "no-birthday": (no_birthday,),
    "no-birthday-moved": (no_birthday, moved),
    "no-given-name": (without("given_name", "middle_name"),),
    "postcode-typo": (
        set_text("postcode", slips.postcode),
        without("house_number", "street", "address", "town"),
    ),
    "phone-and-given-name": (with_phone, without("family_name", "middle_name", "date_of_birth"), nowhere),
    "number-and-heard-name": (with_number, heard_family, no_birthday, nowhere),
}


def write_queries(out: Path, n: int = 250, seed: int = 1) -> int:
    """Write up to `n` questions of each kind to `out/truth/queries.parquet`, the map beside it, and return how many.

    `out` is a borough that `write_borough` wrote. Only people whom a partner knows are asked about.
    """
    truth = out / "truth"
    people = known_people(truth, n, seed)
    rows = [
        row
        for number, kind in enumerate(KINDS)
        for row in questions(kind, people, n, Dice.seeded(seed, PURPOSE, number))
    ]
    pl.DataFrame(rows, schema=COLUMNS, orient="row").write_parquet(truth / "queries.parquet")
    (truth / "query_columns.yaml").write_text(MAP, encoding="utf-8")
    return len(rows)


def known_people(truth: Path, n: int, seed: int) -> list[Row]:
    """Return enough people whom some partner knows, in an order that the seed gives."""
    known = pl.scan_parquet(truth / "records.parquet").select("person").unique()
    asked = pl.scan_parquet(truth / "people.parquet").filter(
        pl.col("date_of_birth").is_not_null() & (pl.col("given_name") != "") & pl.col("death").is_null()
    )
    ids = asked.join(known, on="person", how="semi").select("person").collect()["person"].sort()
    order = np.random.default_rng((seed, PURPOSE)).permutation(len(ids))[: n * CANDIDATES_PER_QUESTION]
    drawn = pl.DataFrame({"person": ids[order], "place": np.arange(len(order))})
    people = asked.join(drawn.lazy(), on="person").collect().sort("place").to_dicts()
    held = numbers_held(truth, drawn)
    return [{**person, "held": held.get(person["person"], frozenset())} for person in people]


def numbers_held(truth: Path, drawn: pl.DataFrame) -> dict[str, frozenset[str]]:
    """Return the telephone and NHS numbers by which some partner knows each person.

    Nobody can be found by a number that no record has, so a question by number is asked only where one has it.
    """
    flat = pl.scan_parquet(truth / "records_flat.parquet").join(drawn.lazy(), on="person", how="semi")
    numbers = flat.select("person", pl.concat_list("phone", "nhs").alias("held")).explode("held")
    told = numbers.filter(pl.col("held") != "").group_by("person").agg("held").collect()
    return {person: frozenset(held) for person, held in told.iter_rows()}


def questions(kind: str, people: list[Row], n: int, dice: Dice) -> Iterator[tuple[Any, ...]]:
    """Yield the questions of one kind, about the first people to whom it can happen, from a place of its own."""
    start = dice.below(max(1, len(people)))
    asked = 0
    for person in (*people[start:], *people[:start]):
        if asked == n:
            return
        question = plain_question(person)
        if all(step(question, person, dice) for step in KINDS[kind]):
            asked += 1
            yield (
                f"{kind}-{asked:05}",
                kind,
                person["person"],
                *(question[field] for field in list(COLUMNS)[3:]),
            )


def plain_question(person: Row) -> Row:
    """Return what somebody asks who knows the person's names, birthday, sex and address."""
    line = f"{person['house_number']} {person['street']}".strip()
    address = ", ".join(part for part in (person["flat"], person["building"], line) if part)
    return {
        "given_name": person["given_name"], "middle_name": person["middle_name"], "family_name": person["family_name"],
        "date_of_birth": person["date_of_birth"].isoformat(), "sex": person["sex"], "house_number": person["house_number"],
        "street": person["street"], "address": address, "town": person["town"], "postcode": person["postcode"],
        "phone": "", "nhs": "",
    }  # fmt: skip
