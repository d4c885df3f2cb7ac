"""The lake driver: the one process that writes the lake."""

import sys

from local.servers.part import become, begin
from local.settings import LocalSettings
from local.setup.downloads import jar_folder
from local.setup.java import find_java, java_home
from local.stack.readiness import bucket_opens, topic_exists
from local.stack.waiting import wait_until


def environment(settings: LocalSettings) -> dict[str, str]:
    """Returns where Spark finds its Java, its Python and the lake's jars."""
    return {
        "JAVA_HOME": str(java_home(find_java())),
        "PYSPARK_PYTHON": sys.executable,
        "LAKE_JARS": str(jar_folder("lake", settings.top_songs_cache)),
    }


def main() -> None:
    """Waits for the topic and the bucket, then becomes the driver."""
    settings = begin("lake-driver")
    wait_until("Kafka with its topic", lambda: topic_exists(settings))
    wait_until("MinIO with its bucket", lambda: bucket_opens(settings))
    become([sys.executable, "-m", "streaming.driver"], environment(settings))


if __name__ == "__main__":
    main()
