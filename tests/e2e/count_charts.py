"""The charts that a file of plays must give: the same rules, counted a second time by DuckDB.

It shares no code with the line (nothing here imports a stage, and the rules in the two SQL files
beside it are written on their own), so that the two can only agree by both being right.

    python -m tests.e2e.count_charts PLAYS.jsonl[.gz] --secret SECRET --out counts.parquet
"""

from __future__ import annotations

import argparse
import gzip
import hmac
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import IO, Final, cast

import duckdb
import pyarrow as pa
import pycountry

from notebooks.song_identity import identify_song
from tests.e2e.compare_charts import CHART_COLUMNS, compare

__all__ = ["Accounts", "Expected", "compare", "expected_charts"]

SQL_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class Accounts:
    """What became of the lines of a file; all but ``misjudged`` add up to ``lines``.

    ``misjudged`` counts verdicts that the rules of the wire contradict (0 without a ledger).
    """

    lines: int
    counted: int
    too_short: int
    over_cap: int
    duplicates: int
    rejected: int
    unconfirmed: int
    misjudged: int

    def since(self, before: Accounts) -> Accounts:
        """What was added since an earlier count: the cap of a listener counts over both."""
        return Accounts(*(now - then for now, then in zip(astuple(self), astuple(before), strict=True)))


@dataclass(frozen=True)
class Expected:
    """The charts (one row per region, window and rank; ``CHART_COLUMNS``) and the accounts."""

    hourly: pa.Table
    daily: pa.Table
    accounts: Accounts


def expected_charts(plays_file: Path, secret: bytes, *, is_ledger: bool = False) -> Expected:
    """Count a file of plays (JSON lines, gzip by its name) in the order of its lines.

    ``secret`` is what ingest hashes listeners with (it decides derived play ids, hence ties).
    With ``is_ledger`` the lines are the simulator's, and its verdicts say what was accepted;
    without, the rules of the wire do. Raises OSError when the file cannot be read.
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("lines", _read_lines(plays_file, is_ledger))
        judge_lines(connection)
        connection.register("listeners", _hash_listeners(connection, secret))
        return count_accepted(connection)


def judge_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """From ``lines`` (well_formed_plays.sql) to those that are accepted."""
    connection.register("regions", _all_regions())
    run_sql(connection, "well_formed_plays.sql")


def count_accepted(connection: duckdb.DuckDBPyConnection) -> Expected:
    """From accepted plays and ``listeners`` (counted_charts.sql) to charts."""
    connection.register("spellings", _identify_songs(connection))
    run_sql(connection, "counted_charts.sql")
    return Expected(
        hourly=_charts_of(connection, "hour"),
        daily=_charts_of(connection, "day"),
        accounts=_account_for(connection),
    )


def run_sql(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one of the SQL files of this folder."""
    connection.execute((SQL_FOLDER / name).read_text(encoding="utf-8"))


def _open_lines(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _decode(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return ""  # no JSON, so it is counted as refused


def _read_lines(path: Path, is_ledger: bool) -> pa.Table:
    with _open_lines(path) as opened:
        bodies = [_decode(line) for line in opened if line.strip()]
    numbers = pa.array(range(len(bodies)), pa.int64())
    verdicts: list[str | None] = [None] * len(bodies)
    if is_ledger:
        entries = [json.loads(body) for body in bodies]
        bodies = list(_posted_bodies(entries))
        verdicts = [entry["verdict"] for entry in entries]
    return pa.table(
        {
            "line_number": numbers,
            "body": pa.array(bodies, pa.large_string()),
            "verdict": pa.array(verdicts, pa.string()),
        }
    )


def _posted_bodies(entries: Iterable[dict[str, object]]) -> Iterator[str]:
    for entry in entries:
        body = entry["body"]
        yield body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)


def _all_regions() -> pa.Table:
    return pa.table({"region": [country.alpha_2 for country in pycountry.countries]})


def _hash_listeners(connection: duckdb.DuckDBPyConnection, secret: bytes) -> pa.Table:
    rows = connection.execute("select distinct user_id from accepted").fetchall()
    names = [str(name) for (name,) in rows]
    return pa.table(
        {
            "user_id": pa.array(names, pa.string()),
            "listener": pa.array((_hash_listener(name, secret) for name in names), pa.string()),
        }
    )


def _hash_listener(name: str, secret: bytes) -> str:
    return hmac.digest(secret, name.encode(), "sha256").hex()


def _identify_songs(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    spellings = connection.sql("select distinct title, artist from accepted").to_arrow_table()
    pairs = zip(spellings["title"].to_pylist(), spellings["artist"].to_pylist(), strict=True)
    song_ids = pa.array((identify_song(title, artist) for title, artist in pairs), pa.string())
    return spellings.append_column("song_id", song_ids)


def _charts_of(connection: duckdb.DuckDBPyConnection, grain: str) -> pa.Table:
    columns = ", ".join(CHART_COLUMNS)
    return connection.sql(
        f"select {columns} from charts where grain = '{grain}' order by region, window_start, rank"
    ).to_arrow_table()


def _account_for(connection: duckdb.DuckDBPyConnection) -> Accounts:
    row = connection.execute("""
        select
            (select count(*) from lines),
            (select coalesce(sum(plays), 0)::bigint from listener_hours),
            (select count(*) from plays where not eligible),
            (select coalesce(sum(eligible_plays - plays), 0)::bigint from listener_hours),
            (select count(*) from copies) - (select count(*) from plays),
            (select count(*) from judged where verdict = 'rejected'),
            (select count(*) from judged where verdict = 'unconfirmed'),
            (select count(*) from judged
             where verdict <> 'unconfirmed' and (verdict = 'accepted') <> well_formed)
        """).fetchone()
    assert row is not None
    return Accounts(*row)


def main(arguments: list[str]) -> int:
    """Print the accounts; write the charts to a Parquet file; compare with Postgres if asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.count_charts")
    parser.add_argument("plays", type=Path)
    parser.add_argument("--secret", default=os.environ.get("USER_ID_SECRET", ""))
    parser.add_argument("--ledger", action="store_true", help="the file is a simulator's ledger")
    parser.add_argument("--out", type=Path, help="a Parquet file for the charts")
    parser.add_argument("--compare", metavar="DSN", help="compare with the charts in this Postgres")
    options = parser.parse_args(arguments)
    expected = expected_charts(options.plays, options.secret.encode(), is_ledger=options.ledger)
    sys.stdout.write(json.dumps(asdict(expected.accounts)) + "\n")
    if options.out:
        _write_parquet(expected, options.out)
    differences = compare(expected, options.compare) if options.compare else []
    sys.stdout.writelines(f"{difference}\n" for difference in differences)
    return 1 if differences else 0


def _write_parquet(expected: Expected, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("hourly", expected.hourly)
        connection.register("daily", expected.daily)
        connection.sql(
            "select 'hour' as grain, * from hourly union all select 'day' as grain, * from daily"
        ).write_parquet(str(path))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
