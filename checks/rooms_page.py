"""The page that shows the rooms: drawn from the import contracts and from what each room says of itself."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "footprint"

HEAD = """\
# The rooms

Made from the import contracts in `pyproject.toml` and the first line of each room's docstring; `make fix` makes it anew.
A room imports the rooms after its arrow and no other; `make check` fails on an arrow that is not drawn here.
"""


def arrows() -> dict[str, list[str]]:
    """Each room that has a contract, with the rooms that it may import."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {contract["room"]: contract["may_import"] for contract in contracts if contract["type"] == "room"}


def purpose(room: str) -> str:
    """The first line of the room's docstring, without its full stop; empty when the room is not built yet."""
    source = PACKAGE / room / "__init__.py"
    docstring = ast.get_docstring(ast.parse(source.read_text())) if source.exists() else None
    return (docstring or "").partition("\n")[0].rstrip(".")


def rooms_page() -> str:
    """The whole page: a picture, then a table, of the rooms that stand."""
    built = {room: after for room, after in arrows().items() if purpose(room)}
    picture = [
        f"    {room} --> {other}" for room, after in built.items() for other in after if other in built
    ]
    table = [
        f"| `{room}` | {purpose(room)} | {', '.join(after) or 'nothing'} |" for room, after in built.items()
    ]
    if purpose("cli"):
        table.append(f"| `cli` | {purpose('cli')} | anything; nobody imports it |")
    return "\n".join(
        [
            HEAD,
            "```mermaid",
            "flowchart LR",
            *(f"    {room}" for room in built),
            *picture,
            "```",
            "",
            "| room | what it is for | may import |",
            "| --- | --- | --- |",
            *table,
            "",
        ]
    )
