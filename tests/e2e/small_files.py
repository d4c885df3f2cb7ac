"""Small files of plays, and what the independent count makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.e2e.count_charts import Expected, expected_charts

SECRET = b"a secret"
Body = dict[str, Any]
Row = dict[str, Any]


def play(listener: str = "ann", at: str = "2026-11-20T10:00:00Z", title: str = "One", **changes: Any) -> Body:
    return {
        "user_id": listener,
        "title": title,
        "artist": "Trio",
        "region": "GB",
        "played_at": at,
    } | changes


def plays_of(title: str, count: int, at: str, **changes: Any) -> Iterator[Body]:
    """Plays of one song by ``count`` listeners at one time."""
    return (play(f"{title}-{number}", at, title, **changes) for number in range(count))


def count(folder: Path, lines: Iterable[Body | str], *, is_ledger: bool = False) -> Expected:
    file = folder / "plays.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return expected_charts(file, SECRET, is_ledger=is_ledger)


def chart(table: pa.Table, region: str, window: str) -> list[Row]:
    start = datetime.fromisoformat(window).replace(tzinfo=UTC)
    return [row for row in table.to_pylist() if (row["region"], row["window_start"]) == (region, start)]


def titles(rows: list[Row]) -> list[str]:
    return [row["title"] for row in rows]


def column(table: pa.Table, title: str, name: str, region: str = "GB") -> list[Any]:
    """One song's values over time."""
    return [row[name] for row in table.to_pylist() if (row["region"], row["title"]) == (region, title)]
