"""The ingest service, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from fastapi import FastAPI

from ingest.authentication import KeyRing
from ingest.health import build_health_routes
from ingest.limits import MAXIMUM_BATCH_BYTES, MAXIMUM_PLAY_BYTES, BodyLimit
from ingest.openapi import document_routes
from ingest.problems import answer_with_problems
from ingest.publisher import KafkaPublisher, Publisher
from ingest.settings import Settings
from ingest.submit import PlayDoor

VERSION: Final = "0.1.0"


def create_app(settings: Settings | None = None, publisher: Publisher | None = None) -> FastAPI:
    """The service with its settings from the environment and its plays to Kafka, unless given."""
    settings = settings or Settings()
    publisher = publisher or _publish_to_kafka(settings)
    app = FastAPI(
        title="Top Songs ingest",
        version=VERSION,
        description="Takes song plays. A 2xx answer means that the play is stored.",
        lifespan=_keep_open(publisher),
        redirect_slashes=False,
    )
    _add_play_routes(app, settings, publisher)
    app.include_router(build_health_routes(publisher))
    answer_with_problems(app)
    document_routes(app)
    return app


def _publish_to_kafka(settings: Settings) -> Publisher:
    return KafkaPublisher(
        settings.kafka_bootstrap_servers,
        settings.kafka_topic,
        settings.ingest_delivery_timeout_seconds,
    )


def _keep_open(publisher: Publisher) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await publisher.start()
        yield
        await publisher.close()

    return lifespan


def _add_play_routes(app: FastAPI, settings: Settings, publisher: Publisher) -> None:
    keys = KeyRing(settings.ingest_key.get_secret_value(), settings.ingest_key_file)
    door = PlayDoor(publisher, keys, settings.listener_secret)
    # Plain routes: each reads its body once and validates the bytes, which is half the cost of
    # a route whose body FastAPI parses. `openapi.py` describes them.
    app.add_route("/play", door.submit_play, methods=["POST"])
    app.add_route("/plays", door.submit_plays, methods=["POST"])
    limits = {"/play": MAXIMUM_PLAY_BYTES, "/plays": MAXIMUM_BATCH_BYTES}
    app.add_middleware(BodyLimit, limits=limits, default=MAXIMUM_PLAY_BYTES)
