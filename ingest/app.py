"""The ingest service, put together."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Final

from fastapi import FastAPI
from starlette.types import ASGIApp

from ingest.access.allowances import Allowances
from ingest.access.authentication import KeyRing
from ingest.access.gate import Gate
from ingest.access.key_limits import KeyLimits
from ingest.audioscrobbler import routes as audioscrobbler
from ingest.audioscrobbler.recent_tracks import RecentTracks
from ingest.kafka.publisher import KafkaPublisher, Publisher
from ingest.listenbrainz.paths import ListenBrainzPaths
from ingest.listenbrainz.reads import build_routes
from ingest.listenbrainz.submit import ListenDoor
from ingest.listenbrainz.token import TokenRoute
from ingest.observability.health import build_health_routes
from ingest.observability.request_log import RequestLog
from ingest.openapi.document import document_routes
from ingest.own_listens.playing import PlayingNow
from ingest.own_listens.postgres import PostgresListens
from ingest.own_listens.store import ListenStore, NoListens
from ingest.plays.recorder import Recorder
from ingest.plays.submit import PlayDoor
from ingest.settings import Settings
from ingest.web.error_answers import answer_with_problems
from ingest.web.fast_path import FastPath, as_route
from ingest.web.limits import MAXIMUM_BATCH_BYTES, MAXIMUM_PLAY_BYTES, BodyLimit
from ingest.web.security_headers import security_headers
from serving.added_headers import AddedHeaders

VERSION: Final = "0.1.0"


def create_app(
    settings: Settings | None = None, publisher: Publisher | None = None, store: ListenStore | None = None
) -> ASGIApp:
    """The service with its settings from the environment, plays to Kafka and listens from Postgres, unless given."""
    settings = settings or Settings()
    publisher = publisher or _publish_to_kafka(settings)
    store = store or _read_from_postgres(settings)
    app = FastAPI(
        title="Top Songs ingest",
        version=VERSION,
        description="Takes song plays. A 2xx answer means that the play is stored.",
        lifespan=_keep_open(publisher, store),
        redirect_slashes=False,
    )
    app.include_router(build_health_routes(publisher))
    answer_with_problems(app)
    app.add_middleware(AddedHeaders, choose=security_headers)
    document_routes(app)
    return _guard(_add_doors(app, settings, publisher, store), settings)


def _publish_to_kafka(settings: Settings) -> Publisher:
    return KafkaPublisher(
        settings.kafka,
        settings.kafka_topic,
        settings.ingest_delivery_timeout_seconds,
    )


def _read_from_postgres(settings: Settings) -> ListenStore:
    password = settings.postgres_ingest_password
    if password is None:
        return NoListens()
    place = settings.postgres_host, settings.postgres_port, settings.postgres_database
    return PostgresListens(*place, password.get_secret_value())


def _keep_open(publisher: Publisher, store: ListenStore) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await publisher.start()
        await store.open()
        # What is there now stays; looking at all of it again and again costs a sixth of the plays a second.
        gc.freeze()
        yield
        gc.unfreeze()
        await publisher.close()
        await store.close()

    return lifespan


def _add_doors(app: FastAPI, settings: Settings, publisher: Publisher, store: ListenStore) -> ASGIApp:
    gate = _build_gate(settings)
    recorder = Recorder(publisher, settings.listener_secret, _build_limits(settings))
    playing = PlayingNow(store, settings.listener_secret)
    plays, listens = PlayDoor(gate, recorder), ListenDoor(gate, recorder, playing)
    # Plain routes: each reads its body once and validates the bytes, which is half the cost of
    # a route whose body FastAPI parses. `route_documents.py` describes them.
    posts = {
        "/play": plays.submit_play,
        "/plays": plays.submit_plays,
        "/1/submit-listens": listens.submit_listens,
    }
    for path, endpoint in posts.items():
        app.add_route(path, as_route(endpoint), methods=["POST"])
    app.add_route("/1/validate-token", TokenRoute(gate).validate_token, methods=["GET"])
    app.router.routes.extend(build_routes(gate, store, settings.listener_secret))
    recent = RecentTracks(store, settings.listener_secret)
    app.router.routes.extend(audioscrobbler.build_routes(gate, recorder, playing, recent))
    return FastPath(app, posts)


def _build_limits(settings: Settings) -> KeyLimits:
    return KeyLimits(timedelta(days=settings.ingest_oldest_play_days), settings.ingest_listeners_per_hour)


def _build_gate(settings: Settings) -> Gate:
    keys = KeyRing(settings.ingest_key.get_secret_value(), settings.ingest_key_file)
    return Gate(keys, Allowances(settings.worker_rate_limit, settings.ingest_rate_limit_seconds))


def _guard(app: ASGIApp, settings: Settings) -> ASGIApp:
    limits = dict.fromkeys(("/plays", "/1/submit-listens", *audioscrobbler.LARGE_BODIES), MAXIMUM_BATCH_BYTES)
    return ListenBrainzPaths(
        RequestLog(BodyLimit(app, limits, MAXIMUM_PLAY_BYTES, settings.ingest_request_timeout_seconds))
    )
