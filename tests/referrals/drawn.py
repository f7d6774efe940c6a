"""Referrals as Hypothesis draws them: any field given, not known or blank."""

import msgspec
from hypothesis import strategies as st

from footprint.referrals.fields import FIELDS
from footprint.referrals.parts import PARTS
from footprint.referrals.prompts import CONCEPTS
from footprint.referrals.referral import Responsibility, Said, Source, Statement, Words

_TEXTS = st.sampled_from(["x", "Ada", "2017-04"])
_SAID = st.sampled_from(Said)


def _values(name, held, key):
    choices = FIELDS[key].choices if key in FIELDS else {}
    if choices:
        return st.sampled_from(list(choices))
    return {Said | None: _SAID, tuple[str, ...]: st.just(("x", "y"))}.get(held, _TEXTS)


@st.composite
def part(draw, name, **others):
    """One part of a referral by its name, with `others` given as they are."""
    kind = PARTS[name]
    given, unknown = dict(others), set()
    for field in msgspec.structs.fields(kind):
        key = f"{name}.{field.name}"
        if key in FIELDS:
            answer = draw(st.sampled_from(("given", "not known", "blank", "blank")))
            if answer == "given":
                given[field.name] = draw(_values(field.name, field.type, key))
            elif answer == "not known":
                unknown.add(field.name)
    return kind(not_known=frozenset(unknown), **given)


_statements = st.builds(
    Statement, source=st.sampled_from(Source), text=_TEXTS, told_by=st.sampled_from(["", "a neighbour"])
)
_words = st.builds(Words, concept=st.sampled_from([*CONCEPTS, "mood"]), text=_TEXTS, verbatim=st.booleans())


@st.composite
def referrals(draw):
    children, adults = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    return draw(
        part(
            "referral",
            children=tuple(
                draw(
                    part(
                        "child",
                        key=f"c{n}",
                        voice=draw(
                            st.none() | part("voice", noted=tuple(draw(st.lists(_words, max_size=3))))
                        ),
                    )
                )
                for n in range(1, children + 1)
            ),
            adults=tuple(draw(part("adult", key=f"a{n}")) for n in range(1, adults + 1)),
            responsibilities=tuple(
                Responsibility(child=f"c{child}", adult=f"a{adult}", held=draw(_SAID))
                for child in range(1, children + 1)
                for adult in range(1, adults + 1)
            ),
            concern=draw(
                part("concern", statements=tuple(draw(st.lists(_statements, max_size=2, unique=True))))
            ),
            **{name: draw(part(name)) for name in ("referrer", "safety", "informing", "request", "links")},
        )
    )
