"""How long the benchmarks of the lake measure."""

from __future__ import annotations

from pydantic_settings import BaseSettings


class LakeLoadSettings(BaseSettings):
    """Each field is the environment variable of the same name."""

    bench_pairs: int = 3
    bench_rows: int = 200_000
    bench_hours: int = 2
    commits: int = 300
