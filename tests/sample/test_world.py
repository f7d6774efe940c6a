"""Places, names and slips: small pure functions, on any input."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.sample import slips
from footprint.sample.dice import Dice, Weighted
from footprint.sample.timeline import Timeline
from footprint.sample.world.customs import Child, gendered, name_for
from footprint.sample.world.names import Names, cased, communities
from footprint.sample.world.people import Person
from footprint.sample.world.places import Gazetteer
from footprint.sample.world.schools import school

POSTCODE = re.compile(r"[A-Z]{2}\d{1,2} \d[ABD-HJLNP-UW-Z]{2}")
NAMES = Names()
MEASURED = Path(__file__).parents[3] / "shared" / "data" / "reference"


def test_every_door_is_one_and_no_postcode_belongs_to_two_streets():
    gazetteer = Gazetteer(3)
    doors, streets = set(), {}
    for block in [*range(40), 400, 2_000, 6_000]:
        near = gazetteer.neighbourhood(block)
        for door in near.doors:
            assert POSTCODE.fullmatch(door.postcode)
            assert len(door.uprn) == 12
            assert (door.uprn, door.residence) not in doors
            doors.add((door.uprn, door.residence))
            assert streets.setdefault(door.postcode, (block, door.street)) == (block, door.street)
    assert len({residence for _, residence in doors}) == len(doors)


def test_a_block_is_laid_out_the_same_whenever_it_is_asked_for():
    one, other = Gazetteer(3), Gazetteer(3)
    for block in range(20):
        one.neighbourhood(block)
    assert one.neighbourhood(2) == other.neighbourhood(2)
    assert Gazetteer(4).neighbourhood(2) != one.neighbourhood(2)


def test_measured_postcodes_take_the_place_of_invented_ones():
    near = Gazetteer(3, ("B1 1AA", "B2 2BB")).neighbourhood(0)
    assert {door.postcode for door in near.doors} == {"B1 1AA", "B2 2BB"}


def test_measured_names_take_the_place_of_curated_ones(tmp_path):
    import polars as pl

    pl.DataFrame({"surname": ["o'toole"], "freq": [1.0]}).write_parquet(tmp_path / "surnames_uk.parquet")
    pl.DataFrame(
        {
            "firstname": ["zebedee", "ermintrude"],
            "freq": [1.0, 1.0],
            "sex": ["male", "female"],
            "birthyear": [1990, 1990],
        }
    ).write_parquet(tmp_path / "first_names_uk.parquet")
    names = Names(tmp_path)
    dice = Dice.seeded(1)
    assert {names.family("british", dice) for _ in range(50)} == {"O'Toole"}
    assert {names.given("british", "M", 1990, dice) for _ in range(20)} == {"Zebedee"}
    assert cased("anne-marie") == "Anne-Marie"
    assert names.family("punjabi", dice) != "O'Toole"


@pytest.mark.parametrize("community", sorted(communities()))
@pytest.mark.parametrize("sex", ["M", "F"])
def test_every_community_names_its_own(community, sex):
    dice = Dice.seeded(5, len(community))
    father = Person(1, "Ahmed", "Hassan", "Kowalski", "M", community)
    mother = Person(2, "Maria", "", "Silva Costa", "F", community)
    for parents in ((None, None), (mother, father)):
        for year in (1940, 1975, 2015):
            told = NAMES.given(community, sex, year, dice)
            called = name_for(NAMES, Child(community, sex, year, told, *parents), dice)
            assert called.given
            assert called.family or community == "afghan"
            assert not called.family.startswith("-")


def test_names_pass_on_as_each_community_does():
    dice = Dice.seeded(2)
    father = Person(1, "Mohamed", "Ali", "Warsame", "M", "somali")
    called = name_for(NAMES, Child("somali", "F", 2012, "Hodan", None, father), dice)
    assert (called.given, called.middle, called.family) == ("Hodan", "Mohamed", "Ali")
    assert gendered("Kowalski", "F") == "Kowalska"
    assert gendered("Nowak", "F") == "Nowak"
    taras = Person(1, "Taras", "", "Koval", "M", "ukrainian")
    assert name_for(NAMES, Child("ukrainian", "F", 2012, "Olena", None, taras), dice).middle == "Tarasivna"
    mother, father = (
        Person(1, "Ana", "", "Silva Costa", "F", "portuguese"),
        Person(2, "Rui", "", "Pinto Rocha", "M", "portuguese"),
    )
    assert (
        name_for(NAMES, Child("portuguese", "M", 2012, "Tiago", mother, father), dice).family == "Costa Rocha"
    )
    singh = Person(2, "Ranjit", "", "Singh", "M", "punjabi")
    assert name_for(NAMES, Child("punjabi", "F", 2012, "Simran", None, singh), dice).family == "Kaur"


def test_older_people_have_older_names():
    dice = Dice.seeded(9)
    old = [NAMES.given("british", "F", 1935, dice) for _ in range(300)]
    young = [NAMES.given("british", "F", 2015, dice) for _ in range(300)]
    assert sum(name in {"Margaret", "Jean", "Joan", "Doreen", "Sheila"} for name in old) > 20
    assert not {"Doreen", "Joan"} & set(young)


words = st.text(alphabet=st.characters(categories=["L", "Pd", "Zs"]), max_size=20)


@given(words, st.integers(0, 10_000))
@pytest.mark.parametrize(
    "slip",
    [
        slips.typo,
        slips.heard,
        slips.scanned,
        slips.nickname,
        slips.other_spelling,
        slips.one_part,
        slips.joined,
    ],
)
def test_slips_of_text_never_raise_and_say_the_same_twice(slip, text, seed):
    assert slip(text, Dice.seeded(seed)) == slip(text, Dice.seeded(seed))


@given(st.dates(dt.date(1920, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 10_000))
@pytest.mark.parametrize("slip", [slips.day_and_month, slips.one_digit, slips.one_year])
def test_slips_of_dates_are_dates_near_by(slip, birth, seed):
    wrong = slip(birth, Dice.seeded(seed))
    assert abs(wrong.year - birth.year) <= 1
    if slip is slips.day_and_month and birth.day <= 12:
        assert slip(wrong, Dice.seeded(seed)) == birth


@pytest.mark.parametrize(
    ("slip", "right", "wrongs"),
    [
        (slips.nickname, "Margaret", {"Maggie", "Peggy", "Meg"}),
        (slips.other_spelling, "Hussain", {"Hussein", "Hossain", "Hussayn"}),
        (slips.joined, "O'Brien", {"OBrien"}),
        (slips.joined, "Smith-Jones", {"Smith Jones"}),
        (slips.joined, "da Silva", {"daSilva"}),
        (slips.one_part, "Smith-Jones", {"Smith", "Jones"}),
        (slips.one_part, "da Silva", {"da Silva"}),
        (slips.figures, "1234", {"1324", "1243"}),
        (slips.figures, "1222", {"1232", "1223"}),
        (slips.figures, "123", {"123"}),
    ],
)
def test_each_slip_does_what_it_is_called(slip, right, wrongs):
    assert {slip(right, Dice.seeded(seed)) for seed in range(60)} == wrongs


@given(st.dates(dt.date(2005, 1, 1), dt.date(2026, 11, 22)))
def test_year_groups_are_of_the_school_year(birth):
    """A child is in reception in the school year in which it turns five."""
    timeline = Timeline(dt.date(2026, 11, 22))
    turns = timeline.school_year.replace(year=timeline.school_year.year + 1)
    age = timeline.age(birth, turns - dt.timedelta(days=1))
    assert timeline.year_group(birth) == age - 5


def test_schools_have_numbers_and_names_of_their_own():
    schools = [
        school(phase, index)
        for phase in ("primary", "secondary", "special", "independent")
        for index in range(200)
    ]
    assert len({found.laestab for found in schools}) == len({found.urn for found in schools}) == len(schools)
    assert all(found.laestab.startswith("928") and len(found.laestab) == 7 for found in schools)


def test_dice_keep_to_their_bounds():
    dice = Dice.seeded(1)
    assert {dice.between(2, 4) for _ in range(200)} == {2, 3, 4}
    weighted = Weighted.of({"often": 9.0, "seldom": 1.0, "never": 0.0})
    drawn = [dice.weighted(weighted) for _ in range(2_000)]
    assert 0.85 < drawn.count("often") / 2_000 < 0.95
    assert "never" not in drawn
    means = [sum(dice.count(mean) for _ in range(4_000)) / 4_000 for mean in (0.1, 1.0)]
    assert means == pytest.approx([0.1, 1.0], rel=0.2)
    with pytest.raises(ValueError, match="weight"):
        Weighted(["one"], [])


def test_a_tape_plays_the_same_again():
    tape = Dice.seeded(4).tape(5)
    assert [Dice.playing(tape).unit() for _ in range(2)] == [tape[0], tape[0]]
    played = Dice.playing(tape)
    assert [played.unit() for _ in range(7)] == [*tape, *tape[:2]]


def test_a_borough_of_measured_names_can_be_written(tmp_path):
    if not (MEASURED / "surnames_uk.parquet").exists():
        pytest.skip(f"Measured names are not at {MEASURED}: nothing to write a borough with.")
    from footprint.sample import write_borough

    end = dt.date(2026, 11, 22)
    summary = write_borough(tmp_path, residents=600, seed=1, end=end, names=MEASURED)
    assert summary.residents >= 600
