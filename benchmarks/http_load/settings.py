"""What the benchmarks of ingest read from their environment."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class LoadSettings(BaseSettings):
    """The running broker, and how long and how often to measure.

    ``bench_seconds`` is the length of one run, ``bench_pairs`` how many alternating pairs there are.
    """

    kafka_bootstrap_servers: str
    ingest_key: SecretStr
    bench_seconds: float = 8
    bench_pairs: int = 5
