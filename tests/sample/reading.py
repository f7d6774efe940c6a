"""Reads a borough's files as a stranger would, with csv and ElementTree alone, so that no reader of ours can hide a fault."""

import csv
import datetime as dt
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import polars as pl
from defusedxml import ElementTree

from footprint.sample import Summary

POLICE, COUNCIL, ACUTE = "police", "childrens-social-care", "acute-trust"


class Borough:
    def __init__(self, out: Path, end: dt.date, summary: Summary):
        self.out, self.end, self.summary = out, end, summary

    def days(self) -> list[Path]:
        return sorted((self.out / "deliveries").iterdir())

    def day(self, index: int = -1) -> Path:
        return self.days()[index]

    def rows(self, name: str, day: int = -1) -> list[dict[str, str]]:
        """The rows of police/persons.csv, childrens-social-care/ssd_person.csv ... on a day."""
        with (self.day(day) / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def schools(self, day: int = -1) -> list[Path]:
        return sorted((self.day(day) / "schools").iterdir())

    def pupils(self, day: int = -1) -> list[tuple[str, Element]]:
        """(LAESTAB, Pupil) for every pupil of every school."""
        return [
            (folder.name, pupil)
            for folder in self.schools(day)
            for pupil in ElementTree.parse(folder / f"{folder.name}_ctf.xml").iter("Pupil")
        ]

    def keys(self, day: int = -1) -> set[tuple[str, str, str]]:
        """(partner, scheme, id) of every record in the files of a day."""
        found = {(POLICE, "person-id", row["person_id"]) for row in self.rows("police/persons.csv", day)}
        found |= {
            (COUNCIL, "la-child-id", row["pers_person_id"])
            for row in self.rows("childrens-social-care/ssd_person.csv", day)
        }
        found |= {
            (f"school-{code}", "admission-number", pupil.findtext("AdmissionNumber") or "")
            for code, pupil in self.pupils(day)
        }
        if (self.day(day) / "acute").exists():
            found |= {
                (ACUTE, "patient-id", row["patient_id"]) for row in self.rows("acute/ae_attendances.csv", day)
            }
        return found

    @cached_property
    def records(self) -> pl.DataFrame:
        return pl.read_parquet(self.out / "truth" / "records.parquet")

    @cached_property
    def flat(self) -> pl.DataFrame:
        return pl.read_parquet(self.out / "truth" / "records_flat.parquet")

    @cached_property
    def people(self) -> pl.DataFrame:
        return pl.read_parquet(self.out / "truth" / "people.parquet")

    @cached_property
    def by_id(self) -> dict[str, dict[str, object]]:
        return {row["person"]: row for row in self.people.iter_rows(named=True)}

    @cached_property
    def pairs(self) -> pl.DataFrame:
        return pl.read_parquet(self.out / "truth" / "pairs_never.parquet")

    def person_of(self, partner: str, identifier: str) -> dict[str, object]:
        """The true person behind a record."""
        found = self.records.filter((pl.col("partner") == partner) & (pl.col("id") == identifier))
        return self.by_id[found["person"][0]]
