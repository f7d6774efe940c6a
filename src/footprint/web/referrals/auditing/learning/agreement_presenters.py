"""How alike both sides of an audit mark, and how that drifts, as finished words and figures. Of a person only their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from footprint.referrals import drift
from footprint.referrals.framework import Framework
from footprint.referrals.intervals import Proportion
from footprint.referrals.kappa import Agreement
from footprint.referrals.moderating import agreements, to_meet_about
from footprint.web.ledger.suppressing import SMALL
from footprint.web.referrals.auditing.figures import TOO_FEW, Figure, figure
from footprint.web.referrals.auditing.learning.queries import (
    YOU,
    Result,
    audits,
    pairs,
)
from footprint.web.referrals.auditing.learning.theme_presenters import criterion_name
from footprint.web.referrals.auditing.sample.presenters import month_name

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


def _kappa_line(code: str, one: Agreement, meet: bool, *, whole: bool) -> KappaLine:
    if not whole and one.pairs <= SMALL:
        return KappaLine(
            criterion_name(code),
            TOO_FEW,
            "",
            "",
            False,
            False,
            (criterion_name(code), TOO_FEW, None, None, None),
        )
    low, high = one.interval or (None, None)
    return KappaLine(
        name=criterion_name(code),
        pairs=str(one.pairs),
        kappa="cannot be said" if one.kappa is None else f"{one.kappa:.2f}",
        interval="" if low is None else f"{low:.2f} to {high:.2f}",
        meet=meet,
        rough=bool(one.pairs) and one.is_few,
        cells=(criterion_name(code), one.pairs, _rounded(one.kappa), _rounded(low), _rounded(high)),
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
