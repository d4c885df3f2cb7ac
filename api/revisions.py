"""``GET /charts/{grain}/revisions``: what was restated, why, and who moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.conditional import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.database import DatabaseDependency
from api.former_queries import REVISIONS
from api.problems import describe
from api.revision_models import Cause, ChartRevisions
from api.window_starts import GrainInPath, WindowQuery, name_window, not_computed

router = APIRouter(prefix="/charts", tags=["charts"])


def find_causes(before: dict[str, Any], after: dict[str, Any]) -> list[Cause]:
    """Why ``after`` differs from ``before``: two revisions' counts, as the database gives them.

    Every play that reaches a final chart is late, so plays came if there are more plays or more late ones,
    and plays went if there are fewer than the late ones explain. When neither came or went, the same plays
    were counted anew with another outcome.
    """
    more, later = (after[name] - before[name] for name in ("raw_plays", "late"))
    causes = [Cause.LATE_PLAYS] if more > 0 or later > 0 else []
    if more < later or more < 0:
        causes.append(Cause.ERASURE)
    return causes or [Cause.REBUILD]


def _tell_causes(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    told = [{**after, "causes": find_causes(before, after)} for after, before in pairwise(rows)]
    return [*told, {**rows[-1], "causes": []}]


@router.get(
    "/{grain}/revisions",
    operation_id="list_revisions",
    summary="What was restated, why, and who moved",
    response_model=ChartRevisions,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region` or `not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_away` or `charts_not_built`; see `Retry-After`.",
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
    facts = {**window, "window_end": rows[0]["window_end"], "revisions": _tell_causes(rows)}
    return answer_json(ChartRevisions.model_validate(facts), OPEN_SECONDS)
