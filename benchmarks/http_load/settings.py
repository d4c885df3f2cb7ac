"""What the benchmarks of ingest read from their environment, and what their own broker adds."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class LoadSettings(BaseSettings):
    """The broker and the secrets of the server that posts to it, and how long and how often to measure.

    ``bench_seconds`` is the length of one run, ``bench_pairs`` how many alternating pairs there are.
    """

    kafka_bootstrap_servers: str
    ingest_key: SecretStr
    user_id_secret: SecretStr
    bench_seconds: float = 8
    bench_pairs: int = 5
