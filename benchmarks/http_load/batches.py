"""Plays a second, and what each costs, when they come in batches."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from benchmarks.http_load.pairs import ACCEPTED, INGEST, WARM_UP_SECONDS
from benchmarks.http_load.plays import batch_bodies, single_bodies
from benchmarks.http_load.servers import SERVER_CORE, own_topic, serving
from benchmarks.http_load.settings import LoadSettings
from benchmarks.http_load.wrk import run_wrk
from local.environment import ROOT

BATCH: Final = 100
BATCH_CONNECTIONS: Final = 16


def batched_plays_per_second(settings: LoadSettings) -> float:
    """Acknowledged plays a second by ``POST /plays`` of a hundred."""
    key = settings.ingest_key.get_secret_value()
    with own_topic(settings) as topic, serving(INGEST, topic, settings) as served:
        url, bodies = f"{served.url}/plays", batch_bodies(BATCH)
        run_wrk(url, bodies, key, ACCEPTED, WARM_UP_SECONDS, BATCH_CONNECTIONS)
        load = run_wrk(url, bodies, key, ACCEPTED, settings.bench_seconds, BATCH_CONNECTIONS)
    return load.requests_per_second * BATCH


def bare_plays_per_second(settings: LoadSettings) -> float:
    """Acknowledged plays a second by a producer alone, on the core that ingest has."""
    module = ["-m", "benchmarks.http_load.bare_producer"]
    with own_topic(settings) as topic:
        command = ["taskset", "-c", str(SERVER_CORE), sys.executable, *module, topic, f"{settings.bench_seconds:g}"]
        variables = {**os.environ, **settings.kafka.variables}
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    return float(done.stdout)


def cpu_per_play(settings: LoadSettings, batch: int) -> float:
    """Seconds of ingest's core for one play, one by one when ``batch`` is 1."""
    key = settings.ingest_key.get_secret_value()
    path, bodies = ("/play", single_bodies()) if batch == 1 else ("/plays", batch_bodies(batch))
    with own_topic(settings) as topic, serving(INGEST, topic, settings) as served:
        run_wrk(served.url + path, bodies, key, ACCEPTED, WARM_UP_SECONDS, BATCH_CONNECTIONS)
        before = served.cpu_seconds()
        load = run_wrk(served.url + path, bodies, key, ACCEPTED, settings.bench_seconds, BATCH_CONNECTIONS)
        used = served.cpu_seconds() - before
    return used / (load.requests_per_second * settings.bench_seconds * batch)
