"""What the api counts, for Prometheus, and ``GET /metrics``."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from fastapi import APIRouter, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNMATCHED: Final = "unmatched"

router = APIRouter(tags=["operations"])


class Metrics:
    """Requests of one app, by method, route (the pattern, not the address) and status."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Histogram(
            "api_request_seconds",
            "From a request's arrival to the end of its answer.",
            ["method", "route", "status"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=self.registry,
        )

        self._cached = Counter(
            "api_cached_responses",
            "Answers from memory: fresh ones, and stale ones while Postgres was unavailable.",
            ["kind"],
            registry=self.registry,
        )
        self._lake_seconds = Histogram(
            "api_lake_seconds",
            "What it took to look a play up on the lake.",
            ["outcome"],
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
            registry=self.registry,
        )

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Tell Prometheus a number as it is at the time of asking."""
        Gauge(name, meaning, registry=self.registry).set_function(value)

    def count_cached(self, kind: str) -> None:
        """Count one answer from memory, ``fresh`` or ``stale``."""
        self._cached.labels(kind).inc()

    def record_lake(self, outcome: str, seconds: float) -> None:
        """Count one look at the lake, ``found``, ``none`` or ``unavailable``."""
        self._lake_seconds.labels(outcome).observe(seconds)

    def record(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one answered request."""
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "OPTIONS", "POST"} else "other"
        route = getattr(scope.get("route"), "path", UNMATCHED) or UNMATCHED
        self._requests.labels(method, route, status).observe(seconds)


class MeasureRequests:
    """ASGI middleware that times every HTTP request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and record how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            self._metrics.record(scope, status, perf_counter() - started)


@router.get(
    "/metrics",
    operation_id="get_metrics",
    summary="Counts for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def get_metrics(request: Request) -> Response:
    """Prometheus' text format."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)
