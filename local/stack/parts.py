"""The parts of the stack: how each is asked whether it is ready, and which ports it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from local.settings import LocalSettings
from local.stack import readiness, service_readiness


@dataclass(frozen=True)
class Part:
    """A program of supervisord.conf.

    `ports` are names of variables. A step (`once`) ends when its work is done. Parts with
    `works_on_others` stop before those they work on.
    """

    name: str
    ask: Callable[[LocalSettings], None]
    ports: tuple[str, ...] = ()
    once: bool = False
    works_on_others: bool = True


PARTS = (
    Part(
        "kafka",
        readiness.kafka_answers,
        ("KAFKA_PORT", "KAFKA_CONTROLLER_PORT"),
        works_on_others=False,
    ),
    Part(
        "minio",
        readiness.minio_answers,
        ("MINIO_PORT", "MINIO_CONSOLE_PORT"),
        works_on_others=False,
    ),
    Part("postgres", readiness.postgres_answers, ("POSTGRES_PORT",), works_on_others=False),
    Part(
        "prefect-server",
        service_readiness.prefect_answers,
        ("PREFECT_PORT",),
        works_on_others=False,
    ),
    Part("kafka-init", readiness.topic_exists, once=True),
    Part("minio-init", readiness.bucket_opens, once=True),
    Part("postgres-init", readiness.roles_log_in, once=True),
    Part("lake-driver", service_readiness.lake_is_open, ("SPARK_CONNECT_PORT",)),
    Part("live-counter", readiness.live_counter_counts),
    Part("ingest", service_readiness.ingest_confirms, ("INGEST_PORT",)),
    Part("api", service_readiness.api_answers, ("API_PORT",)),
    Part("prefect-worker", service_readiness.worker_is_online),
    Part("prefect-init", service_readiness.deployments_exist, once=True),
)


def parts_named(names: list[str]) -> tuple[Part, ...]:
    """Returns the named parts in order of the list above, all of them for no name.

    Raises ValueError for a name that no part has.
    """
    unknown = sorted(set(names) - {part.name for part in PARTS})
    if unknown:
        raise ValueError(f"no such part: {', '.join(unknown)}")
    return tuple(part for part in PARTS if not names or part.name in names)
