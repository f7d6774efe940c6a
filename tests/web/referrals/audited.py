"""An audit in tests: both parties at their desks, a framework that both signed, a month of referrals, and marks."""

import datetime as dt

import msgspec
from django.urls import reverse

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.referral import Child, Links, Said, Voice, Words
from footprint.web.referrals import services
from footprint.web.referrals.auditing.framework.queries import base
from footprint.web.referrals.models import Framework
from tests.web.referrals.writers import URGENT

OCTOBER = dt.datetime(2026, 10, 14, 9, tzinfo=dt.UTC)
NOVEMBER = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
HEARD = Voice(
    noted=tuple(
        Words(concept=concept, text="As it was seen.", verbatim=concept == "words")
        for concept in ("words", "appearance", "activity", "environment")
    )
)


def at(name, *args):
    return reverse(f"referrals:{name}", args=args)


def proposal(site, **changes):
    """What is typed to propose a version: what there is to begin from, and a name."""
    from footprint.web.referrals.auditing.framework.forms import ProposalForm

    form = ProposalForm(base(site.partnership.pk), [("four-point", "Four points")])
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed |= {"version": "2026.2", "since": "1/9/2026"} | changes
    return {name: value for name, value in typed.items() if value not in (None, False)}


def say(number, **changes):
    """A referral of one child: `heard` with everything of the child's day, `video` with the reference of a recording."""
    heard, video = changes.get("heard", True), changes.get("video", "")
    child = Child(key="c1", name=f"Ada Number{number}", voice=HEARD if heard else None)
    return msgspec.structs.replace(
        URGENT,
        children=(child,),
        links=Links(
            incident=f"20/{number}/26",
            video=video,
            no_video=changes.get("no_video", ""),
            domestic_abuse=Said.YES if changes.get("abuse") else Said.NO,
        ),
    )


class Audit:
    """The people of an audit. `police` marks for the police, `care` for social care; `officer` writes."""

    def __init__(self, desk):
        self.police = desk("central-referral-unit", team="Referral unit")
        self.care = desk("social-work-decision-maker", team="Front door")
        self.officer = desk("frontline", team="Response A")
        self.other = desk("frontline", team="Response B")
        self.site = self.police.site

    def agree(self, **changes):
        """Propose a version and have both sign it."""
        answer = self.police.post(at("audit_propose"), proposal(self.site, **changes))
        assert answer.status_code == 302, answer.content.decode()
        row = Framework.objects.latest("pk")
        for one in (self.police, self.care):
            one.post(at("audit_version", row.pk), {"read": "on"})
        return row

    def write(self, count, day=OCTOBER, by=None, first=1, **changes):
        """Send referrals on a day, one a minute."""
        writer = by or self.officer
        return [self._send(writer, number, day, changes) for number in range(first, first + count)]

    def _send(self, writer, number, day, changes):
        form, at = f"{writer.actor.username}-{number}", day + dt.timedelta(minutes=number)
        return services.receive(writer.actor, say(number, **changes), form=form, at=at)

    def draw(self, month="2026-10", seed=""):
        return self.police.post(at("audit_draw"), {"month": month, "seed": seed})


def marks(every=2, **changes):
    """A mark for each criterion, as a form sends them."""
    return {code: str(changes.get(code, every)) for code in CRITERIA}


def row(page, team):
    """The cells of every row of a team on the page of measures, in words."""
    rows = page.split('<th scope="row" class="govuk-table__header govuk-!-text-align-left">')[1:]
    return [one.partition("</tr>")[0] for one in rows if one.startswith(f"{team}<")]


def table(page, label):
    """The table of one measure on that page."""
    return page.partition(f"{label}, of ")[2].partition("</table>")[0]
