"""The faults of a Children in Need census return."""

from __future__ import annotations

from footprint.feeds.reading_fields import Place
from footprint.feeds.reading_xml import Node


def name_faults(child: Node, header: Node, place: Place) -> None:
    """Name the faults."""
