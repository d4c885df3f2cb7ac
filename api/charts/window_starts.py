"""The window that a request names by its start, for routes whose address has the grain."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.charts.grains import LENGTHS, ChartPath, Grain, Instant
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.web.problems import FieldProblem, ProblemCode, ProblemError, not_found

GrainInPath = Annotated[ChartPath, Path(alias="grain", description="Length of the window.")]

StartOrNewest = Annotated[
    Instant | None,
    Field(
        description="Start of the hour, or of the UTC day, with its zone; left out: the newest with entries.",
        examples=["2026-11-22T14:00:00Z"],
    ),
]


class WindowQuery(BaseModel):
    """Which window of which region."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    window_start: Annotated[
        Instant,
        Field(
            description="Start of the hour, or of the UTC day, with its zone.",
            examples=["2026-11-22T14:00:00Z"],
        ),
    ]


def name_window(path: ChartPath, asked: WindowQuery) -> dict[str, object]:
    """The parameters that say which window is meant: grain, region, window_start, length.

    Raises ``unknown_region``, and ``invalid_parameter`` when no window of this grain starts then.
    """
    require_start(path.grain, asked.window_start)
    return {
        "grain": path.grain,
        "region": resolve_region(asked.region),
        "window_start": asked.window_start,
        "length": LENGTHS[path.grain],
    }


def not_computed() -> ProblemError:
    """The problem of a window that has not been counted yet."""
    detail = "This window has not been counted yet; /status tells how far the charts are complete."
    return not_found(ProblemCode.NOT_COMPUTED, detail)


def require_start(grain: Grain, instant: datetime | None) -> None:
    """Raise ``invalid_parameter`` when no window of this grain starts at ``instant``; None names none."""
    if instant is None or instant == _start_of(grain, instant):
        return
    message = f"must be the start of a UTC {grain}"
    error = FieldProblem(field="window_start", code=f"not_a_start_of_{grain}", message=message)
    raise ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID_PARAMETER, f"window_start: {message}", errors=[error]
    )


def _start_of(grain: Grain, instant: datetime) -> datetime:
    whole = instant.replace(minute=0, second=0, microsecond=0)
    return whole.replace(hour=0) if grain is Grain.DAY else whole
