"""At a glance nothing is overlooked: what is looked for among the few that may stand in a text is found as among all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.records.reading_addresses import parse_address
from footprint.referrals.glancing import Phrases
from footprint.referrals.places_in_text import _Text, places_in
from footprint.referrals.protected_places import NOTHING_PROTECTED, protected
from footprint.referrals.sentences import letters, words

PLACES = protected(
    keys=["WS32TT||7", "WS61AA||the old mill"],
    addresses=[
        parse_address(one)
        for one in (
            "14 Willow Lane, Walsall WS2 8QP",
            "Flat 3, Rowan House, Mill Road, WS1 1AA",
            "Rosemount, Hatherton Street, WS4 2LA",
            "Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ",
            "12-14 Ash Row, WS5 5OO",
        )
    ],
    names=["The Haven Refuge", "Rosemount"],
    phones=["01922 555 0143"],
)
PIECES = [
    word
    for home in PLACES.homes
    for phrase in (*home.phrases, home.postcode, home.house)
    for word in phrase.split()
]
PIECES += "the haven refuge road street lane lives at flat 2 3 7 14 17 01922 5550143 , . w s".split()


def slipped(word):
    """A word with a slip of the pen, or none."""
    place = st.integers(0, max(0, len(word) - 1))
    return st.one_of(
        st.just(word),
        place.map(lambda at: word[:at] + word[at + 1 :]),
        place.map(lambda at: word[:at] + "x" + word[at:]),
        place.map(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :]),
        place.map(lambda at: f"{word[:at]} {word[at:]}"),
        st.just(word.upper()),
    )


TEXTS = st.lists(st.sampled_from(PIECES).flatmap(slipped), max_size=12).flatmap(
    lambda found: st.sampled_from(["", " "]).map(lambda between: between.join(found))
)


def among_all(text):
    """The same, where each home and name is looked for."""
    found, row = words(text), letters(text)
    read = _Text(found, row)
    ways = (read.by_postcode, read.by_street, read.by_number)
    spans = {span for home in PLACES.homes for way in ways for span in way(home)}
    spans |= {span for name in PLACES.names for span in read.by_name(name, PLACES.homes)}
    return spans | {span for phone in PLACES.phones for span in read.by_phone(phone)}


@settings(max_examples=300)
@given(text=TEXTS)
def test_what_is_found_among_few_is_what_is_found_among_all(text):
    assert set(places_in(words(text), letters(text), PLACES)) == among_all(text)


def test_few_of_thousands_are_left():
    streets = [
        f"{front}{back} lane"
        for front in ("ash", "birch", "copper", "dale")
        for back in ("wood", "field", "ley")
    ]
    phrases = Phrases([*streets, *(f"q{number:05}q road" for number in range(5_000))])
    assert phrases.among(["near", "copperfeild", "lane"], "nearcopperfeildlane") == {"copperfield lane"}


def test_where_nothing_is_protected_nothing_is_found():
    assert places_in(words("14 Willow Lane"), letters("14 Willow Lane"), NOTHING_PROTECTED) == []
