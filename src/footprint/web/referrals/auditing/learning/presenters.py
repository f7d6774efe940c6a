"""The pages of what audits found as finished words and figures. By team and month; of a person only their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer.words import day
from footprint.referrals import drift, trends
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.framework import Framework
from footprint.referrals.intervals import Proportion
from footprint.referrals.kappa import Agreement
from footprint.referrals.measures import Colleague
from footprint.referrals.measures import briefings as by_role
from footprint.referrals.moderating import agreements, to_meet_about
from footprint.referrals.prompts import BRIEFED_ON, BRIEFED_ON_LABEL
from footprint.web.design.words import moment
from footprint.web.ledger.suppressing import SMALL
from footprint.web.referrals.auditing.figures import TOO_FEW, Figure, differs, figure
from footprint.web.referrals.auditing.learning.queries import (
    YOU,
    Result,
    Told,
    audits,
    authors,
    marked,
    pairs,
)
from footprint.web.referrals.auditing.sample.presenters import month_name
from footprint.web.referrals.models import Briefing

#: So many months are shown at once.
MONTHS: Final = 6
_MOVED: Final = {
    "up": "It rose",
    "down": "It fell",
    "": "Nobody can say that it moved",
}
_WAYS: Final = {
    "stricter": "marks lower than was then agreed",
    "milder": "marks higher than was then agreed",
    "": "leans neither way, as far as these marks tell",
}
_APART: Final = {
    "apart": "marks less often what is then agreed than before",
    "together": "marks more often what is then agreed than before",
    "": "nobody can say that it changed",
}


class KappaLine(NamedTuple):
    """One criterion: on how many forms, kappa and its interval, and what to do about it."""

    name: str
    pairs: str
    kappa: str
    interval: str
    meet: bool
    rough: bool
    cells: tuple[str | float | None, ...]


class DriftLine(NamedTuple):
    """How one side, or the reader, marks against what was agreed."""

    who: str
    alike: Figure
    leans: str
    changed: str
    before: Figure
    after: Figure


class AgreementPage(NamedTuple):
    """How alike both sides mark, and how that changes."""

    weights: str
    wanted: str
    lines: tuple[KappaLine, ...]
    meet: str
    drift: tuple[DriftLine, ...]
    since: str
    audited: str


class TrendLine(NamedTuple):
    """A criterion and its figure in each month."""

    name: str
    figures: tuple[Figure, ...]


class BriefingLine(NamedTuple):
    """A briefing, how many of each role had it, and whether its criterion moved."""

    title: str
    criterion: str
    text: str
    given: str
    again: str
    roles: tuple[tuple[str, str, str], ...]
    before: Figure
    after: Figure
    moved: str


class ThemesPage(NamedTuple):
    """What to brief about, by criterion and month, and what briefings moved."""

    months: tuple[str, ...]
    themes: tuple[tuple[str, Figure], ...]
    lines: tuple[TrendLine, ...]
    briefings: tuple[BriefingLine, ...]
    teams: tuple[str, ...]
    team: str


class ToldLine(NamedTuple):
    """A briefing as everybody who writes referrals reads it."""

    id: int
    title: str
    criterion: str
    text: str
    given: str
    had: str


def agreement_page(some: Sequence[Result], says: Framework, reader: object, *, whole: bool) -> AgreementPage:
    """Return how alike the first two parties mark under a framework. `reader` is the user who reads it."""
    found = agreements(audits(some), says)
    low = to_meet_about(found, says) if whole else []
    both = pairs(some, says, reader)
    months = sorted({one.month for one in some if one.agreed})
    since = months[len(months) // 2] if len(months) > 1 else ""
    names = {party.partner: party.name for party in says.parties} | ({YOU: "You"} if whole else {})
    leaning = {name: one for name, own in both.items() if (one := drift.lean(name, own))}
    return AgreementPage(
        weights=says.weights,
        wanted=f"{says.agreement_from:g}",
        lines=tuple(_kappa_line(code, one, code in low, whole=whole) for code, one in found.items()),
        meet=", ".join(low),
        drift=tuple(
            _drift_line(
                name,
                leaning[marker],
                drift.drift(marker, both[marker], since) if since else None,
                whole=whole,
            )
            for marker, name in names.items()
            if marker in leaning
        ),
        since=month_name(since) if since else "",
        audited=str(len(some)) if whole or len(some) > SMALL else TOO_FEW,
    )


def themes_page(
    some: Sequence[Result],
    listed: Sequence[Briefing],
    people: Mapping[int, Sequence[Colleague]],
    *,
    team: str,
    whole: bool,
) -> ThemesPage:
    """Return what to brief about, and what briefings moved. Suppressed figures are of all teams together."""
    teams = tuple(sorted({one.team for one in some if one.team and one.agreed})) if whole else ()
    chosen = team if team in teams else ""
    points = trends.points(marked(some), chosen or None)
    months = sorted({one.month for one in points})[-MONTHS:]
    by_month = authors(some)
    at = {(one.criterion, one.month): one.met for one in points}
    everybody = len({one.author for one in some if one.agreed})
    return ThemesPage(
        months=tuple(month_name(month) for month in months),
        themes=tuple(
            (_name(code), figure(share, whole=whole, people=everybody))
            for code, share in trends.themes(points)
            if whole
        ),
        lines=tuple(
            TrendLine(
                _name(code),
                tuple(
                    figure(
                        at.get((code, month), Proportion(0, 0)), whole=whole, people=by_month.get(month, 0)
                    )
                    for month in months
                ),
            )
            for code in CRITERIA
            if any((code, month) in at for month in months)
        ),
        briefings=tuple(
            _briefing_line(one, trends.points(marked(some)), people.get(one.pk, ()), everybody, whole=whole)
            for one in listed
        ),
        teams=teams,
        team=chosen,
    )


def told_lines(some: Sequence[Told]) -> tuple[ToldLine, ...]:
    """Return the briefings as everybody who writes referrals reads them."""
    return tuple(
        ToldLine(
            one.row.pk,
            one.row.title,
            _name(one.row.criterion),
            one.row.text,
            day(one.row.given_on.isoformat()),
            moment(one.had) if one.had else "",
        )
        for one in some
    )


def _kappa_line(code: str, one: Agreement, meet: bool, *, whole: bool) -> KappaLine:
    if not whole and one.pairs <= SMALL:
        return KappaLine(_name(code), TOO_FEW, "", "", False, False, (_name(code), TOO_FEW, None, None, None))
    low, high = one.interval or (None, None)
    return KappaLine(
        name=_name(code),
        pairs=str(one.pairs),
        kappa="cannot be said" if one.kappa is None else f"{one.kappa:.2f}",
        interval="" if low is None else f"{low:.2f} to {high:.2f}",
        meet=meet,
        rough=bool(one.pairs) and one.is_few,
        cells=(_name(code), one.pairs, _rounded(one.kappa), _rounded(low), _rounded(high)),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _drift_line(name: str, leaning: drift.Lean, drifted: drift.Drift | None, *, whole: bool) -> DriftLine:
    nothing = Proportion(0, 0)
    return DriftLine(
        who=name,
        alike=figure(leaning.alike, whole=whole),
        leans=_WAYS[leaning.way],
        changed=_APART[drifted.way] if drifted else "",
        before=figure(drifted.before if drifted else nothing, whole=whole),
        after=figure(drifted.after if drifted else nothing, whole=whole),
    )


def _briefing_line(
    one: Briefing,
    points: Sequence[trends.Point],
    people: Sequence[Colleague],
    everybody: int,
    *,
    whole: bool,
) -> BriefingLine:
    given = f"{one.given_on:%Y-%m}"
    # What was sent in the month of the briefing was written partly before it, and counts to neither side.
    moved = trends.movement(
        [point for point in points if point.month < given],
        [point for point in points if point.month > given],
        one.criterion,
    )
    rise = f", by {differs(moved.rise)}" if moved.rise and moved.moved and whole else ""
    roles = by_role(people, one.given_on)
    return BriefingLine(
        title=one.title,
        criterion=_name(one.criterion),
        text=one.text,
        given=day(one.given_on.isoformat()),
        again=day(one.again_on.isoformat()) if one.again_on else "",
        roles=tuple(
            (role, figure(had.share, whole=whole, people=had.share.of).text, _still(had.share, whole=whole))
            for role, had in roles.items()
        ),
        before=figure(moved.before, whole=whole, people=everybody),
        after=figure(moved.after, whole=whole, people=everybody),
        moved=f"{_MOVED[moved.moved]}{rise}." if moved.before.of and moved.after.of else "",
    )


def _still(share: Proportion, *, whole: bool) -> str:
    return f"{share.of - share.number:,} not yet" if whole else ""


def _name(code: str) -> str:
    if code == BRIEFED_ON:
        return BRIEFED_ON_LABEL
    return f"{code} {CRITERIA[code].label}" if code in CRITERIA else code
