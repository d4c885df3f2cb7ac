"""What a benchmark of the lake runs on: Kafka, MinIO and a lake driver of its own, gone afterwards.

They are the stack's own parts, started as the tests start them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import psutil
from pyspark.sql import SparkSession

from local.settings import LocalSettings
from local.stack.orphan_processes import processes_of
from streaming.lake import create_tables
from streaming.settings import StreamingSettings
from tests.lake import run_lake_driver
from tests.servers import KafkaServer, MinioServer
from tests.stack import run_kafka, run_minio, settings_of, temporary_environment


@dataclass(frozen=True)
class LakeServers:
    """Running servers; ``spark`` is a Connect session of the lake driver."""

    environment: dict[str, str]
    kafka: KafkaServer
    minio: MinioServer
    spark: SparkSession

    def settings(self, **changes: object) -> StreamingSettings:
        """The lake driver's settings, some of them changed."""
        return settings_of(StreamingSettings, self.environment, **changes)

    def new_lake(self) -> str:
        """The address of another, empty lake in the same bucket."""
        root = f"s3a://{self.minio.bucket}/benchmarks/{uuid4().hex}"
        create_tables(self.spark, root)
        return root

    def cpu_seconds(self) -> float:
        """What the lake driver has used so far, its JVM included."""
        used = (process.cpu_times() for process in self._driver())
        return sum(times.user + times.system for times in used)

    def memory_bytes(self) -> int:
        """What the lake driver holds in memory."""
        return sum(process.memory_info().rss for process in self._driver())

    def _driver(self) -> list[psutil.Process]:
        return processes_of(LocalSettings.of(self.environment).data_dir, "lake-driver")


@contextmanager
def lake_servers(**changes: str) -> Iterator[LakeServers]:
    """Start them with some variables changed, and end them."""
    with temporary_environment() as made:
        # The driver's own query looks into its empty topic once a minute.
        environment = {**made, "BRONZE_TRIGGER_SECONDS": "60", **changes}
        with run_kafka(environment) as kafka, run_minio(environment) as minio, run_lake_driver(environment) as spark:
            yield LakeServers(environment, kafka, minio, spark)
