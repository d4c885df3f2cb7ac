"""The lake driver's settings, each read from the environment variable of the same name."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings, KafkaConnection


class StreamingSettings(KafkaClientSettings):
    """Where the lake driver finds Kafka and the object store, and where it listens."""

    kafka_lake_user: str = "lake"
    kafka_lake_password: SecretStr = NO_PASSWORD
    s3_endpoint: str
    s3_region: str = "us-east-1"
    lake_bucket: str = "lake"
    lake_access_key: str
    lake_secret_key: SecretStr
    lake_jars: Path = Field(description="the folder of jars that streaming/ivy.xml names")
    data_dir: Path = Path(".data")
    spark_master: str = "local[*]"
    spark_driver_memory: str = "2g"
    spark_shuffle_partitions: int = Field(4, description="tasks of a shuffle: twice the cores of the cluster or so")
    spark_connect_bind: str = "127.0.0.1"
    spark_connect_port: int = 15002
    spark_connect_token: SecretStr
    spark_authenticate_secret: SecretStr = Field(description="for Spark's own ports: RPC and blocks")
    bronze_trigger_seconds: float = Field(
        60, description="a batch has fixed costs, and each writes a file per hour and region"
    )
    bronze_largest_batch: int = Field(200_000, description="plays; bounds memory while catching up")
    bronze_stop_on_lost_plays: bool = Field(
        True, description="false for one start, when Kafka no longer has plays that bronze has not read"
    )
    kafka_adopt_topic_id: str = Field("", description="id of another topic that the lake goes on from; for one start")
    user_id_secret: SecretStr = Field(description="only its fingerprint is stored, to refuse a start with another")

    @property
    def kafka(self) -> KafkaConnection:
        """How the lake driver connects to Kafka."""
        return self.kafka_as("lake")

    @property
    def lake_root(self) -> str:
        """The address under which every table and checkpoint of the lake lies."""
        return f"s3a://{self.lake_bucket}"
