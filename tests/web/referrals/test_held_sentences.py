"""A guardian rules on a sentence that was held back; its author is told nothing of it."""

import msgspec
import pytest

from footprint.referrals.referral import Concern
from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Referral
from tests.web.cases.conftest import said
from tests.web.referrals.supervised import WITH_ADA

SOURCE = "This came from a CHIS who lives next door."


@pytest.fixture
def with_source(officer):
    told = msgspec.structs.replace(
        WITH_ADA, concern=Concern(wrong=f"He keeps drugs in the cot. {SOURCE} She is two.")
    )
    return sending.receive(officer.actor, told, form="one")


def test_a_guardian_lets_a_sentence_go_or_keeps_it_and_the_author_is_told_nothing(desk, officer, with_source):
    guardian, door = desk("identity-guardian"), desk("social-work-decision-maker")
    page = guardian.get("/referrals/held/").content.decode()
    assert with_source.reference in page
    assert "CHIS" not in page
    assert "may tell where intelligence came from" in page
    one = f"/referrals/held/{with_source.versions.get().held.get().pk}/"
    assert SOURCE in said(guardian.get(one))
    assert "CHIS" not in said(door.get("/referrals/queue/"))
    before = said(officer.get(f"/referrals/sent/{with_source.pk}/"))
    wrong = guardian.post(one, {"after": "released"})
    assert "Say why, in a sentence." in said(wrong)
    assert guardian.post(one, {"after": "released", "reason": "He said so himself."}).status_code == 302
    assert SOURCE in said(door.get(f"/referrals/sent/{with_source.pk}/"))
    assert guardian.post(one, {"after": "kept", "reason": "He did not."}).status_code == 302
    assert "CHIS" not in said(door.get(f"/referrals/sent/{with_source.pk}/"))
    assert said(officer.get(f"/referrals/sent/{with_source.pk}/")) == before
    ruled = [entry.leaf.action for entry in guardian.site.entries() if "sentence-" in entry.leaf.action]
    assert ruled == ["sentence-released", "sentence-kept"]
    assert "CHIS" not in "".join(str(entry.leaf) for entry in guardian.site.entries())


def test_what_was_ruled_on_does_not_wait_again_with_a_later_version(desk, officer, with_source):
    guardian = desk("identity-guardian")
    one = f"/referrals/held/{with_source.versions.get().held.get().pk}/"
    guardian.post(one, {"after": "kept", "reason": "It tells who."})
    again = msgspec.structs.replace(
        WITH_ADA,
        concern=Concern(wrong=f"He keeps drugs in the cot. {SOURCE} She is two.", history="Twice in May."),
    )
    sending.add(officer.actor, with_source, again, form="two")
    assert "Nobody has ruled on these None." in said(guardian.get("/referrals/held/"))


def test_a_guardian_of_another_partnership_has_nothing_here(desk, with_source):
    from footprint.web.accounts.models import Partner, Partnership

    elsewhere = Partnership.objects.create(id="elsewhere", name="Elsewhere")
    Partner.objects.create(partnership=elsewhere, code="office", name="Office", sector="office")
    Referral.objects.update(partnership=elsewhere)
    guardian = desk("identity-guardian")
    held = with_source.versions.get().held.get()
    assert guardian.get(f"/referrals/held/{held.pk}/").status_code == 404
    assert with_source.reference not in said(guardian.get("/referrals/held/"))
