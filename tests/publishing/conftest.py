"""Generations written as the feeds room leaves them, for records that a test makes up."""

import datetime as dt
from types import SimpleNamespace

import msgspec
import polars as pl
import pytest

from footprint.decisions import Overlay
from footprint.feeds.generations import Lineage, Standing
from footprint.linking.model import load
from footprint.publishing.publish import publish
from footprint.publishing.task import Publishing
from footprint.records import (
    Address,
    DutyContact,
    Identifier,
    Involvement,
    Name,
    PartialDate,
    Record,
    RecordKey,
)
from footprint.records.columns import frame_of
from footprint.records.comparing import comparable
from footprint.records.published import FeedState
from footprint.records.wire import involvement_bytes, record_bytes
from tests.decisions.rulings import ruling

DAY = dt.date(2026, 11, 22)
TEXTS = dict.fromkeys(
    ("id", "record", "code", "start", "end", "body", "first_reported", "last_reported"), pl.String
)


def deliver(data, feed, records, involvements=(), *, partner="", sector="police", day=DAY, first=None):
    """Make these records and involvements the generation of `feed` that stands."""
    folder = data / "generations" / feed / "000001"
    folder.mkdir(parents=True, exist_ok=True)
    days = {"first_reported": (first or day).isoformat(), "last_reported": day.isoformat()}
    bodies = [record_bytes(record).decode() for record in records]
    frame = frame_of(map(comparable, records)).with_columns(
        pl.Series("body", bodies, dtype=pl.String),
        *(pl.lit(value).alias(name) for name, value in days.items()),
    )
    frame.write_parquet(folder / "records.parquet")
    rows = [
        {"id": one.id, "record": one.record, "code": one.code, "start": one.start, "end": one.end,
         "body": involvement_bytes(one).decode(), **days}
        for one in involvements
    ]  # fmt: skip
    pl.DataFrame(rows, schema=TEXTS).write_parquet(folder / "involvements.parquet")
    partner = partner or (records[0].key.partner if records else feed)
    standing = Standing(
        feed=feed,
        contract=feed.partition("--")[0],
        partner=partner,
        name=partner.title(),
        sector=sector,
        duty=DutyContact(team="Duty", phone="01632 960101"),
        number=1,
        as_of=day,
        received_at=dt.datetime(2026, 11, 22, 6, tzinfo=dt.UTC),
        content=f"{feed}-1",
    )
    (folder / "statistics.json").write_bytes(msgspec.json.encode(standing))
    (folder.parent / "current").write_bytes(msgspec.json.encode(Lineage(line=(1,), highest=1)))


def feed_states(data):
    states = []
    for path in sorted((data / "generations").glob("*/000001/statistics.json")):
        one = msgspec.json.decode(path.read_bytes(), type=Standing)
        states.append(
            FeedState(
                feed=one.feed,
                partner=one.partner,
                name=one.name,
                sector=one.sector,
                duty=one.duty,
                as_of=one.as_of.isoformat(),
            )
        )
    return states


def person(
    key, given="Layla", family="Hussain", birth=(2015, 3, 27), *, number="", home="14 High Street", **fields
):
    house, _, street = home.partition(" ")
    addresses = (Address(number=house, street=street, town="Walsall", postcode="WS1 1AA"),) if home else ()
    return Record(
        key=RecordKey.parse(key),
        birth=PartialDate(*birth),
        **{
            "names": (Name(given=given, family=family),),
            "addresses": addresses,
            "identifiers": (Identifier(scheme="nhs", value=number),) if number else (),
        }
        | fields,
    )


def happened(key, code, start, *, end="", reference="R1", **fields):
    return Involvement(
        id=f"{reference}/{code}/{key}/{start}",
        record=key,
        code=code,
        start=start,
        end=end,
        reference=reference,
        **fields,
    )


def run(data, *rulings, **fields):
    task = Publishing(
        data=data,
        model=load(),
        feeds=feed_states(data),
        overlay=Overlay.of(rulings),
        threads=1,
        memory="500MB",
        **fields,
    )
    return publish(task)


@pytest.fixture
def made():
    return SimpleNamespace(
        deliver=deliver, person=person, happened=happened, ruling=ruling, run=run, feed_states=feed_states
    )
