"""Writes partners' deliveries: one folder a day and feed, CSV and XML files, and a manifest with counts and hashes.

Files grow a piece at a time, so nothing is held longer than `Delivery.flush` allows. A row or element is added once with
the first and last delivery day on which the partner says it; what is said on all days is rendered once and written to each.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from footprint.sample.timeline import Timeline


class DailyFile:
    """One file of a feed, on every day on which the feed delivers. `head` and `foot` are asked for by day."""

    def __init__(
        self,
        delivery: Delivery,
        name: str,
        head: Callable[[int], str],
        foot: str = "",
        encoding: str = "utf-8",
    ) -> None:
        self.name = name
        self._delivery = delivery
        self._foot = foot
        self._encoding = encoding
        self._waiting: dict[tuple[int, int], io.StringIO] = {}
        self.rows = [0] * len(delivery.folders)
        self.hashes = [hashlib.sha256() for _ in delivery.folders]
        for day, folder in enumerate(delivery.folders):
            if folder is not None:
                self._append(day, head(day).encode(encoding), fresh=True)

    def _append(self, day: int, data: bytes, *, fresh: bool = False) -> None:
        folder = self._delivery.folders[day]
        if folder is not None:
            self.hashes[day].update(data)
            with (folder / self.name).open("wb" if fresh else "ab") as file:
                file.write(data)

    def _days(self, first: int, last: int | None) -> tuple[int, int] | None:
        """Return the days on which something is said, counting a row on each of them; None if on none."""
        end = len(self.rows) - 1 if last is None else min(last, len(self.rows) - 1)
        if first > end:
            return None
        for day in range(first, end + 1):
            self.rows[day] += 1
        return first, end

    def add(self, text: str, first: int = 0, last: int | None = None) -> None:
        """Say `text` from one delivery day to another (the last, unless said)."""
        days = self._days(first, last)
        if days is not None:
            self._buffer(days).write(text)

    def _buffer(self, days: tuple[int, int]) -> io.StringIO:
        if days not in self._waiting:
            self._waiting[days] = io.StringIO(newline="")
        return self._waiting[days]

    def flush(self) -> None:
        """Write what is waiting."""
        for (first, last), text in sorted(
            self._waiting.items(), key=lambda item: (item[0][0] - item[0][1], item[0])
        ):
            data = text.getvalue().encode(self._encoding)
            for day in range(first, last + 1):
                self._append(day, data)
        self._waiting.clear()

    def close(self) -> None:
        self.flush()
        for day in range(len(self.rows)):
            self._append(day, self._foot.encode(self._encoding))


class Sheet(DailyFile):
    """A CSV file with a line of column names."""

    def __init__(
        self, delivery: Delivery, name: str, columns: Sequence[str], *, bom: bool = False, crlf: bool = False
    ) -> None:
        self._end = "\r\n" if crlf else "\n"
        self._writers: dict[tuple[int, int], Any] = {}
        head = ("\ufeff" if bom else "") + ",".join(columns) + self._end
        super().__init__(delivery, name, lambda _day: head)

    def row(self, fields: Sequence[object], first: int = 0, last: int | None = None) -> None:
        """Say a row from one delivery day to another (the last, unless said)."""
        days = self._days(first, last)
        if days is None:
            return
        writer = self._writers.get(days)
        if writer is None:
            writer = self._writers[days] = csv.writer(self._buffer(days), lineterminator=self._end)
        writer.writerow(fields)

    def flush(self) -> None:
        super().flush()
        self._writers.clear()


class Delivery:
    """The deliveries of one feed (or of one school) on all days; `missed` are the days on which none comes."""

    def __init__(
        self,
        out: Path,
        timeline: Timeline,
        feed: str,
        sender: str,
        place: str = "",
        missed: frozenset[int] = frozenset(),
    ) -> None:
        self.feed = feed
        self.sender = sender
        self._timeline = timeline
        self._files: list[DailyFile] = []
        self.folders: list[Path | None] = []
        for day, date in enumerate(timeline.delivery_days):
            folder = None if day in missed else out / "deliveries" / date.isoformat() / (place or feed)
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self.folders.append(folder)

    def sheet(self, name: str, columns: Sequence[str], *, bom: bool = False, crlf: bool = False) -> Sheet:
        sheet = Sheet(self, name, columns, bom=bom, crlf=crlf)
        self._files.append(sheet)
        return sheet

    def document(
        self, name: str, head: Callable[[int], str], foot: str, encoding: str = "utf-8"
    ) -> DailyFile:
        document = DailyFile(self, name, head, foot, encoding)
        self._files.append(document)
        return document

    def flush(self) -> None:
        for file in self._files:
            file.flush()

    def close(self) -> int:
        """Finish all files, write the manifests, and return the rows and elements of the last day that delivered."""
        for file in self._files:
            file.close()
        sequence = 0
        rows = 0
        for day, folder in enumerate(self.folders):
            if folder is not None:
                sequence += 1
                rows = sum(file.rows[day] for file in self._files)
                (folder / "manifest.json").write_text(self._manifest(day, sequence), encoding="utf-8")
        return rows

    def _manifest(self, day: int, sequence: int) -> str:
        said = {
            "feed": self.feed,
            "sender": self.sender,
            "sequence": sequence,
            "as_of": self._timeline.delivery_days[day].isoformat(),
            "mode": "full",
            "files": [
                {"name": file.name, "rows": file.rows[day], "sha256": file.hashes[day].hexdigest()}
                for file in self._files
            ],
        }
        return json.dumps(said, indent=2) + "\n"
