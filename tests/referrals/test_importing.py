"""Another system's referrals arrive whole: what fits is read, what does not is kept as it was said."""

import datetime as dt
import json

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
from tests.referrals.imported import JSON, ROW, TABLE, XML, contract, table, taken, unread


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
    ("order", "moment"),
    [("dmy", "2026-04-03T22:10:00+01:00"), ("mdy", "2026-03-04T22:10:00+00:00"), ("ymd", "")],
)
def test_a_moment_has_the_order_of_its_column(order, moment):
    own = contract(
        f"format: csv\nreference: ref\nfields: {{referral.noticed: {{columns: [when], order: {order}}}}}"
    )
    (found,) = taken(b"ref,when\n1,03/04/2026 22:10\n", own)
    assert found.referral.noticed == moment


def test_a_column_may_have_a_stroke_in_its_name_and_what_is_left_out_a_number():
    own = contract(
        "format: csv\nreference: Form/No\nfields: {safety.danger_now: Danger Y/N}\n"
        "children: {each: numbered, fields: {child.name: 'Child {n}'}}\nnot_taken: ['Child {n} printed', At/By]"
    )
    (found,) = taken(b"form/no,danger y/n,Child 1,Child 1 printed,At/By\n7,Y,Ada,yes,Sam\n", own)
    assert (found.referral.urgent, found.referral.imported) == (True, SourceForm(reference="7"))
    assert found.key == import_key("n", "7")


@pytest.mark.parametrize(
    ("said", "danger", "rouses"),
    [
        ({"code": "IMM"}, Said.NOT_KNOWN, True),
        ([{"label": "Yes"}], Said.NOT_KNOWN, True),
        ({"": ""}, None, False),
        (False, Said.NO, False),
    ],
)
def test_what_stands_below_the_answer_on_danger_may_say_danger(said, danger, rouses):
    (found,) = taken(json.dumps({"contacts": [{"contactId": 1, "immediateRisk": said}]}).encode(), JSON)
    assert (found.referral.safety.danger_now, found.referral.rouses) == (danger, rouses)


def test_when_a_file_was_made_is_left_out_where_the_contract_says_so():
    own = contract("format: json\nrecords: forms\nreference: id\nfields: {}\nnot_taken: [made/at]")
    said = {"forms": [{"id": 1}], "made": {"at": "10:00", "by": "Sam"}}
    (found,) = taken(json.dumps(said).encode(), own)
    assert unread(found) == [("made/by", "Sam")], "else each export would add to whichever form stands first"


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
    found = taken(json.dumps({"contacts": [*contacts, {"immediateRisk": ""}]}).encode(), JSON)
    kept = " ".join(encode(one.referral).decode() for one in found)
    assert all(text in kept for text in said)
