"""The contract of another system: refused with its line where it cannot be kept, and described as it is read."""

from pathlib import Path

import pytest

from footprint.referrals.import_contract import ImportContract, load_contracts
from footprint.referrals.reading import ChoiceError
from tests.referrals.imported import CONTRACTS, HEAD, TABLE, contract, taken, unread

GUIDE = (Path(__file__).parents[2] / "docs" / "importing-referrals.md").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "format: csv\nreference: r\nfields: {child.name: x}",
            "'child.name' is not a field of the referral itself",
        ),
        ("format: csv\nreference: r\nfields: {concern.wrng: x}", "'concern.wrng' is not a field"),
        (
            "format: csv\nreference: r\nfields: {}\nchildren: {each: row, fields: {adult.name: x}}",
            "not a field of a child",
        ),
        (
            "format: csv\nreference: r\nfields: {}\nchildren: {each: row, fields: {voice.noted.mood: x}}",
            "not a field of a child",
        ),
        (
            "format: csv\nreference: r\nfields: {}\nadults: {each: row, fields: {child.name: x}}",
            "not a field of an adult",
        ),
        (
            "format: csv\nreference: r\nfields: {}\nchildren: {each: a/b, fields: {}}",
            "'each' is 'row' or 'numbered' for CSV",
        ),
        (
            "format: xml\nreference: r\nfields: {}\nchildren: {each: row, fields: {}}",
            "and a path for JSON and XML",
        ),
        ("format: csv\nreference: r\ndelimiter: comma,\nfields: {}", "'comma,' is no word for this"),
        ("format: csv\nreference: r\nfields: {concern.wrong: {columns: []}}", "line 9"),
        ("format: pdf\nreference: r\nfields: {}", "'pdf' is no word for this"),
    ],
)
def test_a_contract_that_cannot_be_kept_is_refused_with_its_line(text, said):
    with pytest.raises(ChoiceError, match=r"own.yaml, line \d+: ") as raised:
        contract(text)
    assert said in str(raised.value)


def test_a_partnerships_own_contract_wins_and_two_of_one_name_are_refused(tmp_path):
    folder = tmp_path / "imports"
    folder.mkdir()
    own = (HEAD + "format: json\nreference: r\nfields: {}\n").replace("name: n", "name: emarf-json")
    (folder / "one.yaml").write_text(own)
    assert load_contracts(tmp_path)["emarf-json"].title == "T"
    assert set(load_contracts(tmp_path)) == set(CONTRACTS)
    (folder / "two.yaml").write_text(own)
    with pytest.raises(ChoiceError, match=r"two.yaml: another file here has the name 'emarf-json'"):
        load_contracts(tmp_path)


def test_the_guides_example_is_read_whole_and_its_words_are_the_contracts():
    ada, cy = taken(GUIDE.partition("```csv\n")[2].partition("```")[0].encode(), TABLE)
    assert [(one.name, one.birthday) for one in ada.referral.children] == [
        ("Ada Birch", "2017-04-02"),
        ("Ben Birch", "2021"),
    ]
    assert (ada.referral.urgent, cy.referral.urgent) == (True, False)
    assert unread(ada) == unread(cy) == []
    assert [name for name in ImportContract.__struct_fields__ if f"`{name}`" not in GUIDE] == []
    named = (*TABLE.fields, *(TABLE.children.fields if TABLE.children else ()))
    assert [key for key in named if f"`{key}`" not in GUIDE and not key.startswith("voice.noted.")] == []
