"""Prefect's server on loopback, on a SQLite file in the data folder."""

from local.part import become, begin
from local.prefect_environment import prefect_command, prefect_environment


def main() -> None:
    """Becomes the server."""
    settings = begin("prefect-server")
    address = ["--host", "127.0.0.1", "--port", str(settings.prefect_port)]
    become(prefect_command("server", "start", *address), prefect_environment(settings))


if __name__ == "__main__":
    main()
