"""The charts api: reads schema ``charts`` of Postgres, and serves the dashboard."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import httpx
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware

from api import dashboard
from api.archive import leaders, number_ones, placements
from api.charts import regions, windows
from api.charts import routes as charts
from api.dashboard import Dashboard
from api.embeds import routes as embeds
from api.explain import routes as explain
from api.feeds import routes as feeds
from api.observability import health, metrics, status
from api.observability.ingest_probe import IngestProbe
from api.observability.metrics import MeasureRequests, Metrics
from api.previews import routes as cards
from api.receipts import routes as receipts
from api.reconciliation import routes as reconciliation
from api.revisions import routes as revisions
from api.search import songs as song_search
from api.settings import Settings
from api.shutdown import before_stopping
from api.songs import routes as songs
from api.storage.database import Database, connection_string
from api.storage.lake import Lake
from api.updates import routes as updates
from api.updates.fan_out import ChartUpdates
from api.web.cache_responses import CacheResponses
from api.web.cached_responses import CachedResponses
from api.web.compression import CompressResponses
from api.web.error_handlers import answer_with_problems
from api.web.head_requests import AnswerHead
from api.web.openapi_examples import restore_examples
from api.web.problems import add_problem_schemas
from api.web.security_headers import security_headers
from serving.added_headers import AddedHeaders

ABOUT: Final = (
    "Top songs by region, hour and day, seconds after they were played. Times are UTC; errors are "
    "RFC 9457 problem documents with a stable `code`; answers carry a strong `ETag`."
)
ROUTERS: Final = (
    charts.router,
    leaders.router,
    number_ones.router,
    feeds.router,
    cards.router,
    revisions.router,
    explain.router,
    updates.router,
    regions.router,
    windows.router,
    songs.router,
    placements.router,
    song_search.router,
    embeds.router,
    receipts.router,
    reconciliation.router,
    status.router,
    health.router,
    metrics.router,
    dashboard.router,
)


def describe_app() -> FastAPI:
    """The app with its routes and nothing behind them: enough to write the OpenAPI document."""
    # FastAPI's own /docs loads its scripts from another host; this one brings them along.
    app = FastAPIOffline(title="Top Songs", version="1", description=ABOUT, docs_url="/docs", redoc_url=None)
    answer_with_problems(app)
    add_problem_schemas(app)
    for router in ROUTERS:
        app.include_router(router)
    restore_examples(app, ROUTERS)
    return app


@asynccontextmanager
async def _connect(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    chart_updates: ChartUpdates = app.state.chart_updates
    async with AsyncExitStack() as stack:
        app.state.database = await stack.enter_async_context(Database(settings))
        app.state.lake = stack.enter_context(Lake(settings))
        client = await stack.enter_async_context(httpx.AsyncClient())
        app.state.ingest_probe = IngestProbe(client, settings.ingest_url)
        listening = asyncio.create_task(chart_updates.listen(connection_string(settings)))
        stack.callback(listening.cancel)
        stack.enter_context(before_stopping(chart_updates.end))
        # These objects live as long as the process: a collection that visits all of them delays requests.
        gc.freeze()
        stack.callback(gc.unfreeze)
        yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app as it is served; settings come from the environment unless given."""
    app = describe_app()
    app.router.lifespan_context = _connect
    app.state.settings = settings or Settings()
    app.state.metrics = Metrics()
    app.state.chart_updates = ChartUpdates()
    _add_middleware(app, app.state.settings)
    app.mount("/", Dashboard(app.state.settings.frontend_dist))
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """The last one added hears a request first."""
    metrics: Metrics = app.state.metrics
    chart_updates: ChartUpdates = app.state.chart_updates
    memory = CachedResponses(settings.api_memory_bytes)
    chart_updates.call_on_update(memory.expire)
    metrics.watch("api_cache_bytes", "Size of the cached responses.", lambda: memory.bytes)
    metrics.watch("api_event_streams", "Open streams of chart updates.", lambda: chart_updates.subscribers)
    app.add_middleware(CacheResponses, memory=memory, metrics=metrics)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=["Age", "ETag", "Link", "Retry-After"],
        )
    app.add_middleware(CompressResponses)
    app.add_middleware(MeasureRequests, metrics=metrics)
    app.add_middleware(AnswerHead)
    app.add_middleware(AddedHeaders, choose=security_headers)
