"""The outcome of a benchmark whose ratio is a cost: it is to be small."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.http_load.pairs import conclude


def conclude_at_most(name: str, goal: float, ratios: Sequence[float]) -> dict[str, Any]:
    """The outcome of a benchmark whose ratio is to be ``goal`` or less."""
    return conclude(name, goal, list(ratios)) | {"holds": median(ratios) <= goal}
