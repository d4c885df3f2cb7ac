"""``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from ingest.kafka.publisher import Publisher
from ingest.observability.metrics import expose
from ingest.web.problems import MEDIA_TYPE, ProblemCode, ProblemDocument, ProblemError


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """A play posted now would be confirmed."""

    status: Literal["ready"] = "ready"


_NOT_READY: Final[dict[int | str, dict[str, Any]]] = {
    503: {
        "description": "A play posted now would not be confirmed.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
        "model": ProblemDocument,
    }
}


def build_health_routes(publisher: Publisher) -> APIRouter:
    """The routes that say how ingest is; they need no key."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def tell_alive() -> Alive:
        """Whether the process answers at all."""
        return Alive()

    @router.get("/readyz", responses=_NOT_READY)
    async def tell_ready() -> Ready:
        """Whether a play posted now would be confirmed: the broker itself is asked."""
        if not await publisher.can_confirm():
            raise _not_ready()
        return Ready()

    @router.get("/metrics", response_class=Response)
    async def show_metrics() -> Response:
        """Counts for Prometheus."""
        return Response(expose(), media_type=CONTENT_TYPE_LATEST)

    return router


def _not_ready() -> ProblemError:
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        ProblemCode.NOT_READY,
        "Kafka does not confirm plays at the moment.",
        headers={"Retry-After": "1"},
    )
