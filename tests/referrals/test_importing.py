"""Another system's referrals arrive whole: what fits is read, what does not is kept as it was said."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from footprint.referrals.import_contract import ImportContract, load_contracts
from footprint.referrals.import_trees import UnreadableError
from footprint.referrals.importing import LONGEST, import_file
from footprint.referrals.reading import ChoiceError, read
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Links,
    Referral,
    Referrer,
    Safety,
    Said,
    SourceForm,
    Unread,
    Voice,
    Words,
    encode,
)
from footprint.referrals.submissions import import_key

CONTRACTS = load_contracts()
GUIDE = (Path(__file__).parents[2] / "docs" / "importing-referrals.md").read_text()
TABLE, JSON, XML = CONTRACTS["emarf-csv"], CONTRACTS["emarf-json"], CONTRACTS["emarf-xml"]
HEAD = "title: T\nsince: 2026-09-01\nsource: s\nverified: false\nname: n\npartner: police\n"


def contract(text):
    return read(HEAD + text, ImportContract, "own.yaml")


def taken(content, source):
    read = import_file(content, source)
    assert read.faults == ()
    return read.referrals


def unread(found):
    return [(one.where, one.text) for one in found.referral.imported.unread]


def table(*rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


ROW = {
    "Form ref": "M/1",
    "Address of concern": "12 Alder Road",
    "Nature of concern": "Nobody has fed them",
    "IMMEDIATE  danger": "IMM",
    "Parents informed": "N",
    "Reason not informed": "R1",
    "Officer rank": "PC",
    "Officer name": "Whitlock",
    "BWV ref": "AX-9",
    "Child forenames": "Ada",
    "Child surname": "Quist",
    "Child other names": "Addie; A. Bell",
    "Child DOB": "2/4/2017",
    "Child sex": "F",
    "Child school": "Not known",
    "Aware words": "I hid",
    "Seen alone": "yes",
    "Parent name": "Mara Quist",
    "Parent relationship": "Mother",
    "Print date": "26/11/2026",
}


def test_a_row_for_each_child_makes_one_referral():
    second = ROW | {
        "Child forenames": "Ben",
        "Child DOB": "soon",
        "Aware words": "",
        "Child sex": "X",
        "Seen alone": "",
    }
    (found,) = taken(table(ROW, second), TABLE)
    voice = Voice(prompt="aware", alone=Said.YES, noted=(Words(concept="words", text="I hid"),))
    shared = {"not_known": frozenset({"school"}), "other_names": ("Addie", "A. Bell")}
    assert found.referral == Referral(
        route="imported",
        place="12 Alder Road",
        referrer=Referrer(name="PC Whitlock", partner="police"),
        concern=Concern(wrong="Nobody has fed them"),
        safety=Safety(danger_now=Said.YES),
        children=(
            Child(key="c1", name="Ada Quist", birthday="2017-04-02", sex="female", voice=voice, **shared),
            Child(key="c2", name="Ben Quist", **shared),
        ),
        adults=(Adult(key="a1", name="Mara Quist", relationship="Mother"),),
        informing=msgspec.structs.replace(Referral().informing, parents_told=Said.NO, reason="risk-to-child"),
        links=Links(video="AX-9"),
        imported=SourceForm(
            reference="M/1",
            unread=(Unread(where="Child DOB", text="soon"), Unread(where="Child sex", text="X")),
        ),
    )


def test_children_who_look_alike_on_paper_stay_two_and_rows_without_a_reference_are_referrals_of_their_own():
    same = {"Form ref": "M/1", "Child surname": "Quist"}
    (found,) = taken(table(same, same), TABLE)
    assert [child.name for child in found.referral.children] == ["Quist", "Quist"]
    assert len(taken(table(same | {"Form ref": ""}, same | {"Form ref": ""}), TABLE)) == 2


def test_rows_of_one_form_that_say_different_things_lose_neither():
    first, second = (
        {"Form ref": "M/1", "Nature of concern": text, "Immediate danger": danger}
        for text, danger in (("one", "IMM"), ("two", "NONE"))
    )
    (found,) = taken(table(first, second), TABLE)
    assert found.referral.concern.wrong == "one; two"
    assert found.referral.safety.danger_now is Said.NOT_KNOWN, "it may say danger"
    assert found.referral.rouses
    assert unread(found) == [("Immediate danger", "IMM; NONE")]


def test_json_is_read_by_paths_and_what_no_path_names_is_kept():
    content = {
        "exported": "by Marsh",
        "contacts": [
            {
                "contactId": 17,
                "immediateRisk": True,
                "location": {"address": "12 Alder Road", "what3words": "a.b.c"},
                "children": [
                    {
                        "givenName": "Ada",
                        "dateOfBirth": "2017-04-02",
                        "school": ["", None],
                        "voice": {"words": "I hid"},
                    },
                    {},
                    "Ben",
                ],
                "adults": [{"givenName": "Mara", "sameHousehold": None, "relationship": "unknown"}],
                "consent": {"parentsInformed": "not known"},
            },
            {"contactId": "18", "referrer": {"organisation": "School"}},
        ],
    }
    first, second = taken(json.dumps(content).encode(), JSON)
    assert first.referral.children == (
        Child(
            key="c1",
            name="Ada",
            birthday="2017-04-02",
            voice=Voice(noted=(Words(concept="words", text="I hid"),)),
        ),
    )
    assert first.referral.adults == (Adult(key="a1", name="Mara", not_known=frozenset({"relationship"})),)
    assert first.referral.safety.danger_now is Said.YES
    assert first.referral.informing.parents_told is Said.NOT_KNOWN
    assert unread(first) == [
        ("location/what3words", "a.b.c"),
        ("children", "Ben"),
        ("exported", "by Marsh"),
    ]
    assert second.referral.referrer.partner == "School"
    assert second.referral.imported == SourceForm(reference="18")


def test_xml_is_read_without_its_prefixes():
    content = b"""<?xml version="1.0"?><x:Referrals xmlns:x="urn:x"><x:Referral version="3">
      <x:Reference>R1</x:Reference><x:Danger>Y</x:Danger><x:Concern>No <x:b>food</x:b> at all</x:Concern>
      <x:Children><x:Child><x:Name>Ada</x:Name></x:Child><x:Child><x:Name>Ben</x:Name></x:Child></x:Children>
    </x:Referral></x:Referrals>"""
    (found,) = taken(content, XML)
    assert [child.name for child in found.referral.children] == ["Ada", "Ben"]
    assert found.referral.safety.danger_now is Said.YES
    assert found.referral.concern.wrong == "No at all"
    assert set(unread(found)) == {("version", "3"), ("concern/b", "food")}


@pytest.mark.parametrize(
    ("content", "source", "what"),
    [
        (b"", TABLE, "no header"),
        (b'"Form ref', TABLE, "no header"),
        (b"Form ref,Child DOB\n", TABLE, "No referral was found"),
        (b"{", JSON, "no whole JSON"),
        (b"[]", JSON, "No referral was found"),
        (b'{"other": 1}', JSON, "No referral was found"),
        (b'{"contacts": [{"contactId": "\\ud800"}]}', JSON, "no whole JSON"),
        (b"[" * 30 + b"]" * 30, JSON, "nests deeper"),
        (b"[" * 100_000, JSON, "no whole JSON"),
        (b"Kein Formular, nur ein Brief.", XML, "no whole XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', XML, "DOCTYPE"),
        (b"<a>" * 30 + b"</a>" * 30, XML, "nests deeper"),
        (b'<?xml version="1.0" encoding="none"?><a/>', XML, "no whole XML"),
        (b"caf\xe9", JSON, "no whole JSON"),
    ],
)
def test_a_file_that_cannot_be_told_apart_is_refused_with_what_to_do(content, source, what):
    with pytest.raises(UnreadableError, match=what) as refused:
        import_file(content, source)
    assert "Brief" not in str(refused.value)


@pytest.mark.parametrize(
    ("rest", "line", "what"),
    [
        (b"M/2,He said", 3, "ends within this line"),
        (b"M/2\n", 3, "fewer columns"),
        (b'M/2,"He said\nM/3,she\n', 4, "cannot be told apart"),
        (b'M/2,"He" said\nM/3,she\n', 3, "cannot be told apart"),
        (b"M/2," + b"x" * 140_000 + b"\n", 3, "cannot be told apart"),
        (b"M/2," + b"x" * 70_000 + b"\n" + (b"M/2," + b"y" * 70_000 + b"\n") * 2, 3, ""),
    ],
)
def test_a_row_that_cannot_be_told_apart_is_told_by_its_line_and_the_others_are_taken(rest, line, what):
    read = import_file(b"Form ref,Nature of concern\nM/1,Nobody has fed them\n" + rest, TABLE)
    assert read.referrals[0].referral.concern.wrong == "Nobody has fed them"
    assert [one.line for one in read.faults] == ([line] if what else [])
    assert all(what in one.says and "said" not in one.says.split() for one in read.faults)


def test_a_referral_longer_than_any_is_told_by_its_place():
    long = {"contactId": 2, "summary": "x" * LONGEST}
    read = import_file(json.dumps({"contacts": [{"contactId": 1}, long]}).encode(), JSON)
    assert [one.referral.imported.reference for one in read.referrals] == ["1"]
    assert [(fault.line, "longer than any" in fault.says) for fault in read.faults] == [(2, True)]


def test_a_name_with_a_nul_is_taken_without_it():
    (found,) = taken(b'{"contacts": [{"contactId": 1, "children": [{"givenName": "A\\u0000da"}]}]}', JSON)
    assert found.referral.children[0].name == "A\ufffdda"


def test_the_same_again_has_the_same_key_and_another_form_has_another():
    keys = [
        taken(table(row), TABLE)[0].key
        for row in (ROW, ROW, ROW | {"Form ref": "M/2"}, ROW | {"Form ref": ""}, {"Child surname": "Q"})
    ]
    assert keys[0] == keys[1] == import_key("emarf-csv", "m / 1")
    assert len(set(keys)) == 4


def test_numbered_columns_and_rows_that_are_too_long():
    own = contract(
        "format: csv\nreference: ref\ndelimiter: semicolon\nfields: {concern.wrong: what}\n"
        "children: {each: numbered, fields: {child.name: 'Child {n} name', child.birthday: 'Child {n} born'}}\n"
        "adults: {each: numbered, fields: {adult.name: 'Adult {n}'}}"
    )
    (found,) = taken(
        b"ref;what;Child 1 name;Child 3 name;Child 3 born;Adult 1;what\n1;one;Ada;Cy;2019;Mara;two;more;yet\n",
        own,
    )
    assert [(child.key, child.name, child.birthday) for child in found.referral.children] == [
        ("c1", "Ada", ""),
        ("c2", "Cy", "2019"),
    ]
    assert [adult.name for adult in found.referral.adults] == ["Mara"]
    assert found.referral.concern.wrong == "one; two"
    assert unread(found) == [
        ("beyond the header", "more"),
        ("beyond the header", "yet"),
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("26/11/2026 02:10", "2026-11-26T02:10:00+00:00"),
        ("26/06/2026 02:10:30", "2026-06-26T02:10:30+01:00"),
        ("2026-06-26 02:10", "2026-06-26T02:10:00+01:00"),
        ("2026-06-26T02:10:00Z", "2026-06-26T02:10:00+00:00"),
        ("last night", ""),
    ],
)
def test_a_moment_is_londons_unless_it_says_otherwise(text, moment):
    (found,) = taken(table({"Form ref": "1", "Date and time of concern": text}), TABLE)
    assert found.referral.noticed == moment
    assert [text for _, text in unread(found)] == ([] if moment else [text])
    assert not moment or dt.datetime.fromisoformat(moment).tzinfo


@pytest.mark.parametrize(
    ("column", "text", "kept"),
    [
        ("Immediate danger", "perhaps", True),
        ("Child DOB", "--04-02", True),
        ("Child DOB", "April 2017", False),
        ("Child sex", "Female", False),
        ("Reason not informed", "R9", True),
        ("Level of need", "Tier 3b", False),
    ],
)
def test_what_is_no_answer_is_kept_with_the_reason(column, text, kept):
    (found,) = taken(table({"Form ref": "1", column: text}), TABLE)
    assert unread(found) == ([(column, text)] if kept else [])


_WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)
_CELLS = st.dictionaries(st.sampled_from([*ROW, "Bruises", "Dog"]), _WORDS, min_size=1, max_size=8)


@settings(max_examples=35)
@given(st.lists(_CELLS, min_size=1, max_size=4))
def test_whatever_a_table_says_is_read_or_kept(rows):
    found = taken(table(*rows), TABLE)
    kept = " ".join(encode(one.referral).decode() for one in found)
    codes = {"not_known", *Said}
    for row in rows:
        for name, text in row.items():
            assert (
                name == "Print date"
                or text in kept
                or text.casefold() in {"y", "n", "yes", "no", "true", "false", "0", "1"} | codes
                or name in ("Child DOB", "Parent DOB")
            )


_TREES = st.recursive(
    _WORDS,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["children", "concern", "summary", "givenName", "voice", "words", "dog"]),
            below,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=35)
@given(st.lists(_TREES, min_size=1, max_size=3))
def test_whatever_json_says_is_read_or_kept(contacts):
    def texts(tree):
        if isinstance(tree, str):
            yield tree
        else:
            for below in tree.values() if isinstance(tree, dict) else tree:
                yield from texts(below)

    said = list(texts(contacts))
    assume(said)
    found = taken(json.dumps({"contacts": contacts}).encode(), JSON)
    kept = " ".join(encode(one.referral).decode() for one in found)
    assert all(text in kept for text in said)


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


def test_what_another_reader_left_as_its_limit_is_not_ours():
    before = csv.field_size_limit(1_000)
    try:
        read = import_file(b"Form ref,Nature of concern\nM/1," + b"x" * 2_000 + b"\n", TABLE)
    finally:
        csv.field_size_limit(before)
    assert not read.faults
