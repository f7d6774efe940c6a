"""A borough of some thousands has every shape of household, every community and every case that matching finds hard."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from footprint.sample import storylines
from footprint.sample.world.households import SHAPES
from footprint.sample.world.institutions import PLACES
from footprint.sample.world.names import communities


def test_every_shape_lives_in_five_thousand(tmp_path):
    from footprint.sample.timeline import Timeline
    from footprint.sample.world.blocks import World
    from tests.sample.conftest import END

    shapes = {home.shape for block in World(5_000, 11, Timeline(END)).blocks() for home in block.households}
    assert set(SHAPES) | set(PLACES) <= shapes


def test_every_community_lives_here_with_names_of_its_own(borough):
    told = borough.people.filter(pl.col("given_name") != "")
    for community in communities():
        here = told.filter(pl.col("community") == community)
        assert len(here) > 3, community
        assert here["given_name"].n_unique() > 2, community


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ("the unborn have no name", pl.col("tags").str.contains("unborn") & (pl.col("given_name") == "")),
        ("the unborn are expected", pl.col("expected").is_not_null() & pl.col("date_of_birth").is_null()),
        ("one name only", (pl.col("family_name") == "") & (pl.col("given_name") != "")),
        ("two family names", pl.col("family_name").str.contains(r"\w-\w|\w \w")),
        ("an apostrophe", pl.col("family_name").str.contains("'")),
        ("a patronymic", (pl.col("community") == "ukrainian") & pl.col("middle_name").str.contains("ivna$|ovych$")),
        ("three names in a row", (pl.col("community") == "somali") & (pl.col("middle_name") != "")),
        ("a woman's Polish ending", (pl.col("sex") == "F") & pl.col("family_name").str.contains("ska$")),
        ("Singh and Kaur", (pl.col("family_name") == "Kaur") | (pl.col("middle_name") == "Kaur")),
        ("known by another than the first name", pl.col("known_as") != ""),
        ("a former family name", pl.col("former_family_name") != ""),
        ("an alias", pl.col("alias") != ""),
        ("the first of January, as the Home Office wrote it", pl.col("recorded_birth").is_not_null()),
        ("the dead", pl.col("death").is_not_null()),
        ("no fixed abode", pl.col("tags").str.contains("nfa") & (pl.col("street") == "")),
        ("a home without a UPRN", (pl.col("street") != "") & (pl.col("uprn") == "")),
        ("a flat", pl.col("flat") != ""),
        ("a protected address", pl.col("protected")),
        ("a superseded NHS number", pl.col("old_nhs") != ""),
        ("a child looked after in a family", pl.col("care") == "foster"),
        ("a child looked after in a home", pl.col("care") == "home"),
        ("a child with grandparents", pl.col("care") == "kinship"),
        ("a worker who lives here", pl.col("tags").str.contains("staff")),
        ("a junior of his father's name", pl.col("tags").str.contains("junior")),
        ("identical twins", pl.col("tags").str.contains("identical")),
    ],
)  # fmt: skip
def test_every_hard_case_lives_here(borough, case, where):
    assert len(borough.people.filter(where)) > 0, case


def test_twins_numbers_are_one_apart(borough):
    twins = borough.pairs.filter(pl.col("reason") == "twins")
    numbers = [
        sorted(str(borough.by_id[row[side]]["nhs"]) for side in ("person_a", "person_b"))
        for row in twins.iter_rows(named=True)
    ]
    assert len(numbers) > 20
    assert all(int(high[:9]) - int(low[:9]) == 1 for low, high in numbers if low and high)


def test_more_than_twenty_five_flats_stand_behind_one_door_number(borough):
    blocks = (
        borough.people.filter(pl.col("building").str.contains("Court$"))
        .group_by("building", "postcode")
        .agg(pl.col("flat").n_unique().alias("flats"))
    )
    assert blocks["flats"].max() > 25


def test_siblings_go_to_different_schools_and_some_schools_send_nothing(borough):
    pupils = borough.people.filter(pl.col("school") != "")
    families = (
        pupils.filter(pl.col("mother") != "")
        .group_by("mother")
        .agg(pl.col("school").n_unique().alias("schools"))
    )
    assert (families["schools"] > 1).sum() > 20
    private = set(pupils.filter(pl.col("school").str.starts_with("9286"))["person"])
    assert private
    told = set(borough.records.filter(pl.col("partner").str.starts_with("school-9286"))["person"])
    assert not told


def test_every_storyline_is_told_whatever_the_seed(borough, month):
    keys = [story.__name__.replace("_", "-") for story in storylines.STORIES]
    for town in (borough, month):
        told = json.loads((town.out / "truth" / "storylines.json").read_text("utf-8"))
        assert [story["key"] for story in told] == keys
        people = {person["person"] for story in told for person in story["people"]}
        assert people <= set(town.by_id)


def test_names_fall_away_as_names_do(borough):
    """The most frequent family name is borne by one or two in a hundred, and half of all names by one household or two."""
    counts = borough.people["family_name"].value_counts(sort=True)
    assert 0.008 < counts["count"][0] / len(borough.people) < 0.035
    assert counts["count"].median() <= 6
    assert len(counts) > 1_500


def test_the_page_counts_right(borough):
    """What `docs/sample.md` says in words is what there is."""
    words = {"Nineteen **storylines**": len(storylines.STORIES), "Twenty-one communities": len(communities())}
    assert words == {"Nineteen **storylines**": 19, "Twenty-one communities": 21}
    page = (Path(__file__).parents[2] / "docs" / "sample.md").read_text("utf-8")
    assert all(said in page for said in words)
    truth = {path.name for path in (borough.out / "truth").iterdir()}
    assert truth == set(re.findall(r"^\| `([a-z_]+\.[a-z]+)` \|", page, re.MULTILINE))


def test_only_a_storylines_own_people_live_behind_its_doors(borough):
    doors = ["postcode", "building", "house_number", "flat"]
    homes = borough.people.filter((pl.col("street") != "") & pl.col("uprn").str.len_chars().is_between(1, 12))
    story = pl.col("tags").str.contains("story")
    houses = homes.filter(story & (pl.col("building") == "")).select(doors).unique()
    assert len(houses) > 15
    assert homes.filter(~story).join(houses, on=doors, how="semi").is_empty()
