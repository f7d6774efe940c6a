"""DuckDB brings candidates together by wide SQL keys and Splink weighs them: `python -m bench.peers.searching RECORDS QUERIES`.

The usual way to make a live search of a batch engine (the hmpps person match service does it so): block in SQL, then
`splink.realtime.compare_records`, its SQL cached. Splink learns on the records themselves, without labels.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb
from splink import DuckDBAPI, SettingsCreator
from splink.internals.realtime import compare_records

from bench.peers.models import BOROUGH

SHOWN: Final = 5
THREADS: Final = 2
BY_FREQUENCY: Final = ("given_name", "family_name", "both_names", "street")
ASKED: Final = (
    "given_name", "family_name", "both_names", "date_of_birth", "sex", "house_number", "street", "postcode", "phone", "nhs",
)  # fmt: skip

WIDE: Final = (
    "date_of_birth = $date_of_birth",
    "postcode = $postcode",
    "phone = $phone",
    "nhs = $nhs",
    "house_number = $house_number AND street = $street",
    "given_name = $given_name AND family_name = $family_name",
    "given_name = $family_name AND family_name = $given_name",
    "family_name = $family_name AND substr(date_of_birth, 1, 4) = substr($date_of_birth, 1, 4)",
    "given_name = $given_name AND substr(date_of_birth, 1, 4) = substr($date_of_birth, 1, 4)",
    "substr(given_name, 1, 3) = substr($given_name, 1, 3) AND substr(family_name, 1, 3) = substr($family_name, 1, 3)",
)
"""Who is a candidate: wide enough to find a name misspelt, a birthday turned about, or a family that moved."""


CLEANED: Final = r"""
    SELECT * REPLACE (right(regexp_replace(phone, '\D', '', 'g'), 10) AS phone, regexp_replace(nhs, '\D', '', 'g') AS nhs)
    FROM (SELECT nullif(lower(trim(COLUMNS(*))), '') FROM read_parquet(?))"""
"""Capitals, spaces and the ways of writing a number are no test of matching: records and questions are rid of them alike."""


class Peer:
    """The records in DuckDB, and a model that Splink trained on them."""

    def __init__(self, records: Path) -> None:
        begun = time.perf_counter()
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {THREADS}")
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute(
            f"CREATE TABLE plain AS SELECT {BOROUGH.select} FROM ({CLEANED})", [str(records)]
        )
        self.connection.execute("CREATE TABLE unlabelled AS SELECT * EXCLUDE (person) FROM plain")
        self._api = DuckDBAPI(connection=self.connection)
        linker = BOROUGH.train(self._api.register("unlabelled"))
        self._model = SettingsCreator.from_path_or_dict(linker.misc.save_model_to_json())
        for column in BY_FREQUENCY:
            self.connection.execute(
                f"""CREATE TABLE tf_{column} AS
                SELECT {column}, count(*) / sum(count(*)) OVER () AS tf FROM plain WHERE {column} IS NOT NULL GROUP BY ALL"""
            )
        self.connection.execute(f"CREATE TABLE people AS SELECT {self._with_frequencies('plain')}")
        self.seconds = time.perf_counter() - begun

    @staticmethod
    def _with_frequencies(source: str) -> str:
        joins = " ".join(f"LEFT JOIN tf_{column} USING ({column})" for column in BY_FREQUENCY)
        shares = ", ".join(f"tf_{column}.tf AS tf_{column}" for column in BY_FREQUENCY)
        return f"{source}.*, {shares} FROM {source} {joins}"

    def ask(self, question: dict[str, str | None]) -> list[str]:
        """Return the labels of the five best records, best first."""
        columns = ", ".join(f"${field}::VARCHAR AS {field}" for field in ASKED)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE said AS SELECT 'asked' AS record_id, {columns}", question
        )
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE asked AS SELECT {self._with_frequencies('said')}"
        )
        wide = " OR ".join(f"({rule})" for rule in WIDE)
        used = {field: question[field] for field in ASKED if f"${field}" in wide}
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE candidates AS SELECT * FROM people WHERE {wide}", used
        )
        compared = compare_records(
            self.connection.table("asked"),
            self.connection.table("candidates"),
            self._model,
            self._api,
            sql_cache_key="search",
        )
        best = self.connection.execute(
            f"""SELECT p.person FROM {compared.physical_name} c JOIN candidates p ON p.record_id = c.record_id_r
            ORDER BY c.match_weight DESC, p.record_id LIMIT {SHOWN}"""
        ).fetchall()
        self.connection.execute(f"DROP TABLE {compared.physical_name}")
        return [person for (person,) in best]


def questions(file: Path) -> Iterable[tuple[str, str, dict[str, str | None]]]:
    """Yield kind, label and terms of each question."""
    fields = [field for field in ASKED if field != "both_names"]
    rows = (
        duckdb.connect()
        .execute(f"SELECT kind, person, {', '.join(fields)} FROM ({CLEANED})", [str(file)])
        .fetchall()
    )
    for kind, person, *values in rows:
        terms = dict(zip(fields, values, strict=True))
        both = (terms["given_name"], terms["family_name"])
        yield kind, person, {**terms, "both_names": f"{both[0]} {both[1]}" if all(both) else None}


def measure(records: Path, queries: Path) -> dict[str, Any]:
    """Return the peer's figures, named as `footprint evaluate search` names them."""
    peer = Peer(records)
    asked = list(questions(queries))
    for _, _, terms in asked[:3]:
        peer.ask(terms)
    milliseconds, ranks = [], defaultdict(list)
    for kind, person, terms in asked:
        begun = time.perf_counter()
        found = peer.ask(terms)
        milliseconds.append((time.perf_counter() - begun) * 1000)
        ranks[kind].append(found.index(person) + 1 if person in found else 0)
    every = [rank for of_kind in ranks.values() for rank in of_kind]
    milliseconds.sort()
    return {
        "queries": len(every),
        "build_seconds": round(peer.seconds, 2),
        "p50_ms": round(milliseconds[len(milliseconds) // 2], 3),
        "p99_ms": round(milliseconds[len(milliseconds) * 99 // 100], 3),
        "recall_at_1": recall(every, 1),
        "recall_at_5": recall(every, SHOWN),
        "by_kind": {
            kind: {"queries": len(of), "recall_at_1": recall(of, 1), "recall_at_5": recall(of, SHOWN)}
            for kind, of in sorted(ranks.items())
        },
    }


def recall(ranks: list[int], depth: int) -> float:
    """Return the share of questions whose person stands among the first `depth` records."""
    return round(sum(0 < rank <= depth for rank in ranks) / max(1, len(ranks)), 4)


if __name__ == "__main__":
    json.dump(measure(*map(Path, sys.argv[1:])), sys.stdout)
