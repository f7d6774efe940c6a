"""A force's file of incidents and footage in tests: rows of what matters to a test, written as the shipped contract asks."""

import csv

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
