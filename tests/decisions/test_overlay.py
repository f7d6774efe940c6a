"""What rulings mean: each by an example, and all together by two laws (order is nothing; more rulings reveal less)."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from footprint.decisions import RULES, Decision, Held, Overlay, Subject, checked, parts, standing, veiled
from footprint.records import Address, Identifier, Record, RecordKey
from tests.decisions.rulings import ruling

A, B, C, D = (f"police/person-id/{letter}" for letter in "abcd")
RECORDS = (A, B, C, D)
PLACES = ("WS11AA|1|14", "WS11AA|2|14", "WS11AA||14")
HOMES = (
    Address(flat="1", number="14", postcode="WS1 1AA"),
    Address(flat="2", number="14", postcode="WS1 1AA", end="2024-06-01"),
    Address(number="14", postcode="WS1 1AA", end="2023-06-01"),
)
NUMBERS = (
    Identifier(scheme="nhs", value="9434765919"),
    Identifier(scheme="former-upn", value="A801200001001"),
)


def test_different_keeps_every_record_of_one_side_from_every_record_of_the_other():
    overlay = Overlay.of([ruling("different", [A, B], [C])])
    assert overlay.apart(A, C)
    assert overlay.apart(C, B)
    assert not overlay.apart(A, B)
    assert not overlay.disputed(A, C)
    assert not overlay.sealed(A, C)


def test_disputed_keeps_apart_until_it_is_taken_back():
    assert Overlay.of([ruling("disputed", [A], [B])]).disputed(B, A)
    assert Overlay.of([ruling("disputed", [A], [B])]).apart(B, A)
    assert not Overlay.of([ruling("disputed", [A], [B], undone_by="lead")]).apart(B, A)


def test_different_settles_a_dispute():
    overlay = Overlay.of([ruling("disputed", [A], [B]), ruling("different", [A], [B])])
    assert overlay.apart(A, B)
    assert not overlay.disputed(A, B)


def test_same_yields_to_whatever_keeps_apart():
    assert Overlay.of([ruling("same", [A], [B])]).together(B, A)
    for kind in ("different", "disputed", "seal"):
        overlay = Overlay.of([ruling(kind, [A], [B]), ruling("same", [A], [B])])
        assert not overlay.together(A, B), kind
        assert overlay.apart(A, B), kind


def test_a_seal_parts_two_identities_and_quarantines_the_old_number():
    former = [A, Subject("identifier", "nhs:9434765919")]
    overlay = Overlay.of([ruling("seal", former, [B], since="2024-02-28")])
    assert overlay.sealed(B, A)
    assert overlay.apart(A, B)
    assert overlay.former == {A}
    assert overlay.severed == {B: "2024-02-28"}
    assert overlay.quarantined(B, "nhs:9434765919")
    assert overlay.quarantined(C, "nhs:9434765919"), "a record nobody knew of is no way around a seal"
    assert not overlay.quarantined(A, "nhs:9434765919")
    assert overlay.erased("acute-trust/nhs/9434765919"), (
        "a record known by the old number only does not come in"
    )
    assert not overlay.erased("acute-trust/nhs/9434765870")
    assert not overlay.quarantined(B, "nhs:9434765870")


def test_a_seal_cannot_be_undone():
    overlay = Overlay.of([ruling("seal", [A], [B], undone_by="somebody")])
    assert overlay.sealed(A, B)


def test_a_shielded_person_is_known_by_any_of_its_records_or_by_its_id():
    overlay = Overlay.of([ruling("shield", [A, Subject("person", "P1")])])
    assert overlay.shields([B, A])
    assert overlay.shields([B], person="P1")
    assert not overlay.shields([B], person="P2")


def test_a_shielded_flat_is_that_flat_and_a_shielded_building_is_every_flat_in_it():
    flat = Overlay.of([ruling("shield", [Subject("address", "WS11AA|2|14")])])
    assert flat.shields_place(["WS11AA|2|14"])
    assert not flat.shields_place(["WS11AA|3|14"])
    assert not flat.shields_place(["WS11AA||14"])
    building = Overlay.of([ruling("shield", [Subject("address", "WS11AA||14")])])
    assert building.shields_place(["WS11AA|3|14"])
    assert building.shields_place(["WS11AA||14"])
    assert not building.shields_place(["WS11AA||15"])


def test_a_place_is_shielded_by_its_property_number():
    overlay = Overlay.of([ruling("shield", [Subject("address", "uprn:100071234567")])])
    assert overlay.shields_place([], ["100071234567"])
    assert not overlay.shields_place([], ["100071234568"])


def test_what_is_erased_does_not_exist_by_record_or_by_person():
    overlay = Overlay.of([ruling("erase", [A, Subject("person", "P9")])])
    assert overlay.erased(A)
    assert overlay.erased(B, "P9")
    assert not overlay.erased(B, "P8")


def test_what_is_held_is_held_by_record_or_by_person_until_released():
    overlay = Overlay.of([ruling("hold", [A, Subject("person", "P9")])])
    assert overlay.holds([A, B])
    assert overlay.holds([B], "P9")
    assert not overlay.holds([B])
    assert not Overlay.of([ruling("hold", [A], undone_by="counsel")]).holds([A])


# ---- laws


SUBJECTS = {
    "record": [Subject("record", key) for key in RECORDS],
    "person": [Subject("person", "P1")],
    "address": [Subject("address", place) for place in PLACES],
    "identifier": [Subject("identifier", number) for number in ("nhs:9434765919", "upn:A801200001001")],
}


SPARE, SPARER = (Subject("record", f"school-3351000/upn/{letter}") for letter in "ef")


@st.composite
def rulings(draw):
    """Any ruling but a lift, which is about other rulings."""
    kind = draw(st.sampled_from(sorted(RULES.keys() - {"lift"})))
    allowed = st.sampled_from([subject for sort in sorted(RULES[kind].sorts) for subject in SUBJECTS[sort]])
    left, right = (draw(st.lists(allowed, min_size=1, max_size=2, unique=True)) for _ in "lr")
    if kind == "seal":
        left, right = [*left, SPARE], [*right, SPARER]
    right = [one for one in right if one not in left] or [SPARER] if RULES[kind].sides == 2 else []
    since = draw(st.sampled_from(["2024-01-01", "2025-01-01"])) if kind == "seal" else ""
    return checked(ruling(kind, left, right, since=since, undone_by=draw(st.sampled_from(["", "", "lead"]))))


LINKS = (Held(A, B, 12.0), Held(B, C, 9.0), Held(C, D, 15.0), Held(A, D, 3.0))


def revealed(overlay):
    """Everything that a reader of one snapshot (one person P1 of four records) can learn: the slow, obvious list."""
    facts = set()
    person = [Record(key=RecordKey.parse(key), addresses=HOMES, identifiers=NUMBERS) for key in RECORDS]
    for part in parts(RECORDS, LINKS, overlay):
        stands = standing(person, overlay, person_id="P1")
        shown = [one for one in person if str(one.key) in part and not overlay.erased(str(one.key), "P1")]
        keys = [str(one.key) for one in shown]
        facts |= {("exists", key) for key in keys}
        facts |= {("stands", key, "restricted") for key in keys}
        facts |= {("stands", key, "protected") for key in keys if stands != "restricted"}
        facts |= {("stands", key, "open") for key in keys if stands == "open"}
        facts |= {("one person", *pair) for pair in itertools.combinations(sorted(keys), 2)}
        for one in shown:
            kept = veiled(one, overlay, stands)
            facts |= {("home", str(one.key), home) for home in kept.addresses}
            facts |= {("number", str(one.key), number) for number in kept.identifiers}
    for one, other in itertools.combinations(RECORDS, 2):
        if not overlay.sealed(one, other):
            facts.add(("side by side", one, other))
    return facts


def lift(*ids):
    named = [Subject("decision", one) for one in ids or ("nothing",)]
    return checked(ruling("lift", named, also_by="second"))


@given(st.lists(rulings(), max_size=5), st.randoms())
def test_the_order_of_rulings_is_nothing(decisions, random):
    decisions = [*decisions, lift(*(one.id for one in decisions[:2]))]
    shuffled = random.sample(decisions, len(decisions))
    assert Overlay.of(shuffled) == Overlay.of(decisions)


@given(st.lists(rulings(), max_size=4), rulings())
def test_a_further_ruling_never_reveals_more(decisions, further):
    assert revealed(Overlay.of([*decisions, further])) <= revealed(Overlay.of(decisions))


@given(st.lists(rulings(), min_size=1, max_size=4), st.data())
def test_only_what_may_be_undone_comes_back(decisions, data):
    chosen = data.draw(st.integers(0, len(decisions) - 1))
    protection = not RULES[decisions[chosen].kind].undoable
    undone = list(decisions)
    undone[chosen] = ruling(
        decisions[chosen].kind,
        decisions[chosen].subjects,
        decisions[chosen].others,
        since=decisions[chosen].since,
        undone_by="somebody",
    )
    if protection:
        assert Overlay.of(undone) == Overlay.of(decisions)


@given(st.lists(rulings(), max_size=5), st.data())
def test_a_lift_is_as_if_those_shields_had_never_been_and_touches_nothing_else(decisions, data):
    named = data.draw(st.sets(st.sampled_from([one.id for one in decisions]))) if decisions else set()
    left = [one for one in decisions if one.kind != "shield" or one.id not in named]
    assert Overlay.of([*decisions, lift(*named)]) == Overlay.of(left)


def test_a_home_that_was_shielded_twice_stays_shielded_when_one_shield_is_lifted():
    home = Subject("address", "WS11AA|2|14")
    one, other = ruling("shield", [home]), ruling("shield", [home], since="")
    other = Decision(**{name: getattr(other, name) for name in other.__struct_fields__} | {"id": "d2"})
    assert Overlay.of([one, other, lift(one.id)]).shields_place(["WS11AA|2|14"])
    assert not Overlay.of([one, other, lift(one.id, "d2")]).shields_place(["WS11AA|2|14"])


def test_what_a_partner_marked_stays_protected_whatever_is_lifted():
    shield = ruling("shield", [A])
    marked = Record(
        key=RecordKey.parse(A), addresses=(Address(number="14", postcode="WS1 1AA", protected=True),)
    )
    assert standing([marked], Overlay.of([shield, lift(shield.id)])) == "protected"
