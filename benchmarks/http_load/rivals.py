"""The apps that ingest is measured against, each written as its library's documentation has it.

All take the same play with the same model at ``POST /play``; those with a producer answer after the
broker's acknowledgement, with ``acks=all``.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]
from confluent_kafka.aio import AIOProducer
from fastapi import FastAPI
from kafka import KafkaProducer  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope

from benchmarks.http_load.settings import ProducerSettings
from ingest.kafka.publisher import KafkaPublisher
from ingest.play import SubmittedPlay
from ingest.plays.plain_plays import PlainReader
from ingest.plays.replies import Reply, write_accepted_play
from ingest.web.fast_path import FastPath, read_body

TOPIC = os.environ.get("KAFKA_TOPIC", "")
ACCEPTED = 202


def _login() -> dict[str, str]:
    """How the producers of Python alone connect."""
    kafka = ProducerSettings().kafka
    return {
        "bootstrap_servers": kafka.bootstrap_servers,
        "security_protocol": kafka.security_protocol,
        "sasl_mechanism": kafka.sasl_mechanism,
        "sasl_plain_username": kafka.user,
        "sasl_plain_password": kafka.password.get_secret_value(),
    }


def echo() -> FastAPI:
    """FastAPI and pydantic alone: takes the play and gives it back."""
    app = FastAPI()

    @app.post("/play", status_code=ACCEPTED)
    async def submit_play(play: SubmittedPlay) -> SubmittedPlay:
        return play

    return app


def with_aioproducer() -> FastAPI:
    """confluent-kafka's producer for asyncio."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.producer = AIOProducer({**ProducerSettings().kafka.librdkafka_options(), "acks": "all"})
        yield
        await app.state.producer.close()

    app = FastAPI(lifespan=lifespan)

    @app.post("/play", status_code=ACCEPTED)
    async def submit_play(play: SubmittedPlay) -> dict[str, str]:
        confirmed = await app.state.producer.produce(TOPIC, value=play.model_dump_json().encode())
        await confirmed
        return {"status": "accepted"}

    return app


def with_aiokafka() -> FastAPI:
    """aiokafka."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.producer = AIOKafkaProducer(**_login(), acks="all")
        await app.state.producer.start()
        yield
        await app.state.producer.stop()

    app = FastAPI(lifespan=lifespan)

    @app.post("/play", status_code=ACCEPTED)
    async def submit_play(play: SubmittedPlay) -> dict[str, str]:
        await app.state.producer.send_and_wait(TOPIC, play.model_dump_json().encode())
        return {"status": "accepted"}

    return app


def with_kafka_python() -> FastAPI:
    """kafka-python, whose calls block: FastAPI runs such a route in a thread."""
    producer = KafkaProducer(**_login(), acks="all", value_serializer=lambda value: json.dumps(value).encode())
    app = FastAPI()

    @app.post("/play", status_code=ACCEPTED)
    def submit_play(play: SubmittedPlay) -> dict[str, str]:
        producer.send(TOPIC, play.model_dump(mode="json")).get(timeout=10)
        return {"status": "accepted"}

    return app


def without_guards() -> ASGIApp:
    """Ingest's own way to Kafka with neither keys, limits, ids nor metrics around it."""
    publisher = KafkaPublisher(ProducerSettings().kafka, TOPIC, 10)
    reader = PlainReader(os.environ["USER_ID_SECRET"].encode())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await publisher.start()
        gc.freeze()
        yield
        await publisher.close()

    async def submit_play(scope: Scope, receive: Receive) -> Reply:
        play = reader.read_play(await read_body(receive), {}, "local", datetime.now(UTC))
        await publisher.publish([play])
        return Reply(ACCEPTED, write_accepted_play(play.play_id))

    return FastPath(Starlette(lifespan=lifespan), {"/play": submit_play})
