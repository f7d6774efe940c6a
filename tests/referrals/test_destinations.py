"""Where copies go: read strictly, nothing by default, and nothing that could not be told apart."""

import re
from pathlib import Path

import pytest

from footprint.referrals.destinations import Destination, Destinations, destinations_of
from footprint.referrals.reading import ChoiceError, read

HEAD = "title: T\nsince: 2026-11-01\nsource: invented\nverified: false\ndestinations:\n"
HTTPS = """\
  - id: police-records
    label: The force's record system
    partner: police
    kind: https
    address: https://records.example/footprint
    messages: [referral, addition, feedback]
    referrals_of: [police]
    key: {name: records-2026, file: keys/records.secret}
"""
MAIL = """\
  - id: school-office
    label: The schools' office
    partner: early-help
    kind: email
    address: office@borough.example
    messages: [decision]
    referrals_of: [everybody]
"""


def said(text):
    return read(HEAD + text, Destinations, "destinations.yaml").destinations


def test_where_nobody_wrote_the_file_nothing_leaves(tmp_path):
    assert destinations_of(tmp_path) == ()
    (tmp_path / "destinations.yaml").write_text(HEAD + HTTPS + MAIL)
    assert [one.id for one in destinations_of(tmp_path)] == ["police-records", "school-office"]


def test_a_destination_gets_its_kinds_of_messages_of_those_partners_alone():
    records, office = said(HTTPS + MAIL)
    assert records.gets("referral", "police")
    assert not records.gets("decision", "police")
    assert not records.gets("referral", "acute-trust")
    assert not records.gets("referral", None), "the public is not the police"
    assert office.gets("decision", None)


def test_a_folder_is_stuck_after_hours_and_a_connection_after_minutes():
    folder = HTTPS.replace("kind: https", "kind: folder").replace("https://records.example/footprint", "out")
    assert said(folder)[0].schedule.alarm > said(HTTPS)[0].schedule.alarm


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("police-records", "Police Records", "an id is small letters"),
        ("https://records.example/footprint", "http://records.example/footprint", "https://HOST/PATH"),
        ("https://records.example/footprint", "https://u:p@records.example/", "without a name or password"),
        ("https://records.example/footprint", "https://records.example:port/", "https://HOST/PATH"),
        ("[referral, addition, feedback]", "[everything]", "'everything' is no word for this"),
        ("[referral, addition, feedback]", "[]", "here belongs a list"),
        ("    key: {name: records-2026, file: keys/records.secret}\n", "", "'key' is missing"),
        ("records.secret}", "records.pem, kind: ed25519}", "'their_key' is missing"),
        ("label:", "lable:", "Did you mean 'label'?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old, new, sentence):
    with pytest.raises(ChoiceError, match=r"destinations\.yaml, line \d+") as told:
        said(HTTPS.replace(old, new))
    assert sentence in str(told.value)


def test_plain_http_is_for_this_machine_alone():
    assert said(HTTPS.replace("https://records.example", "http://127.0.0.1:8091"))


def test_an_e_mail_has_no_key_and_decides_nothing():
    with pytest.raises(ChoiceError, match="a reference alone"):
        said(MAIL + "    decides: true\n")


@pytest.mark.parametrize(
    ("twice", "sentence"),
    [(HTTPS + HTTPS, "one id"), (HTTPS + HTTPS.replace("police-records", "b"), "one key")],
)
def test_two_that_could_not_be_told_apart_are_refused(twice, sentence):
    with pytest.raises(ChoiceError, match=sentence):
        said(twice)


def test_the_example_in_the_guide_can_be_read_and_every_field_is_explained_there():
    guide = (Path(__file__).parents[2] / "docs" / "delivering-to-another-system.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    listed = read(example, Destinations, "destinations.yaml").destinations
    assert {one.kind for one in listed} == {"https", "folder", "email"}
    table = guide.partition("## Where copies go")[2]
    assert [name for name in Destination.__struct_fields__ if f"`{name}`" not in table] == []
