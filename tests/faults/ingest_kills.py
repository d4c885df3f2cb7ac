"""``python -m tests.faults.ingest_kills [KILLS]``: kill -9 of ingest and broker at random moments under load.

Every play that ingest answered with a 2xx is looked for afterwards in the bronze that a lake driver makes of the topic.
Beside it runs a control that is killed alike and answers before the broker does: it has to lose some, or the
kills prove nothing. The last line is one JSON object.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from tests.faults.found_plays import find_in_bronze, find_in_topic
from tests.faults.restartable import Load, Restartable
from tests.ingest.brokers import Broker

KILLS: Final = 200
VICTIMS: Final = ("worker", "worker", "broker", "worker", "master")
"""Who dies in turn: a worker most often, as it is back the soonest."""
LONGEST_PAUSE_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 30.0
FACTORIES: Final = {"ingest": "ingest.app:create_app()", "control": "tests.faults.hasty_ingest:create_app()"}


def prove(kills: int) -> dict[str, Any]:
    """Kill so often; what was said to be stored, and how much of that is not."""
    with tempfile.TemporaryDirectory(prefix="ingest-kills-") as folder, running_broker(Path(folder)) as broker:
        make_topics(broker)
        servers = {
            name: Restartable(factory, name, broker.environment, Path(folder)) for name, factory in FACTORIES.items()
        }
        loads = {name: Load(server.port) for name, server in servers.items()}
        killed = kill_under_load(kills, broker, list(servers.values()), list(loads.values()))
        print("the lake driver brings the topic into bronze", flush=True)  # noqa: T201
        found = {
            "ingest": find_in_bronze(broker, "ingest"),
            "control": find_in_topic(broker.kafka.connection(), "control"),
        }
    lost = {name: len(set(load.stored) - found[name]) for name, load in loads.items()}
    return conclude(killed, {name: len(load.stored) for name, load in loads.items()}, lost)


def conclude(killed: Counter[str], stored: dict[str, int], lost: dict[str, int]) -> dict[str, Any]:
    """The finding as one JSON object."""
    return {
        "name": "ingest_kills",
        "ratio": 1 - lost["ingest"] / stored["ingest"],
        "goal": 1,
        "holds": lost["ingest"] == 0 < lost["control"],
        "kills": killed.total(),
        "killed": dict(killed),
        "stored": stored["ingest"],
        "lost": lost["ingest"],
        "control_stored": stored["control"],
        "control_lost": lost["control"],
    }


@contextmanager
def running_broker(folder: Path) -> Iterator[Broker]:
    """A broker of the proof's own."""
    broker = Broker(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


def make_topics(broker: Broker) -> None:
    """One for each server."""
    for name in FACTORIES:
        broker.kafka.new_topic(name=name)


def kill_under_load(kills: int, broker: Broker, servers: list[Restartable], loads: list[Load]) -> Counter[str]:
    """Post all the while, and kill one victim after the other; who died how often."""
    chance, killed, started = random.SystemRandom(), Counter[str](), time.monotonic()
    with ExitStack() as ends:
        for server in servers:
            server.start()
            ends.callback(server.stop)
        for load in loads:
            load.start()
            ends.callback(load.stop)
        for number in range(kills):
            for load in loads:
                load.wait_for_more()
            time.sleep(chance.uniform(0, LONGEST_PAUSE_SECONDS))
            victim = VICTIMS[number % len(VICTIMS)]
            kill(victim, broker, servers)
            killed[victim] += 1
            print(f"{time.monotonic() - started:.0f} s: {number + 1} of {kills}, {victim}", flush=True)  # noqa: T201
        for load in loads:
            load.wait_for_more()
    return killed


def kill(victim: str, broker: Broker, servers: list[Restartable]) -> None:
    """Kill -9, and start again what nobody else starts."""
    if victim == "broker":
        broker.kill()
        broker.start()
        return
    for server in servers:
        server.kill_worker() if victim == "worker" else server.kill_master()


if __name__ == "__main__":
    outcome = prove(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
    print(json.dumps(outcome))  # noqa: T201
    sys.exit(not outcome["holds"])
