"""A broker of one test's own, to be killed, frozen and started again."""

from __future__ import annotations

import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ingest.settings import Settings
from local.provision import kafka_topic
from local.settings import LocalSettings
from local.stack import readiness
from tests.servers import KafkaServer
from tests.stack import make_environment, running, wait_for


class Broker:
    """A real broker that is not running yet; its log survives a restart."""

    def __init__(self, folder: Path) -> None:
        self.environment = make_environment(folder)
        self._settings = LocalSettings.of(self.environment)
        self.kafka = KafkaServer(self.environment)
        self.topic = self._settings.kafka_topic
        self._life = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def ingest_settings(self) -> dict[str, str]:
        """How ingest connects: fields of its settings."""
        given = {name.lower(): value for name, value in self.kafka.variables.items()}
        return {name: value for name, value in given.items() if name in Settings.model_fields}

    def start(self) -> None:
        """Run it until it answers and has its topic."""
        running_broker = running("local.servers.kafka", self.environment, "kafka")
        self._process = self._life.enter_context(running_broker)
        wait_for(self._process, "kafka", self._settings, readiness.kafka_answers)
        kafka_topic.bring_in_line(self._settings)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._life.close()
        self._process = None

    def fill_disk(self) -> None:
        """Let no file of it grow any more, as on a full disk; until it is started again."""
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (1, 1))

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop it in its tracks: connections stay open and nothing answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)
