"""A real Kafka broker: one KRaft node, broker and controller in one process, on loopback."""

import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from local.downloads import jar_folder
from local.java import find_java
from local.part import become, begin
from local.settings import LocalSettings

LOGGING = Path(__file__).with_name("kafka-log4j2.yaml")
# The heap is that of a demo; a broker of its own machine takes its size from there.
JAVA_OPTIONS = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", f"-Dlog4j2.configurationFile={LOGGING}")


def server_properties(settings: LocalSettings) -> str:
    """Returns the whole configuration of the broker; Kafka adds no defaults of a distribution to it."""
    return f"""\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{settings.kafka_controller_port}
listeners=PLAINTEXT://127.0.0.1:{settings.kafka_port},CONTROLLER://127.0.0.1:{settings.kafka_controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{settings.kafka_port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={log_folder(settings)}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
log.segment.bytes=134217728
"""


def log_folder(settings: LocalSettings) -> Path:
    """Returns the folder of the broker's log, which holds every topic."""
    return settings.data_dir / "kafka" / "log"


def write_properties(settings: LocalSettings) -> Path:
    """Writes the configuration beside the log and returns its path."""
    path = settings.data_dir / "kafka" / "server.properties"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(server_properties(settings))
    return path


def java_command(settings: LocalSettings, main_class: str) -> list[str]:
    """Returns the command that runs a class of Kafka's jars."""
    class_path = f"{jar_folder('kafka', settings.top_songs_cache)}/*"
    return [str(find_java()), *JAVA_OPTIONS, "-cp", class_path, main_class]


def draw_cluster_id(draw: Callable[[], UUID] = uuid4) -> str:
    """Returns a random id as Kafka writes one: base64, and no dash first, which its tools take for an option."""
    while (cluster_id := urlsafe_b64encode(draw().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return cluster_id


def format_storage_once(settings: LocalSettings, properties: Path) -> None:
    """Gives an empty log folder its cluster id; a folder that has one is left alone."""
    if (log_folder(settings) / "meta.properties").exists():
        return
    arguments = ["format", "--ignore-formatted", "-t", draw_cluster_id(), "-c", str(properties)]
    subprocess.run([*java_command(settings, "kafka.tools.StorageTool"), *arguments], check=True)


def main() -> None:
    """Becomes the broker."""
    settings = begin("kafka")
    properties = write_properties(settings)
    format_storage_once(settings, properties)
    become([*java_command(settings, "kafka.Kafka"), str(properties)])


if __name__ == "__main__":
    main()
