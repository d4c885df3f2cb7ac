"""The charts api: reads schema ``charts`` of Postgres, and serves the dashboard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import httpx
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api import charts, health, metrics, pages, regions, songs, status, updates, windows
from api.chart_updates import ChartUpdates
from api.database import Database, connection_string
from api.error_handlers import answer_with_problems
from api.head_requests import AnswerHead
from api.ingest_probe import IngestProbe
from api.metrics import MeasureRequests, Metrics
from api.pages import Dashboard
from api.problems import add_problem_schemas
from api.settings import Settings

ABOUT: Final = (
    "Top songs by region, hour and day, seconds after they were played. Times are UTC; errors are "
    "RFC 9457 problem documents with a stable `code`; answers carry a strong `ETag`."
)
ROUTERS: Final = (
    charts.router,
    updates.router,
    regions.router,
    windows.router,
    songs.router,
    status.router,
    health.router,
    metrics.router,
    pages.router,
)


def describe_app() -> FastAPI:
    """The app with its routes and nothing behind them: enough to write the OpenAPI document."""
    # FastAPI's own /docs loads its scripts from another host; this one brings them along.
    app = FastAPIOffline(title="Top Songs", version="1", description=ABOUT, docs_url="/docs", redoc_url=None)
    answer_with_problems(app)
    add_problem_schemas(app)
    for router in ROUTERS:
        app.include_router(router)
    return app


@asynccontextmanager
async def _connect(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with AsyncExitStack() as stack:
        app.state.database = await stack.enter_async_context(Database(settings))
        client = await stack.enter_async_context(httpx.AsyncClient())
        app.state.ingest_probe = IngestProbe(client, settings.ingest_url)
        app.state.chart_updates = ChartUpdates()
        listening = asyncio.create_task(app.state.chart_updates.listen(connection_string(settings)))
        stack.callback(listening.cancel)
        yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app as it is served; settings come from the environment unless given."""
    app = describe_app()
    app.router.lifespan_context = _connect
    app.state.settings = settings or Settings()
    app.state.metrics = Metrics()
    app.add_middleware(MeasureRequests, metrics=app.state.metrics)
    app.add_middleware(AnswerHead)
    app.mount("/", Dashboard(app.state.settings.frontend_dist))
    return app
