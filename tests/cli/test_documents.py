"""The guides name commands that there are, with options that there are."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from footprint.cli.main import app

ROOT = Path(__file__).parents[2]
GUIDES = [
    ROOT / "docs" / "operator.md",
    ROOT / "docs" / "agreement.md",
    ROOT / "docs" / "ledger.md",
    ROOT / "README.md",
]


def commands():
    for guide in GUIDES:
        for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", guide.read_text(), re.DOTALL):
            for line in block.splitlines():
                said = line.strip().removeprefix("$ ")
                words = shlex.split(said, comments=True) if "footprint" in said.partition(" ")[0] else []
                if words:
                    yield pytest.param(words[1:], id=f"{guide.name}: {' '.join(words[:3])}")


@pytest.mark.parametrize("words", list(commands()))
def test_a_command_in_a_guide_is_there_with_its_options(words):
    command = typer.main.get_command(app)
    options = {"--help"} | {name for one in command.params for name in one.opts}
    for word in words:
        if isinstance(command, TyperGroup) and word in command.commands:
            command = command.commands[word]
            options |= {name for one in command.params for name in one.opts}
    assert not isinstance(command, TyperGroup) or "--help" in words, f"{words} names no command"
    assert {word for word in words if word.startswith("--")} <= options


def test_the_operators_guide_names_the_whole_morning():
    told = (ROOT / "docs" / "operator.md").read_text()
    for command in (
        "feeds receive",
        "feeds status",
        "feeds held",
        "feeds release",
        "feeds rollback",
        "publish",
        "rollback",
    ):
        assert f"footprint {command}" in told
