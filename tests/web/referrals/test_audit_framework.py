"""The audit framework: proposed by one party, signed by each, and in force when all have."""

import pytest

from footprint.web.notices.models import Notice
from footprint.web.referrals.auditing.framework.queries import in_force
from footprint.web.referrals.models import Framework, Signature
from tests.web.referrals.audited import at, proposal

pytestmark = pytest.mark.usefixtures("november")


def test_nothing_holds_before_every_party_has_signed(audit):
    audit.police.post(at("audit_propose"), proposal(audit.site, share="10"))
    row = Framework.objects.get()
    assert in_force(audit.site.partnership.pk) is None
    audit.police.post(at("audit_version", row.pk), {"read": "on"})
    assert in_force(audit.site.partnership.pk) is None
    page = audit.care.get(at("audit")).content.decode()
    assert at("audit_version", row.pk) in page
    assert "Waits for your side" in page
    audit.care.post(at("audit_version", row.pk), {"read": "on"})
    holds = in_force(audit.site.partnership.pk)
    assert (holds.says.version, holds.says.sampling.share) == ("2026.2", 0.1)
    assert holds.says.partnership == audit.site.partnership.pk
    signed = audit.site.entries(action="audit-framework-sign")
    assert [entry.leaf.facts["party"] for entry in signed] == ["police", "childrens-social-care"]
    assert {entry.leaf.facts["framework"] for entry in signed} == {holds.says.stamp}
    assert len(audit.site.entries(action="audit-framework-propose")) == 1
    told = [(one.membership_id, one.sentence) for one in Notice.objects.filter(kind="audit").order_by("pk")]
    assert [membership for membership, _ in told] == [
        audit.care.actor.membership_id,
        audit.police.actor.membership_id,
    ]
    assert "Every party has signed" in told[1][1]
    assert "waits for your side" not in audit.care.get("/").content.decode()
    assert "Every party has signed" in audit.police.get("/").content.decode()


def test_a_version_shows_what_it_changes_and_the_later_one_holds(audit):
    audit.agree()
    audit.care.post(
        at("audit_propose"), proposal(audit.site, version="2026.3", since="2026-11-01", talk_from="1")
    )
    row = Framework.objects.latest("pk")
    page = audit.police.get(at("audit_version", row.pk)).content.decode()
    assert "What it changes in version 2026.2" in page
    assert "Where marks are 1 or more apart" in page
    assert "Where marks are 2 or more apart" in page
    assert in_force(audit.site.partnership.pk).says.version == "2026.2"
    for one in (audit.police, audit.care):
        one.post(at("audit_version", row.pk), {"read": "on"})
    assert in_force(audit.site.partnership.pk).says.version == "2026.3"
    page = audit.police.get(at("audit_framework")).content.decode()
    assert "Holds today" in page
    for url, place in ((at("audit_framework"), "Audit of referrals"), (at("mine"), "Your referrals")):
        here = audit.police.get(url).content.decode().split("aria-current")
        assert len(here) == 2, "of places within each other only the nearest is where somebody is"
        assert place in here[1].partition("</a>")[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"since": "next week"}, "this is no date"),
        ({"share": "200"}, "a share from 0 to 1"),
        ({"share": "many"}, "this is no number"),
        ({"talk_from": "9"}, "more than 3"),
        ({"criteria": ["Q2"]}, "may not be left out"),
        ({"version": ""}, "Give the version a name"),
    ],
)
def test_what_cannot_be_meant_is_said(audit, changes, says):
    answer = audit.police.post(at("audit_propose"), proposal(audit.site, **changes))
    assert says in answer.content.decode()
    assert not Framework.objects.exists()


def test_a_name_stands_once(audit):
    audit.agree()
    answer = audit.police.post(at("audit_propose"), proposal(audit.site))
    assert "a version 2026.2 already" in answer.content.decode()


def test_nobody_signs_twice_for_two_or_for_none(audit, desk):
    row = audit.agree()
    assert Signature.objects.count() == 2
    answer = audit.police.post(at("audit_version", row.pk), {"read": "on"})
    assert "has signed this version" in answer.content.decode()
    stranger = desk("central-referral-unit", "acute-trust")
    answer = stranger.post(at("audit_version", row.pk), {"read": "on"})
    assert "Only the office" in answer.content.decode()
    assert "Only" not in stranger.get(at("audit_version", row.pk)).content.decode()
    answer = stranger.post(at("audit_propose"), proposal(audit.site, version="2026.9"))
    assert "proposed by somebody who can sign it" in answer.content.decode()


def test_one_person_with_two_roles_signs_for_one_party(audit):
    audit.police.post(at("audit_propose"), proposal(audit.site))
    row = Framework.objects.get()
    audit.police.post(at("audit_version", row.pk), {"read": "on"})
    both = audit.site.membership(
        audit.police.user, "social-work-decision-maker", "childrens-social-care", team="Front door"
    )
    client = audit.site.client(audit.police.user, membership=both)
    answer = client.post(at("audit_version", row.pk), {"read": "on"})
    assert "Nobody signs for two parties" in answer.content.decode()


def test_it_is_read_before_it_is_signed(audit):
    audit.police.post(at("audit_propose"), proposal(audit.site))
    row = Framework.objects.get()
    answer = audit.police.post(at("audit_version", row.pk))
    assert "tick that you sign it" in answer.content.decode()
    assert not Signature.objects.exists()


def test_an_auditor_from_outside_reads_it_and_proposes_nothing(audit, desk):
    row = audit.agree()
    auditor = desk("independent-auditor")
    assert auditor.get(at("audit_version", row.pk)).status_code == 200
    assert auditor.post(at("audit_version", row.pk), {"read": "on"}).status_code == 403
    assert auditor.get(at("audit_propose")).status_code == 403


def test_a_version_of_another_partnership_is_not_there(audit):
    assert audit.police.get(at("audit_version", 999)).status_code == 404
