"""What the benchmarks of the api read from their environment."""

from __future__ import annotations

from pydantic_settings import BaseSettings


class ChartLoadSettings(BaseSettings):
    """How long and how often to measure.

    ``bench_seconds`` is the length of one run, ``bench_pairs`` how many alternating pairs there are.
    The api that is measured reads the running stack's Postgres by the same variables as ever.
    """

    bench_seconds: float = 8
    bench_pairs: int = 5
