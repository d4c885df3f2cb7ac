"""The live counter: the stream's counts of open windows, in Postgres."""

import sys

from local.servers.part import become, begin
from local.stack.readiness import roles_log_in, topic_exists
from local.stack.waiting import wait_until


def main() -> None:
    """Waits for the topic and for Postgres's roles and tables, then becomes the counter."""
    settings = begin("live-counter")
    wait_until("Kafka with its topic", lambda: topic_exists(settings))
    wait_until("Postgres with its roles and tables", lambda: roles_log_in(settings))
    become([sys.executable, "-m", "streaming.live.process"])


if __name__ == "__main__":
    main()
