"""A real Kafka broker: one KRaft node, broker and controller in one process, on loopback."""

import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from local.servers.kafka_properties import log_folder, server_properties
from local.servers.part import become, begin
from local.settings import LocalSettings
from local.setup.downloads import jar_folder
from local.setup.java import find_java

LOGGING = Path(__file__).with_name("kafka-log4j2.yaml")
# The heap is that of a demo; a broker of its own machine takes its size from there.
JAVA_OPTIONS = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", f"-Dlog4j2.configurationFile={LOGGING}")


def write_properties(settings: LocalSettings) -> Path:
    """Write the configuration beside the log, readable by its owner alone, and return its path."""
    path = settings.data_dir / "kafka" / "server.properties"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    path.chmod(0o600)
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
