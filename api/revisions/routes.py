"""``GET /charts/{grain}/revisions``: what was restated, why, and who moved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.charts.window_starts import GrainInPath, WindowQuery, name_window, not_computed
from api.revisions.models import ChartRevisions
from api.revisions.queries import REVISIONS
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

router = APIRouter(prefix="/charts", tags=["charts"])


@router.get(
    "/{grain}/revisions",
    operation_id="list_revisions",
    summary="What was restated, why, and who moved",
    response_model=ChartRevisions,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region` or `not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def list_revisions(
    path: GrainInPath, asked: Annotated[WindowQuery, Query()], database: DatabaseDependency
) -> Response:
    """Newest first. A chart of a former revision is at `/charts/hourly?…&revision=`."""
    window = name_window(path, asked)
    rows = await database.fetch_all(REVISIONS[path.grain], window)
    if not rows:
        raise not_computed()
    facts = {**window, "window_end": rows[0]["window_end"], "revisions": rows}
    return answer_json(ChartRevisions.model_validate(facts), OPEN_SECONDS)
