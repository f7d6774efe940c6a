"""Every setting is explained where an operator looks, and nothing is explained that is no setting."""

import re

from tests.repository.paths import ROOT

GUIDE = (ROOT / "docs" / "deployment.md").read_text()
NAMES = re.compile(r"FOOTPRINT_[A-Z_]*[A-Z]")


def read_by_the_code():
    sources = (ROOT / "src" / "footprint").rglob("*.py")
    found = {name for source in sources for name in NAMES.findall(source.read_text())}
    assert "FOOTPRINT_DATA" in found
    return found


def explained():
    table = GUIDE.partition("## Settings")[2].partition("\n## ")[0]
    return {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in NAMES.findall(row.split("|")[1])
    }


def test_the_guide_explains_every_setting_and_no_other():
    assert explained() == read_by_the_code()
