"""Two rulings as one: no less than either, kind by kind, and nothing from one that does not allow."""

from hypothesis import given
from hypothesis import strategies as st

from footprint.records.codes import INVOLVEMENTS
from footprint.records.disclosure import LEVELS, Disclosure
from footprint.sharing import Ruling
from footprint.sharing.widening import widest

PARTNERS = ("police", "acute-trust", "school-1")
LEVEL = st.sampled_from(LEVELS)


@st.composite
def rulings(draw):
    if not draw(st.booleans()):
        return Ruling(allowed=False, rule="deny-by-default", version="a/1/0", sentence="Nothing is shared.")
    partners = frozenset(draw(st.sets(st.sampled_from(PARTNERS), min_size=1)))
    levels = {partner: {kind: draw(LEVEL) for kind in list(INVOLVEMENTS)[:4]} for partner in partners}
    return Ruling(
        allowed=True,
        rule=draw(st.sampled_from(["hub", "own", "x" * 150])),
        version="a/1/0",
        disclosure=Disclosure(levels=levels),
        partners=partners,
        reach=draw(st.sampled_from(["everyone", "own-pupils"])),
    )


@given(rulings(), rulings())
def test_it_tells_the_more_that_either_tells(usual, lent):
    both = widest(usual, lent)
    assert both.allowed == (usual.allowed or lent.allowed)
    allowed = [one for one in (usual, lent) if one.allowed]
    for partner in PARTNERS:
        for kind in INVOLVEMENTS:
            most = max(
                (one.disclosure.level(partner, kind) for one in allowed), key=LEVELS.index, default="nothing"
            )
            assert both.disclosure.level(partner, kind) == most
    assert both.partners == frozenset().union(*(one.partners for one in allowed))
    assert len(both.rule) <= 200


@given(rulings())
def test_with_nothing_lent_all_stays_as_it_was(usual):
    nothing = Ruling(allowed=False, rule="deny-by-default", version="a/1/0")
    assert widest(usual, nothing) == usual
    assert widest(usual, usual).disclosure == usual.disclosure or usual.allowed
    assert widest(usual, usual).partners == usual.partners
