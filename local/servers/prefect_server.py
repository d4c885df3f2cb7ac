"""Prefect's server on loopback, its runs in a database of its own.

In its usual SQLite file a lock can keep every round waiting for a minute.
"""

from local.provision.prefect_database import bring_in_line, server_environment
from local.servers.part import become, begin
from local.servers.prefect_environment import prefect_command, prefect_environment, server_access
from local.stack.readiness import postgres_answers
from local.stack.waiting import wait_until


def main() -> None:
    """Waits for Postgres, brings the server's database in line, then becomes the server."""
    settings = begin("prefect-server")
    wait_until("Postgres", lambda: postgres_answers(settings))
    bring_in_line(settings)
    address = ["--host", "127.0.0.1", "--port", str(settings.prefect_port)]
    environment = prefect_environment(settings) | server_access(settings) | server_environment(settings)
    become(prefect_command("server", "start", *address), environment)


if __name__ == "__main__":
    main()
