"""``/healthz``, ``/readyz``: is the process alive, can it answer."""

from __future__ import annotations

from typing import Final, Literal

from fastapi import APIRouter
from psycopg.sql import SQL
from pydantic import BaseModel, ConfigDict

from api.storage.database import DatabaseDependency
from api.web.problems import describe

router = APIRouter(tags=["operations"])

_ANYTHING: Final = SQL("select 1")


class Health(BaseModel):
    """The process runs."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Postgres answers."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    status: Literal["ready"] = "ready"


@router.get("/healthz", operation_id="get_health", summary="Is the process alive?")
async def get_health() -> Health:
    """Asks nothing of anyone else."""
    return Health()


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Can charts be served?",
    responses=describe(_503="Postgres is unavailable."),
)
async def get_readiness(database: DatabaseDependency) -> Readiness:
    """Asks Postgres for an answer."""
    await database.fetch_one(_ANYTHING, {})
    return Readiness()
