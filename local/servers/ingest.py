"""Ingest: gunicorn with uvicorn's workers, as in a container."""

import sys

from local.servers.part import become, begin
from local.stack.readiness import topic_exists
from local.stack.waiting import wait_until


def main() -> None:
    """Waits for the topic, then becomes the server."""
    settings = begin("ingest")
    wait_until("Kafka with its topic", lambda: topic_exists(settings))
    server = [sys.executable, "-m", "gunicorn", "--config", "python:ingest.server.gunicorn"]
    # Its control socket has one place per user, which two stacks would share.
    options = ["--bind", f"127.0.0.1:{settings.ingest_port}", "--no-control-socket"]
    become([*server, *options, "ingest.app:create_app()"])


if __name__ == "__main__":
    main()
