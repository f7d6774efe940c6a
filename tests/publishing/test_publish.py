"""What a snapshot holds after publishing: all of what may be there, in order, and nothing of what may not."""

import datetime as dt

import pytest

from footprint import snapshot
from footprint.answer.opened import OpenedSnapshot
from footprint.decisions import NOTHING_DECIDED, Subject
from footprint.linking.model import load
from footprint.publishing.errors import NothingReceived
from footprint.publishing.protected_homes import found_now, kept
from footprint.publishing.publish import publish
from footprint.publishing.task import Publishing, root
from footprint.records import Address, ContactPoint, Identifier, Relationship

POLICE = "police/person-id/1"
TRUST = "acute-trust/patient-id/4"
CARE = "childrens-social-care/la-child-id/2"
CALLED = ContactPoint(kind="mobile", value="01632 960111")
NHS, OTHER_NHS = "9434765919", "9434765870"


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def opened(data):
    return OpenedSnapshot(snapshot.open_current(root(data)))


def written(data):
    """Every byte of the snapshot that is current, name by name."""
    folder = root(data) / snapshot.current_id(root(data))
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_records_of_one_child_stand_in_one_person_with_why_and_what_happened(data, made):
    made.deliver(
        data, "police", [made.person(POLICE, number=NHS)], [made.happened(POLICE, "incident", "2026-06-01")]
    )
    made.deliver(
        data,
        "acute",
        [
            made.person(TRUST, number=NHS),
            made.person("acute-trust/patient-id/5", "Omar", "Khan", (1980, 1, 2), home=""),
        ],
    )
    done = made.run(data)
    content = opened(data)
    number = content.number_of_record(POLICE)
    assert (done.people, done.records) == (2, 3)
    assert list(content.keys_of(number)) == [TRUST, POLICE]
    assert content.number_of(content.id_of(number)) == number
    assert [(tie.one, tie.other, tie.verdict, tie.rule) for tie in content.ties_of(number)] == [
        (TRUST, POLICE, "joined", "E1")
    ]
    entry = content.entry(POLICE)
    assert entry.record == made.person(POLICE, number=NHS)
    assert [one.involvement.code for one in entry.reported] == ["incident"]
    assert (entry.first_reported, entry.last_reported) == ("2026-11-22", "2026-11-22")
    assert content.entry("acute-trust/patient-id/5").reported == ()
    with pytest.raises(KeyError):
        content.entry("police/person-id/2")


def test_two_feeds_of_one_partner_are_one_record_and_the_one_that_names_the_child_wins(data, made):
    said = made.person(CARE, number=NHS, home="14 High Street")
    census = made.person(
        CARE,
        "",
        "",
        (2015, 3, 1),
        home="",
        identifiers=(Identifier(scheme="upn", value="A801200001001"),),
        names=(),
        sex="F",
    )
    made.deliver(
        data,
        "childrens-social-care",
        [said],
        [made.happened(CARE, "referral", "2026-06-01")],
        first=dt.date(2026, 9, 1),
    )
    made.deliver(
        data,
        "cin-census",
        [census],
        [made.happened(CARE, "cin-plan", "2026-01-01")],
        day=dt.date(2026, 3, 31),
    )
    made.run(data)
    entry = opened(data).entry(CARE)
    assert (entry.record.names, entry.record.birth, entry.record.sex) == (said.names, said.birth, "F")
    assert {one.scheme for one in entry.record.identifiers} == {"nhs", "upn"}
    assert {one.involvement.code for one in entry.reported} == {"referral", "cin-plan"}
    assert (entry.first_reported, entry.last_reported) == ("2026-03-31", "2026-11-22")


def test_what_a_steward_rules_to_be_same_is_one_person_from_the_next_publishing_on(data, made):
    made.deliver(data, "police", [made.person(POLICE, home="14 High Street")])
    made.deliver(data, "acute", [made.person(TRUST, home="")])
    made.run(data)
    assert opened(data).number_of_record(POLICE) != opened(data).number_of_record(TRUST), (
        "name and birthday alone: never"
    )
    made.run(data, made.ruling("same", [POLICE], [TRUST]))
    content = opened(data)
    number = content.number_of_record(POLICE)
    assert number == content.number_of_record(TRUST)
    assert [tie.rule for tie in content.ties_of(number)] == ["E4"]


def test_a_mother_is_told_who_names_her(data, made):
    mother = "police/person-id/50"
    child = made.person(POLICE, relationships=(Relationship(kind="mother", other=mother),))
    made.deliver(data, "police", [child, made.person(mother, "Sana", birth=(1990, 5, 4), home="")])
    made.run(data)
    content = opened(data)
    (kin,) = content.kin_of(content.number_of_record(mother))
    assert (kin.record, kin.other, kin.kind) == (mother, POLICE, "mother")


def test_who_lives_at_an_address_is_found_to_the_flat(data, made):
    flats = [
        made.person(
            f"police/person-id/{flat}",
            birth=(1980, 1, flat),
            addresses=(Address(flat=str(flat), number="14", postcode="WS1 1AA", uprn="10007123456"),),
        )
        for flat in (1, 2)
    ]
    made.deliver(data, "police", flats)
    made.run(data)
    content = opened(data)
    assert content.residents(Address(flat="2", number="14", postcode="WS1 1AA")) == ["police/person-id/2"]
    assert sorted(content.at_place("WS11AA||14")) == ["police/person-id/1", "police/person-id/2"]
    assert sorted(content.at_place("uprn:10007123456")) == ["police/person-id/1", "police/person-id/2"]


def test_what_is_past_the_retention_is_not_taken_unless_it_is_held(data, made):
    facts = [
        made.happened(POLICE, "incident", "2023-11-21", reference="OLD"),
        made.happened(POLICE, "incident", "2023-11-22", reference="KEPT"),
        made.happened(POLICE, "investigation", "2019-01-01", reference="OPEN"),
        made.happened(POLICE, "investigation", "2019-01-01", end="2020-01-01", reference="OVER"),
    ]
    made.deliver(data, "police", [made.person(POLICE)], facts)
    made.run(data)
    assert {one.involvement.reference for one in opened(data).entry(POLICE).reported} == {"KEPT", "OPEN"}
    made.run(data, made.ruling("hold", [POLICE]))
    assert {one.involvement.reference for one in opened(data).entry(POLICE).reported} == {
        "OLD",
        "KEPT",
        "OPEN",
        "OVER",
    }


class TestProtection:
    """A refuge, once any partner says so or a steward rules it, is in no file of the snapshot."""

    STREET, CODE = "Sanctuary Passage", "WV99 9ZZ"

    def home(self, **fields):
        return (Address(number="7", street=self.STREET, postcode=self.CODE, **fields),)

    def absent(self, data):
        told = written(data)
        return not any(
            word in content.lower()
            for content in told.values()
            for word in (b"sanctuary", b"wv999zz", b"wv99 9zz")
        )

    def test_marked_by_one_partner_it_goes_from_every_partners_record(self, data, made):
        made.deliver(data, "police", [made.person(POLICE, number=NHS, addresses=self.home(protected=True))])
        made.deliver(data, "acute", [made.person(TRUST, number=NHS, addresses=self.home())])
        other = made.person("acute-trust/patient-id/6", "Mary", "Cole", (1980, 1, 2), addresses=self.home())
        made.deliver(data, "acute-2", [other])
        done = made.run(data)
        assert done.protected == 2, "whoever lives there is protected, too"
        assert self.absent(data)
        assert opened(data).entry(TRUST).record.protected

    def test_shielded_by_a_steward_it_goes_at_the_next_publishing(self, data, made):
        made.deliver(data, "police", [made.person(POLICE, number=NHS, addresses=self.home())])
        made.run(data)
        assert not self.absent(data)
        made.run(data, made.ruling("shield", [Subject("address", "WV999ZZ||7")]))
        assert self.absent(data)

    def test_every_writing_of_it_is_kept_for_free_text_beside_the_generations(self, data, made):
        named = made.person(TRUST, number=NHS, addresses=self.home(building="Lee Lodge"), contacts=(CALLED,))
        made.deliver(data, "police", [made.person(POLICE, number=NHS, addresses=self.home(protected=True))])
        made.deliver(data, "acute", [named])
        made.run(data)
        listed = kept(data)
        assert {(one.address.building, one.marked) for one in listed} == {("", True), ("Lee Lodge", True)}
        assert {phone for one in listed for phone in one.phones} == {"01632 960111"}
        assert not any(one.address.protected or one.address.start for one in listed), "of the place alone"
        assert set(found_now(data, NOTHING_DECIDED)) == set(listed)

    def test_of_a_shielded_home_the_street_is_known_when_no_snapshot_holds_it_any_more(self, data, made):
        made.deliver(data, "police", [made.person(POLICE, number=NHS, addresses=self.home())])
        made.run(data)
        assert kept(data) == ()
        made.run(data, made.ruling("shield", [Subject("address", "WV999ZZ||7")]))
        assert self.absent(data)
        ((street, marked),) = {(one.address.street, one.marked) for one in kept(data)}
        assert (street, marked) == (self.STREET, False)

    @pytest.mark.parametrize("subject", [Subject("record", TRUST), "the person"])
    def test_a_shielded_person_has_no_home_in_any_record(self, data, made, subject):
        made.deliver(data, "police", [made.person(POLICE, number=NHS, addresses=self.home())])
        made.deliver(data, "acute", [made.person(TRUST, number=NHS, home="")])
        made.run(data)
        content = opened(data)
        person = Subject("person", content.id_of(content.number_of_record(POLICE)))
        made.run(data, made.ruling("shield", [person if subject == "the person" else subject]))
        assert self.absent(data)


class TestSealing:
    """Scenario 9: nothing of a run joins the two identities, and the old number is on nobody else."""

    def two(self, data, made, **fields):
        former = made.person(CARE, family="Old", number=NHS)
        new = made.person(TRUST, family="Old", number=NHS, **fields)
        made.deliver(data, "childrens-social-care", [former])
        made.deliver(data, "acute", [new])

    def test_they_are_joined_without_a_seal_and_never_with_it(self, data, made):
        self.two(data, made)
        made.run(data)
        assert opened(data).number_of_record(CARE) == opened(data).number_of_record(TRUST)
        seal = made.ruling("seal", [CARE, Subject("identifier", f"nhs:{NHS}")], [TRUST], since="2026-03-01")
        made.run(data, seal)
        content = opened(data)
        assert content.number_of_record(CARE) != content.number_of_record(TRUST)
        assert content.ties_of(content.number_of_record(CARE)) == ()
        assert content.entry(TRUST).record.identifiers == ()
        assert [one.value for one in content.entry(CARE).record.identifiers] == [NHS]

    def test_a_third_record_with_the_old_number_is_no_bridge(self, data, made):
        self.two(data, made)
        third = made.person(
            "police/person-id/77", family="Old", identifiers=(Identifier(scheme="nhs", value=NHS),)
        )
        made.deliver(data, "police", [third])
        made.run(
            data,
            made.ruling("seal", [CARE, Subject("identifier", f"nhs:{NHS}")], [TRUST], since="2026-03-01"),
        )
        content = opened(data)
        assert content.entry("police/person-id/77").record.identifiers == ()
        assert content.number_of_record(CARE) != content.number_of_record(TRUST)

    def test_a_record_known_by_the_old_number_only_is_left_out(self, data, made):
        self.two(data, made)
        made.deliver(data, "acute-2", [made.person(f"acute-trust/nhs/{NHS}", family="Old")])
        made.run(
            data,
            made.ruling("seal", [CARE, Subject("identifier", f"nhs:{NHS}")], [TRUST], since="2026-03-01"),
        )
        assert opened(data).number_of_record(f"acute-trust/nhs/{NHS}") is None


def test_what_is_erased_is_in_no_file(data, made):
    made.deliver(
        data,
        "police",
        [
            made.person(POLICE, "Zebedee", "Quillfeather"),
            made.person("police/person-id/2", "Tom", "Page", home=""),
        ],
    )
    made.run(data)
    assert any(b"Quillfeather" in content for content in written(data).values())
    made.run(data, made.ruling("erase", [POLICE]))
    assert not any(
        b"uillfeather" in content or b"zebedee" in content.lower() for content in written(data).values()
    )
    assert opened(data).number_of_record(POLICE) is None


def test_an_erased_person_is_left_out_by_id_as_well(data, made):
    made.deliver(
        data, "police", [made.person(POLICE), made.person("police/person-id/2", "Tom", "Page", home="")]
    )
    made.run(data)
    content = opened(data)
    gone = Subject("person", content.id_of(content.number_of_record(POLICE)))
    made.run(data, made.ruling("erase", [gone]))
    assert opened(data).number_of_record(POLICE) is None


def test_a_person_keeps_the_id_from_one_publishing_to_the_next(data, made):
    made.deliver(data, "police", [made.person(POLICE, number=NHS)])
    made.run(data)
    content = opened(data)
    before = content.id_of(content.number_of_record(POLICE))
    made.deliver(
        data, "acute", [made.person("acute-trust/patient-id/0", number=NHS)], first=dt.date(2020, 1, 1)
    )
    made.run(data)
    assert opened(data).number_of_record("acute-trust/patient-id/0") == opened(data).number_of(before)


def test_the_manifest_says_which_data_model_rulings_and_window(data, made):
    made.deliver(data, "police", [made.person(POLICE)])
    done = made.run(data)
    with snapshot.open_current(root(data)) as current:
        about = current.about
    assert about["inputs"] == [
        {"feed": "police", "generation": 1, "as_of": "2026-11-22", "content": "police-1"}
    ]
    assert about["model"] == load().label
    assert about["window"] == {"day": "2026-11-22", "shown_from": "2025-11-22", "kept_from": "2023-11-22"}
    assert about["counts"] == {"records": 1, "people": 1, "protected": 0, "involvements": 0}
    assert snapshot.verify(root(data) / done.snapshot) == []


def test_a_day_may_be_given(data, made):
    made.deliver(data, "police", [made.person(POLICE)])
    assert made.run(data, day=dt.date(2026, 2, 28)).window.shown_from == "2025-02-28"


def test_without_deliveries_there_is_nothing_to_publish(data, made):
    with pytest.raises(NothingReceived, match="feeds receive"):
        made.run(data)


def test_no_ledger_no_swap(data, made):
    made.deliver(data, "police", [made.person(POLICE)])
    first = made.run(data)
    task = Publishing(data=data, model=load(), feeds=made.feed_states(data), threads=1, memory="500MB")

    def ledger_is_down(_):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        publish(task, before_swap=ledger_is_down)
    assert snapshot.current_id(root(data)) == first.snapshot


def test_nothing_is_left_beside_the_snapshot(data, made):
    made.deliver(data, "police", [made.person(POLICE)])
    made.run(data)
    assert not [path for path in root(data).iterdir() if path.name.startswith((".draft", ".gone"))]
    assert {path.name for path in data.iterdir()} == {"generations", "snapshots", "frequencies"}
