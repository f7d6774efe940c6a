"""The sections of the page, in its order; a section that uses what another made comes after it."""

from typing import Final

from bench.section import Section
from bench.sections import entries, kills, labelled, linked, pages, referred, searched, way

SECTIONS: Final[tuple[Section, ...]] = (
    way.SECTION,
    linked.SECTION,
    labelled.SECTION,
    searched.SECTION,
    pages.SECTION,
    referred.SECTION,
    kills.SECTION,
    entries.SECTION,
)
