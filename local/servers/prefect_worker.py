"""The worker that runs flows as processes; it makes its work pool when there is none."""

from local.servers.part import become, begin
from local.servers.prefect_environment import prefect_command, prefect_environment
from local.stack.readiness import roles_log_in
from local.stack.service_readiness import POOL, prefect_answers
from local.stack.waiting import wait_until


def main() -> None:
    """Waits for Prefect's server and for the roles its flows log in with, then becomes the worker."""
    settings = begin("prefect-worker")
    wait_until("Prefect's server", lambda: prefect_answers(settings))
    wait_until("Postgres with its roles", lambda: roles_log_in(settings))
    pool = ["--pool", POOL, "--type", "process", "--name", "local"]
    become(prefect_command("worker", "start", *pool), prefect_environment(settings))


if __name__ == "__main__":
    main()
