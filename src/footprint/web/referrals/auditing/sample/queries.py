"""Reads samples, a marker's own list, and marks: of the other side's nothing before both have marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from footprint.calendars import LONDON, working_days_after
from footprint.referrals.framework import Framework, Party
from footprint.referrals.moderating import Audited, Marks, is_finished
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.referrals.sampling import Marker, may_mark
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.auditing.framework.queries import party_of, said_in
from footprint.web.referrals.auditing.sample.candidates import candidate_of, seats, taken_down
from footprint.web.referrals.models import Assigned, DrawnReferral, Marking, Referral, Sample, Version
from footprint.web.referrals.models.audit import MODERATED, UNIT
from footprint.web.referrals.own_family import not_theirs, refuse
from footprint.web.referrals.queries import NotFound

_MONTHS: Final = 12


class Marked(NamedTuple):
    """A drawn referral with the marks of each side alone, and those agreed on, or None."""

    drawn: DrawnReferral
    given: Audited
    agreed: Marking | None
    assigned: Mapping[str, Assigned]

    def finished(self, says: Framework) -> frozenset[str]:
        """Return the sides that have marked it."""
        return frozenset(
            party.partner
            for party in says.parties
            if is_finished(self.given.given.get(party.partner, {}), says)
        )


def months_to_draw(partnership: str) -> list[str]:
    """Return the months of the last twelve that are over and not drawn yet, the latest first."""
    drawn = set(Sample.objects.filter(framework__partnership=partnership).values_list("month", flat=True))
    first, found = timezone.localdate().replace(day=1), []
    for _ in range(_MONTHS):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(f"{first:%Y-%m}")
    return [month for month in found if month not in drawn]


def samples(partnership: str) -> list[Sample]:
    """Return the samples of a partnership, the latest month first."""
    rows = Sample.objects.filter(framework__partnership=partnership).defer("pool")
    return list(rows.select_related("framework", "drawn_by__user").order_by("-month", "-pk"))


def sample_of(actor: Actor, sample_id: int) -> Sample:
    """Return a sample of the actor's partnership. Raises NotFound."""
    rows = Sample.objects.select_related("framework", "drawn_by__user")
    found = rows.filter(framework__partnership=actor.partnership, pk=sample_id).first()
    if found is None:
        raise NotFound
    return found


def taken_down_beside(sample: Sample) -> int:
    """Return how many referrals of a sample's month are in no sample, since the front door took them down for somebody."""
    return taken_down(sample.framework.partnership_id, sample.month, says_of(sample))


def says_of(sample: Sample) -> Framework:
    """Return the framework under which a sample was drawn."""
    return said_in(sample.framework.text)


def due_on(sample: Sample) -> dt.date:
    """Return the day by which both sides mark a sample."""
    return working_days_after(sample.drawn_at.astimezone(LONDON).date(), says_of(sample).marked_within)


def marked_in(samples: Iterable[Sample]) -> list[Marked]:
    """Return every drawn referral of these samples with its marks, in the order of the draw."""
    return _marked(_rows().filter(sample__in=[one.pk for one in samples]).order_by("pk"))


def own_list(actor: Actor) -> list[Marked]:
    """Return what was given to this actor for their organisation and is not agreed on yet, the oldest sample first."""
    mine = Assigned.objects.filter(marker__user=actor.user_id, side=actor.organisation)
    agreed = Marking.objects.filter(drawn=OuterRef("pk"), side=MODERATED)
    graded = Marking.objects.filter(referral=OuterRef("referral"), side=UNIT, by__user=actor.user_id)
    rows = (
        _rows()
        .exclude(referral__in=not_theirs(actor))
        .filter(
            ~Exists(agreed),
            ~Exists(graded),
            pk__in=mine.values("drawn"),
            sample__framework__partnership=actor.partnership,
        )
    )
    return _marked(rows.order_by("sample__month", "pk"))


def marked_of(actor: Actor, drawn_id: int) -> tuple[Marked, Party]:
    """Return a drawn referral that this actor may mark, and their party: never their own, their teams' or one they graded.

    Raises NotFound, and NotYours for one about their own family.
    """
    row = _rows().filter(sample__framework__partnership=actor.partnership, pk=drawn_id).first()
    party = party_of(actor, says_of(row.sample)) if row else None
    if row is not None and party is not None and row.referral_id in not_theirs(actor):
        refuse(actor, row.referral, "audit")
    if row is None or party is None or not _may_mark(_markers_of(actor, says_of(row.sample), [row]), row):
        raise NotFound
    return _marked([row])[0], party


def is_theirs(actor: Actor, one: Marked) -> bool:
    """Say whether this actor was given it to mark."""
    given = one.assigned.get(actor.organisation)
    return bool(given and given.marker and given.marker.user_id == actor.user_id)


def to_take_over(actor: Actor, sample: Sample, marked: Iterable[Marked]) -> frozenset[int]:
    """Return which drawn referrals of a sample this actor may take over: given to a colleague of theirs, or to nobody.

    None that their side has marked, none of their own, of their teams or graded by them, and none about their own family.
    """
    says, listed = says_of(sample), list(marked)
    if party_of(actor, says) is None:
        return frozenset()
    markers, family = _markers_of(actor, says, [one.drawn for one in listed]), set(not_theirs(actor))
    return frozenset(
        one.drawn.pk
        for one in listed
        if actor.organisation not in one.finished(says)
        and not is_theirs(actor, one)
        and one.drawn.referral_id not in family
        and _may_mark(markers, one.drawn)
    )


def version_to_mark(drawn: DrawnReferral) -> tuple[int, Said]:
    """Return the version that both sides mark, the latest when it was drawn, as it was sent. Raises NotFound."""
    row = (
        Version.objects.filter(referral=drawn.referral_id, at__lte=drawn.sample.drawn_at)
        .order_by("-number")
        .first()
        or Version.objects.filter(referral=drawn.referral_id).order_by("number").first()
    )
    if row is None:
        raise NotFound
    return row.number, decode(row.content)


def _rows() -> QuerySet[DrawnReferral]:
    """Drawn referrals with what is read of each; not the list from which they were drawn, which is as long as a month."""
    samples = Sample.objects.select_related("framework").defer("pool")
    referrals = Referral.objects.prefetch_related("partner", "by")
    # Fetched once each and shared, for hundreds are drawn of few samples, partners and authors.
    return DrawnReferral.objects.prefetch_related(
        Prefetch("sample", samples), Prefetch("referral", referrals)
    )


def _markers_of(actor: Actor, says: Framework, rows: Iterable[DrawnReferral]) -> list[Marker]:
    """As whom this actor marks these for their organisation today."""
    return [
        seat.marker
        for seat in seats(actor.partnership, says, [row.referral_id for row in rows])
        if seat.membership.user_id == actor.user_id and seat.marker.side == actor.organisation
    ]


def _may_mark(markers: Iterable[Marker], row: DrawnReferral) -> bool:
    candidate = candidate_of(row.referral)
    return any(may_mark(one, candidate) for one in markers)


def _marked(rows: Iterable[DrawnReferral]) -> list[Marked]:
    listed = list(rows)
    ids = [one.pk for one in listed]
    given: dict[int, dict[str, Marks]] = {}
    agreed: dict[int, Marking] = {}
    marks = Marking.objects.filter(drawn__in=ids).prefetch_related("by__user").order_by("pk")
    for one in marks:
        if one.side == MODERATED:
            agreed[one.drawn_id or 0] = one
        else:
            # A later one stands beside an earlier one, and counts.
            given.setdefault(one.drawn_id or 0, {})[one.side] = one.marks
    assigned: dict[int, dict[str, Assigned]] = {}
    for given_to in Assigned.objects.filter(drawn__in=ids).prefetch_related("marker__user").order_by("pk"):
        assigned.setdefault(given_to.drawn_id, {})[given_to.side] = given_to
    return [
        Marked(
            row,
            Audited(row.referral_id, given.get(row.pk, {})),
            agreed.get(row.pk),
            assigned.get(row.pk, {}),
        )
        for row in listed
    ]
