"""A referral is kept for good until the partnership sets a period; then it goes with all that belongs to it, and no sooner.

| clause                                                   | where                                                     |
| -------------------------------------------------------- | --------------------------------------------------------- |
| nothing goes before somebody sets a period               | test_without_a_period_none_goes_and_the_guardians_read_it |
| all of it goes together, entered                         | test_all_that_belongs_to_it_goes_with_it                  |
| it counts from the last thing that was done              | test_it_counts_from_the_last_thing_that_was_done          |
| what is open, disputed, drawn, or asked after stays      | test_what_is_not_over_stays_and_the_guardians_read_why    |
| no file brings it back                                   | test_a_form_that_was_kept_its_time_is_not_taken_again     |
| a count of earlier referrals is true afterwards          | tests/web/referrals/test_repeats.py                       |
"""

import datetime as dt
from types import SimpleNamespace

import msgspec
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from footprint.decisions import Decision
from footprint.decisions import Subject as About
from footprint.records import Identifier, Name, PartialDate, Record, RecordKey
from footprint.web.cases.models import Case
from footprint.web.identity.models import Dispute, DisputedRecord
from footprint.web.identity.models import Step as DisputeStep
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from footprint.web.protection.models import Observation
from footprint.web.referrals import retention
from footprint.web.referrals import services as sending
from footprint.web.referrals.importing.services import take_file
from footprint.web.referrals.models import (
    Attempt,
    DrawnReferral,
    Feedback,
    Framework,
    HeldSentence,
    Incoming,
    Marking,
    Outgoing,
    RecordReference,
    Referral,
    Sample,
    Step,
    Subject,
    Version,
)
from footprint.web.referrals.retention import end_referrals
from footprint.web.referrals.writing import services as writing
from footprint.web.referrals.writing import spool
from tests.web.cases.conftest import said
from tests.web.referrals.test_importing import written
from tests.web.referrals.writers import ADA, URGENT, Desk

DAY = dt.timedelta(days=1)
TODAY = timezone.now()
#: So long ago that a referral with which nothing was done since is over today.
NOON = TODAY - 400 * DAY
SET = "2020-01-01:400"
RECORD = "childrens-social-care/local/1"
TOLD = msgspec.structs.replace(URGENT, children=(msgspec.structs.replace(ADA, record=RECORD),))


def sent(officer, form, at=NOON, said=TOLD):
    """A referral that was sent then and is settled."""
    one = sending.receive(officer.actor, said, form=form)
    put_at(one, at)
    return Referral.objects.get(pk=one.pk)


def put_at(one, at):
    """Have all that was done with a referral done then, and leave nothing to be done."""
    Referral.objects.filter(pk=one.pk).update(sent_at=at, state="decided", is_waiting=False)
    for model in (Step, Version, Feedback):
        model.objects.filter(referral=one).update(at=at)


def page(guardian):
    return said(guardian.get("/referrals/held/"))


def test_without_a_period_none_goes_and_the_guardians_read_it(desk):
    guardian = desk("identity-guardian")
    sent(desk(), "one")
    assert end_referrals() == 0
    assert "For good: no period is set here" in page(guardian)
    guardian.site.set(REFERRAL_DAYS=SET)
    assert "For 400 days after the last thing" in page(guardian)


@pytest.mark.parametrize("wrong", ["400", "2020-01-01:395"])
def test_a_period_that_cannot_be_or_is_shorter_than_a_year_ends_nothing_and_is_told(desk, wrong):
    guardian = desk("identity-guardian")
    sent(desk(), "one")
    guardian.site.set(REFERRAL_DAYS=wrong)
    with pytest.raises(CommandError, match="FOOTPRINT_REFERRAL_DAYS"):
        call_command("end_drafts")
    assert Referral.objects.exists()
    assert "None is deleted, since the period cannot be read. FOOTPRINT_REFERRAL_DAYS" in page(guardian)


def test_all_that_belongs_to_it_goes_with_it(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    officer.site.set(REFERRAL_DAYS=SET)
    one, other = sent(officer, "one"), sent(officer, "other", NOON + DAY)
    by = {"by_id": door.actor.membership_id, "at": NOON}
    (version,) = Version.objects.filter(referral=one)
    HeldSentence.objects.create(
        version=version, place="who", number=1, kind="place", text="x", decided="kept"
    )
    Feedback.objects.create(referral=one, kind="decision", words="Known to us.", **by)
    marked = {"version": 1, "criteria": "1", "scale": "s", "marks": {}, "grade": "good"}
    Marking.objects.create(referral=one, side="unit", **marked, **by)
    for number, standing in enumerate(("delivered", "set-aside"), 1):
        copy = {"number": number, "created": NOON, "body": b"words", "standing": standing}
        Outgoing.objects.create(referral=one, key=f"k{number}", **copy).attempts.create(
            at=NOON, outcome="again"
        )
    RecordReference.objects.create(referral=one, destination="records", reference="C-1", at=NOON)
    Incoming.objects.create(
        key="0" * 32, source="records", referral=one, number=1, fingerprint="", receipt=b"", body=b"words"
    )
    Incoming.objects.update(at=NOON)
    case = {"opened_by_id": door.actor.membership_id, "partnership_id": door.actor.partnership}
    case |= {"purpose": "front-door", "concerns": "Ada Birch", "closed_at": NOON}
    told = Case.objects.create(reference=one.reference, told=True, **case)
    typed = Case.objects.create(reference=one.reference, **case)
    assert Notice.objects.filter(link__contains=one.pk).exists()
    assert end_referrals(TODAY - DAY) == 0
    assert (end_referrals(), end_referrals()) == (1, 0)
    leading = [
        (model, field.name)
        for model in apps.get_app_config("referrals").get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model is Referral
    ]
    assert len(leading) > 10
    assert [model for model, name in leading if model.objects.exclude(**{name: other.pk}).exists()] == []
    assert not HeldSentence.objects.exists()
    assert not Attempt.objects.exists()
    assert Referral.objects.get() == other
    assert not Notice.objects.filter(link__contains=one.pk).exists()
    for held, label in ((told, one.reference), (typed, "Ada Birch")):
        held.refresh_from_db()
        assert held.concerns == label
    (entry,) = officer.site.entries(action="referral-ended")
    assert (entry.leaf.case, entry.leaf.actor) == (one.reference, "none")
    assert entry.leaf.facts == {"referral": one.reference, "versions": 1, "copies": 2}
    assert officer.site.entries(action="referral-send"), "the ledger keeps its own"


def test_it_counts_from_the_last_thing_that_was_done_by_the_figure_of_that_day(desk):
    officer = desk()
    one, _old = sent(officer, "one"), sent(officer, "old", NOON - 100 * DAY)
    Step.objects.create(referral=one, verb="note", part="front-door", by_name="Sam", at=NOON + 50 * DAY)
    officer.site.set(REFERRAL_DAYS=f"2020-01-01:900,{NOON:%Y-%m-%d}:400")
    assert [end_referrals(NOON + days * DAY) for days in (449, 450, 799, 800)] == [0, 1, 0, 1]


def stays(officer, door, one):
    """Whatever keeps a referral, by the words in which the guardians read it: how it begins, and how it ends."""
    by = {"by_id": door.actor.membership_id}
    here = {"partnership_id": door.actor.partnership}

    def disputed():
        dispute = Dispute.objects.create(said="not-them", reason="x", about_a_child=True, **by, **here)
        DisputedRecord.objects.create(dispute=dispute, side=1, record=RECORD)
        DisputeStep.objects.create(dispute=dispute, state="open", reason="x", **by)
        return lambda: DisputeStep.objects.create(dispute=dispute, state="different", reason="x", **by)

    def inquired():
        ruling = Decision(
            id="h-1", kind="hold", subjects=(About("record", RECORD),), partnership="town", reason="An inquiry.",
            by="guardian", at=NOON.isoformat(),
        )  # fmt: skip
        decisions().add(ruling)
        return lambda: decisions().undo("h-1", by="guardian", reason="Over.", at=NOON.isoformat())

    def drawn():
        framework = Framework.objects.create(
            version="1", text="x", since=NOON.date(), proposed_by_id=door.actor.membership_id, **here
        )
        sample = Sample.objects.create(
            framework=framework, month="2026-11", seed="s", candidates=1, frame="f", pool="[]",
            drawn_by_id=door.actor.membership_id,
        )  # fmt: skip
        return DrawnReferral.objects.create(sample=sample, referral=one, kind="random").delete

    def seen():
        alert = Observation.objects.create(
            span="look-up", user_id=door.actor.user_id, membership_id=door.actor.membership_id,
            case_reference=one.reference, action="referral", at=NOON, day=NOON.date(), score=9, signs=[],
            receipts=[], is_alert=True,
        )  # fmt: skip
        return lambda: Observation.objects.filter(pk=alert.pk).update(closed_at=NOON)

    def waits():
        Referral.objects.filter(pk=one.pk).update(state="accepted", is_waiting=True)
        return lambda: Referral.objects.filter(pk=one.pk).update(state="closed", is_waiting=False)

    def opened():
        case = Case.objects.create(
            reference=one.reference, purpose="front-door", opened_by_id=door.actor.membership_id, **here
        )
        return lambda: Case.objects.filter(pk=case.pk).update(closed_at=NOON)

    def held():
        version = Version.objects.get(referral=one)
        row = HeldSentence.objects.create(version=version, place="who", number=1, kind="place", text="x")
        return lambda: HeldSentence.objects.filter(pk=row.pk).update(decided="released")

    def hangs():
        copy = {"number": 1, "created": NOON, "body": b"", "key": "k"}
        row = Outgoing.objects.create(referral=one, standing="refused", **copy)
        return lambda: Outgoing.objects.filter(pk=row.pk).update(standing="set-aside")

    def spooled():
        kept = spool.Spooled(actor=officer.actor, said=URGENT, form="more", at=NOON, adds_to=one.pk)
        spool.keep(officer.site.data, kept)
        return spool.path_of(officer.site.data, officer.actor, "more").unlink

    return {
        "it waits at the front door": waits,
        "a case about it is open": opened,
        "it was drawn for an audit": drawn,
        "who is who in it is disputed, or held for an inquiry": disputed,
        "who is who in it is disputed, or held for an inquiry ": inquired,
        "an alert about reading it is under review": seen,
        "a guardian has yet to rule on a sentence of it": held,
        "a copy of it has not arrived": hangs,
        "something is being added to it": lambda: writing.begin(officer.actor, URGENT, adds_to=one).delete,
        "something is being added to it ": spooled,
    }


def test_what_is_not_over_stays_and_the_guardians_read_why(site):
    # On each database: it is all one question in SQL.
    roles = ("frontline", "social-work-decision-maker", "identity-guardian")
    officer, door, guardian = (Desk(site, site.user(role)) for role in roles)
    one = sent(officer, "one")
    officer.site.set(REFERRAL_DAYS=SET)
    for why, begin in stays(officer, door, one).items():
        end = begin()
        assert end_referrals() == 0, why
        assert f"{why.strip()}: 1" in page(guardian), why
        end()
        assert "they stay because" not in page(guardian), why
    assert end_referrals() == 1


def test_whoever_is_held_for_an_inquiry_is_known_by_number_or_name_and_birthday_too(desk, monkeypatch):
    officer = desk()
    officer.site.set(REFERRAL_DAYS=SET)
    numbered = msgspec.structs.replace(ADA, name="", birthday="")
    named = msgspec.structs.replace(ADA, nhs_number="")
    other = msgspec.structs.replace(named, birthday="2017-04-02")
    for form, child in (("numbered", numbered), ("named", named), ("other", other)):
        sent(officer, form, said=msgspec.structs.replace(URGENT, children=(child,)))
    person = Decision(
        id="h-1", kind="hold", subjects=(About("person", "p-1"),), partnership="town", reason="An inquiry.",
        by="guardian", at=NOON.isoformat(),
    )  # fmt: skip
    decisions().add(person)
    assert end_referrals() == 0, "nothing is published, so nobody knows who that is"
    record = Record(
        key=RecordKey.parse(RECORD),
        names=(Name(given="Ada", family="Birch"),),
        birth=PartialDate(2017, 4, 1),
        identifiers=(Identifier(scheme="nhs", value="9434765919"),),
    )
    content = SimpleNamespace(
        number_of=lambda person: 7,
        keys_of=lambda number: [RECORD],
        number_of_record=lambda key: 1,
        entry=lambda key: SimpleNamespace(record=record),
    )
    monkeypatch.setattr(retention, "published_or_none", lambda: SimpleNamespace(content=content))
    assert end_referrals() == 1
    assert {one.named for one in Subject.objects.all()} == {"", "ada birch|2017-04-01"}


def test_a_form_that_was_kept_its_time_is_not_taken_again(desk):
    officer = desk()
    officer.site.set(REFERRAL_DAYS=SET)
    file = written(officer.site, "M/1,7 Mill Lane,Hit,IMM,Olga,Response A,Ada,Quist,2/4/2017,")
    assert take_file(file, "emarf-csv").new == 1
    put_at(Referral.objects.get(), NOON)
    assert end_referrals() == 1
    again = take_file(file, "emarf-csv")
    assert (again.new, again.ended) == (0, 1)
    assert not Referral.objects.exists()
