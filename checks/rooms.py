"""The import contract of a room, for import-linter: a room imports the rooms after its arrow, and no other.

import-linter's own kinds cannot say this without listing, in each contract, every room that is *not* allowed; then a
new room would have to be added to all of them, and would be open to everybody until it was. Here what is not listed
is forbidden, so a new room starts with nothing.

Only what a room imports itself is judged: `answer` may use `search`, and how `search` works inside is its own affair.
"""

import grimp
from importlinter import Contract, ContractCheck, fields, output

ROOT = "footprint"


class RoomContract(Contract):
    """`room` may import the rooms in `may_import` and no other; a room that is not built yet keeps its contract."""

    type_name = "room"

    # import-linter replaces these declarations by the values that the contract gives.
    room: str = fields.StringField()  # type: ignore[assignment]
    may_import: set[str] = fields.SetField(subfield=fields.StringField())  # type: ignore[assignment]

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find every import that leaves the room for one that is not after its arrow."""
        output.verbose_print(verbose, f"Looking at what {self.room} imports.")
        allowed = {"", self.room, *self.may_import}
        foreign = [
            sentence
            for importer in sorted(modules_of(graph, f"{ROOT}.{self.room}"))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if (other := room_of(imported)) not in allowed
            for sentence in sentences(graph, importer, imported, other)
        ]
        return ContractCheck(kept=not foreign, metadata={"foreign": foreign})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print a sentence for each import that breaks the contract."""
        for sentence in check.metadata["foreign"]:
            output.print_error(f"- {sentence}", bold=False)
        output.new_line()


def modules_of(graph: grimp.ImportGraph, package: str) -> set[str]:
    """The package and everything in it, or nothing if it is not built yet."""
    if package not in graph.modules:
        return set()
    return {package, *graph.find_descendants(package)}


def room_of(module: str) -> str:
    """The room of a module of ours: `footprint.search.index` is in `search`. Empty for another's module."""
    root, _, rest = module.partition(".")
    return rest.partition(".")[0] if root == ROOT else ""


def sentences(graph: grimp.ImportGraph, importer: str, imported: str, other: str) -> list[str]:
    """What is wrong with an import, and where it stands."""
    lines = graph.get_import_details(importer=importer, imported=imported)
    return [
        f"{importer}, line {line['line_number']}, imports {imported}: {other} is not after the arrow of {room_of(importer)}"
        for line in lines
    ]
