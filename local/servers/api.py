"""The api, which serves the dashboard too."""

import sys

from local.servers.part import become, begin
from local.stack.readiness import roles_log_in
from local.stack.waiting import wait_until


def main() -> None:
    """Waits for the role it reads with, then becomes the server."""
    settings = begin("api")
    wait_until("Postgres with its roles", lambda: roles_log_in(settings))
    become([sys.executable, "-m", "api.server", "--host", "127.0.0.1", "--port", str(settings.api_port)])


if __name__ == "__main__":
    main()
