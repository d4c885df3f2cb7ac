"""What ingest counts, for Prometheus."""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MULTIPROCESS_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where the workers of one server keep their counts for each other to read."""

_OWN: Final = CollectorRegistry()

PLAYS: Final = Counter("ingest_plays", "Plays by verdict: accepted, rejected, unconfirmed.", ["status"], registry=_OWN)
KEY_PLAYS: Final = Counter(
    "ingest_key_plays",
    "Accepted plays by name of the key and region: which key fills a chart.",
    ["key", "region"],
    registry=_OWN,
)
KEY_LISTENERS: Final = Counter(
    "ingest_key_listeners",
    "Listeners of unbound keys, each once in an hour of the clock, by id of the key.",
    ["key"],
    registry=_OWN,
)
REFUSALS: Final = Counter("ingest_refusals", "Refused plays by the code of their first fault.", ["code"], registry=_OWN)
REFUSED_REQUESTS: Final = Counter(
    "ingest_refused_requests",
    "Requests refused as a whole, by route, status and name of the key (empty: no valid key).",
    ["route", "status", "key"],
    registry=_OWN,
)
CONFIRMATION_SECONDS: Final = Histogram(
    "ingest_confirmation_seconds",
    "From a valid request to the broker's answer for its last play.",
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)
PRODUCER_REBUILDS: Final = Counter("ingest_producer_rebuilds", "Producers replaced after a fatal error.", registry=_OWN)


def expose() -> bytes:
    """Every count in Prometheus' text format, summed over the server's workers."""
    if MULTIPROCESS_VARIABLE not in os.environ:
        return generate_latest(_OWN)
    everyone = CollectorRegistry()
    MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
    return generate_latest(everyone)
