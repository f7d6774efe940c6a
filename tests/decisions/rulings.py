"""Rulings in tests: of records by their keys, or of subjects of another kind."""

from footprint.decisions import Decision, Subject


def ruling(kind, subjects, others=(), **fields):
    """A ruling of the partnership of Walsall; two that say different things have different ids."""

    def side(values):
        return tuple(value if isinstance(value, Subject) else Subject("record", value) for value in values)

    text = f"{kind}{subjects}{others}{fields}"
    return Decision(
        id=text,
        kind=kind,
        subjects=side(subjects),
        others=side(others),
        partnership="walsall",
        reason="A reason.",
        by="steward",
        at="2026-11-23T08:15:00+00:00",
        **fields,
    )
