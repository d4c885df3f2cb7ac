"""The artifact of a run of settle_charts: a table with one row per stage and dbt node."""

from __future__ import annotations

from typing import Any

from orchestration.charts.build_charts import Built
from orchestration.ledger.enrichments import Tally


def describe_run(tally: Tally | None, slices: int, built: Built, seconds: dict[str, float]) -> list[dict[str, Any]]:
    """Return the rows of the table, in order of time; `seconds` is by stage."""
    stages = {"silver": _describe_tally(tally), "counts": f"{slices} slices", "charts": f"{built.windows} windows"}
    nodes = [{"stage": f"dbt: {name}", "done": "passed", "seconds": took} for name, took in built.seconds.items()]
    return [{"stage": name, "done": done, "seconds": seconds[name]} for name, done in stages.items()] + nodes


def _describe_tally(tally: Tally | None) -> str:
    if tally is None:
        return "nothing new"
    parts = f"{tally.plays} plays + {tally.duplicates} duplicates + {tally.malformed} malformed"
    return f"{tally.received} received = {parts}; no gap in Kafka's offsets"
