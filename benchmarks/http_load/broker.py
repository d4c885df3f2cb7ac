"""A broker of the benchmarks' own, on the core that the load has: no stack needs to run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import SecretStr

from benchmarks.http_load.settings import LoadSettings
from benchmarks.http_load.wrk import LOAD_CORE
from local.provision import kafka_topic
from local.settings import LocalSettings
from local.stack import readiness
from tests.servers import KafkaServer
from tests.stack import make_environment, running, wait_for


@contextmanager
def own_broker() -> Iterator[LoadSettings]:
    """Start a real broker with an empty log; the settings of its producers. Both end with the context."""
    with tempfile.TemporaryDirectory(prefix="bench-kafka-") as folder:
        variables = make_environment(Path(folder))
        settings = LocalSettings.of(variables)
        with ExitStack() as broker:
            with _on_core(LOAD_CORE):
                process = broker.enter_context(running("local.servers.kafka", variables, "kafka"))
            wait_for(process, "kafka", settings, readiness.kafka_answers)
            kafka_topic.bring_in_line(settings)
            yield _load_settings(variables)


def _load_settings(variables: Mapping[str, str]) -> LoadSettings:
    key, secret = (SecretStr(variables[name]) for name in ("INGEST_KEY", "USER_ID_SECRET"))
    return LoadSettings(kafka=KafkaServer(variables), ingest_key=key, user_id_secret=secret)


@contextmanager
def _on_core(core: int) -> Iterator[None]:
    """Have what is started here run on one core; this process alone goes back where it was."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
