"""The reference of the command: made from the commands themselves, so it cannot say anything else."""

from collections.abc import Iterator
from typing import get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from footprint.cli.exits import MEANINGS
from footprint.cli.main import app
from footprint.sharing import packaged_agreement

HEAD = """# The command `footprint`

Made from `src/footprint/cli/`; `make fix` makes it anew. `footprint COMMAND --help` says the same in a terminal.
`footprint --data DIR` (or `FOOTPRINT_DATA`; `var/` unless said) names the folder that holds everything; `FOOTPRINT_ACTOR`
names who gives the command, in the ledger; `FOOTPRINT_ROLE` and `FOOTPRINT_PARTNER` as what role at which partner it asks
(unless said a social work decision maker of children's social care); `FOOTPRINT_DEBUG=1` shows where an error came from.
`FOOTPRINT_DATABASE` names the PostgreSQL server that holds the ledger and the rulings (`postgresql://USER:PASSWORD@HOST/DATABASE`);
unless said it is a file in that folder.
"""


PURPOSES = "Those of the agreement that comes with Footprint; a partnership's own agreement has its own ([how](agreement.md)).\n"


def cli_page() -> str:
    """The whole page."""
    exits = [
        "| code | meaning |",
        "| --- | --- |",
        *(f"| {int(code)} | {text} |" for code, text in MEANINGS.items()),
    ]
    purposes = [
        "| purpose | for | basis |",
        "| --- | --- | --- |",
        *(
            f"| `{code}` | {purpose.label} | {purpose.basis} |"
            for code, purpose in packaged_agreement().purposes.items()
        ),
    ]
    commands = [line for command in _commands(typer.main.get_command(app), "footprint") for line in command]
    parts = [HEAD, "## Exit codes\n", *exits, "\n## Purposes\n", PURPOSES, *purposes, *commands]
    return "\n".join(parts) + "\n"


def _commands(command: object, path: str) -> Iterator[list[str]]:
    """Each command below, in the order of the help, as lines."""
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from _commands(child, f"{path} {name}")
    if not isinstance(command, TyperCommand):
        return
    arguments = [one for one in command.params if isinstance(one, TyperArgument)]
    options = [one for one in command.params if isinstance(one, TyperOption) and one.name != "help"]
    usage = " ".join([path, *(_value(one) for one in arguments), "[OPTIONS]"])
    yield [f"\n## `{usage}`\n", (command.help or "").strip(), *_table(options)]


def _table(options: list[TyperOption]) -> list[str]:
    if not options:
        return []
    return ["", "| option | meaning |", "| --- | --- |", *(_row(option) for option in options)]


def _row(option: TyperOption) -> str:
    value = "" if option.is_flag else f" {_value(option)}"
    names = ", ".join(f"`{name}{value}`" for name in option.opts)
    needed = " Required." if option.required else ""
    repeated = " May be repeated." if option.multiple else ""
    return f"| {names} | {option.help or ''}{needed}{repeated} |"


def _value(parameter: TyperArgument | TyperOption) -> str:
    """What stands for the value: its name, or what one may choose from."""
    choices = get_args(parameter.type_descriptor.annotation)
    texts = [choice for choice in choices if isinstance(choice, str)]
    return parameter.metavar or "|".join(texts) or str(parameter.name).upper()
