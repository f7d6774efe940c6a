"""The import contract of a room bites: on one that is not after its arrow, wherever in the room it stands."""

import grimp
import pytest

from checks.rooms import RoomContract, room_of
from checks.rooms_page import arrows


def broken_by(*imports, room="search", may_import=("records",)):
    """What the contract says of a package with these imports (pairs of importer and imported)."""
    graph = grimp.ImportGraph()
    for module in {module for pair in imports for module in pair}:
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=3, line_contents="")
    contract = RoomContract(
        name="a contract",
        session_options={"root_packages": ["footprint"]},
        contract_options={"room": room, "may_import": list(may_import)},
    )
    check = contract.check(graph=graph, verbose=False)
    assert check.kept == (not check.metadata["foreign"])
    return check.metadata["foreign"]


@pytest.mark.parametrize(
    "imported",
    [
        "footprint.records",
        "footprint.records.names",
        "footprint.search.index",
        "footprint",
        "duckdb",
        "footprints.linking",
    ],
)
def test_a_room_imports_itself_what_is_after_its_arrow_and_libraries(imported):
    assert broken_by(("footprint.search", imported)) == []


@pytest.mark.parametrize(
    "importer", ["footprint.search", "footprint.search.index", "footprint.search.build.segments"]
)
@pytest.mark.parametrize("imported", ["footprint.linking", "footprint.linking.model", "footprint.cli.main"])
def test_any_other_room_breaks_it_with_a_sentence(importer, imported):
    pairs = [("footprint.search", "footprint.records"), (importer, imported)]
    assert broken_by(*pairs) == [
        f"{importer}, line 3, imports {imported}: {room_of(imported)} is not after the arrow of search"
    ]


def test_what_an_allowed_room_imports_is_its_own_affair():
    assert (
        broken_by(("footprint.search", "footprint.records"), ("footprint.records", "footprint.linking")) == []
    )


def test_a_room_that_is_not_built_yet_keeps_its_contract():
    assert broken_by(("footprint.records", "footprint.cli"), room="hub") == []


def test_the_arrows_lead_to_rooms_that_have_arrows_and_never_in_a_circle():
    drawn = arrows()
    settled: set[str] = set()
    while ready := {
        room for room, after in drawn.items() if room not in settled and settled.issuperset(after)
    }:
        settled |= ready
    assert settled == set(drawn), f"in a circle, or leading nowhere: {sorted(set(drawn) - settled)}"
