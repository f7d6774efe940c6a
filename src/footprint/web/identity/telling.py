"""Who is told of a dispute and of how it ended: whoever said so, whoever was shown the link, the stewards, the leads.

Called inside the transaction of what it tells of. Nobody is told how many others were told, or who.
"""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse

from footprint.web.accounts.models import Membership, Partner
from footprint.web.accounts.queries import is_held
from footprint.web.cases.models import Case
from footprint.web.identity import words
from footprint.web.identity.models import Dispute, Told
from footprint.web.identity.queries import stewards_of, viewings_of_link
from footprint.web.identity.states import Said, State
from footprint.web.notices.services import notify, notify_leads

KIND = "who-is-who"


def thank(dispute: Dispute, membership: Membership, case: Case) -> None:
    """Tell whoever said so what follows from it."""
    _, is_new = _told(dispute, membership, case)
    if is_new:
        sentence = words.THANKS[Said(dispute.said)]
        page = own_report(dispute) if Said(dispute.said) is Said.NOT_THEM else _page(case)
        notify([membership], KIND, _filled(sentence, dispute, case.entry_reference), page)


def own_report(dispute: Dispute) -> str:
    """Return the page on which whoever said so reads where it stands, and may take it back."""
    return reverse("identity:said", args=[dispute.pk])


def tell_whoever_was_shown(dispute: Dispute) -> None:
    """Tell everybody who was shown both sides as one person and was not told yet, once for each of their cases."""
    left: dict[tuple[Partner, str], Case] = {}
    for viewing in viewings_of_link(dispute):
        membership, case = viewing.membership, viewing.case
        _, is_new = _told(dispute, membership, case)
        if is_new and is_held(membership):
            notify([membership], KIND, _filled(words.SHOWN, dispute, case.entry_reference), _page(case))
        elif is_new:
            left[membership.partner, case.entry_reference] = case
    for partner, reference in left:
        notify_leads(partner, KIND, _filled(words.SHOWN_TO_A_LEAVER, dispute, reference))


def tell_outcome(dispute: Dispute, state: State) -> None:
    """Tell everybody who was told before where it stands now."""
    told: dict[str, list[Told]] = defaultdict(list)
    for one in dispute.told.select_related("membership__user", "case").order_by("pk"):
        if is_held(one.membership):
            told[one.case_reference].append(one)
    for reference, rows in told.items():
        sentence = _filled(words.OUTCOME[Said(dispute.said), state], dispute, reference)
        case = rows[0].case
        notify([one.membership for one in rows], KIND, sentence, _page(case) if case else "")


def tell_stewards(dispute: Dispute) -> None:
    """Tell those who settle it that it waits."""
    child = words.A_CHILD if dispute.about_a_child else ""
    sentence = words.WAITS.format(dispute=dispute.reference, child=child)
    notify(stewards_of(dispute), KIND, sentence, reverse("identity:dispute", args=[dispute.pk]))


def tell_stewards_of_another(dispute: Dispute) -> None:
    """Tell those who settle it that somebody else says so too: there is more to read."""
    sentence = words.DOUBTED_TOO.format(dispute=dispute.reference)
    notify(stewards_of(dispute), KIND, sentence, reverse("identity:dispute", args=[dispute.pk]))


def tell_withdrawn(dispute: Dispute) -> None:
    """Tell everybody who was told, the leads of those who left, and the stewards, that it was taken back."""
    tell_outcome(dispute, State.WITHDRAWN)
    left = {
        (one.membership.partner, one.case_reference)
        for one in dispute.told.select_related("membership__user", "membership__partner")
        if not is_held(one.membership)
    }
    for partner, reference in sorted(left, key=lambda one: (one[0].pk, one[1])):
        notify_leads(partner, KIND, _filled(words.WITHDRAWN_TO_A_LEAVER, dispute, reference))
    sentence = words.WITHDRAWN.format(dispute=dispute.reference)
    notify(stewards_of(dispute), KIND, sentence, reverse("identity:dispute", args=[dispute.pk]))


def _told(dispute: Dispute, membership: Membership, case: Case) -> tuple[Told, bool]:
    return Told.objects.get_or_create(
        dispute=dispute,
        membership=membership,
        case_reference=case.entry_reference,
        defaults={"case": case},
    )


def _filled(sentence: str, dispute: Dispute, reference: str) -> str:
    return sentence.format(dispute=dispute.reference, case=words.of_case(reference))


def _page(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])
