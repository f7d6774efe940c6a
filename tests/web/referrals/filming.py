"""A force's file of incidents and footage in tests: rows of what matters to a test, written as the shipped contract asks."""

import csv
import datetime as dt

from footprint.referrals.footage_contract import FIELDS, load_footage_contracts
from footprint.web.referrals.footage import services

CONTRACT = load_footage_contracts()["bwv-csv"]
ROW = {
    "made": "2026-11-26T06:00",
    "class": "CAN",
    "team": "Response A",
    "at": "2026-11-10T21:40",
    "arrived": "2026-11-10T21:50",
    "children": "1",
}


def filmed(number, **said):
    """A row of an incident that is recorded from half a minute after arrival on."""
    recorded = {
        "incident": f"20/{number}/26",
        "asset": f"BWV-{number}",
        "started": "2026-11-10T21:50:30",
        "ended": "2026-11-10T22:10",
    }
    return ROW | recorded | said


def bare(number, **said):
    """A row of an incident that nobody recorded."""
    return ROW | {"incident": f"20/{number}/26"} | said


def write(path, rows):
    """Write a file."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(CONTRACT.column(field).column for field in FIELDS)
        writer.writerows([row.get(field, "") for field in FIELDS] for row in rows)
    return path


def take(site, *rows):
    """Have the site take a file of these rows."""
    return services.take_file(write(site.data / "footage.csv", rows))


def three_incidents(audit):
    """November: of Response A's incidents 1 is told by a referral, 2 by none; 3 is a stop of Response B, not recorded."""
    audit.write(1, dt.datetime(2026, 11, 11, 9, tzinfo=dt.UTC), video="BWV-1")
    take(
        audit.site,
        filmed(1, kept="2026-11-12T09:00", child_heard="yes"),
        filmed(2, started="2026-11-10T21:55"),
        bare(3, **{"class": "STOP", "team": "Response B", "no_video": "N6", "children": "0"}),
    )
    return audit
