"""A form as whoever marks it reads it: masked as any recipient reads it, with what a machine can tell of each criterion."""

from __future__ import annotations

from typing import Any, NamedTuple

from footprint.referrals.checking import Finding, check
from footprint.referrals.grades import Scale, graded
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.web.referrals.desk.grading_forms import GradeForm
from footprint.web.referrals.desk.grading_queries import version_of
from footprint.web.referrals.desk.marking_services import Given
from footprint.web.referrals.desk.presenters.grading import initial_of
from footprint.web.referrals.desk.reading import sent_of
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import as_recipients_read


class Read(NamedTuple):
    """One version of a form, what it says to recipients, and what a machine found of it."""

    version: int
    said: Said
    findings: tuple[Finding, ...]


def read(referral: Referral) -> Read:
    """Return the latest version of a referral's form as it is marked."""
    version = version_of(referral)
    said = as_recipients_read(referral, decode(version.content))
    return Read(version.number, said, check(said, sent_of(referral, said)))


def begin(form_read: Read) -> dict[str, Any]:
    """Return what a form for marks begins with: the version, and what a machine alone can tell."""
    return {"version": form_read.version, "grade": "", **initial_of(form_read.findings)}


def given(form: GradeForm, scale: Scale, form_read: Read) -> Given | None:
    """Return what was given, or None, with the reason at its field, where a version came since that was not read."""
    if form.cleaned_data["version"] != form_read.version:
        form.add_error("grade", "Something was added since you began. Read it below, and grade again.")
        form.data = {**dict(form.data.items()), "version": str(form_read.version)}
        return None
    marks = form.marks()
    chosen = form.cleaned_data["grade"] or graded(marks, scale).proposed
    if not chosen:
        # The core's sentence says which critical criteria are without a mark.
        chosen = scale.grades[-1].code
    return Given(marks=marks, grade=chosen, points=form.points(), scale=scale, version=form_read.version)
