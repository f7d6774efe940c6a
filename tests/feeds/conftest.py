"""Receiving in one process for speed; `test_confining` and `test_hostile_files` go through the confined child."""

from pathlib import Path

import pytest

from footprint.feeds.parsing import parse
from footprint.feeds.receipt import Receipt
from footprint.feeds.receiving import receive
from tests.feeds.making import DAY, at


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def take(data):
    """Receive a delivery of one feed and return its receipts."""

    def take(feed: str, *paths: Path, day=DAY, **options) -> list[Receipt]:
        return receive(data, feed, list(paths), at(day), parse=parse, **options)

    return take
