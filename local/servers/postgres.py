"""A real Postgres 18 on loopback, with passwords for every role."""

import os
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import sql

from local.servers.part import become, begin, die_with_parent
from local.servers.postgres_binaries import program
from local.servers.system_user import as_system_user, give_to_system_user
from local.settings import LocalSettings


def cluster_folder(settings: LocalSettings) -> Path:
    """Returns the folder of the database cluster."""
    return settings.data_dir / "postgres"


def initialise_once(settings: LocalSettings) -> None:
    """Makes the cluster beside its final place and moves it there, so that half of one is never used."""
    cluster = cluster_folder(settings)
    if cluster.exists():
        return
    with TemporaryDirectory(prefix="postgres-", dir=settings.data_dir) as unfinished:
        give_to_system_user(Path(unfinished))
        password_file = Path(unfinished) / "password"
        password_file.write_text(settings.role_password("postgres"))
        give_to_system_user(password_file)
        _run_initdb(settings, Path(unfinished) / "cluster", password_file)
        (Path(unfinished) / "cluster").rename(cluster)


def set_superuser_password(settings: LocalSettings) -> None:
    """Gives the superuser the password of `.env`, without needing the one it had."""
    statement = sql.SQL("alter role postgres password {}").format(settings.role_password("postgres"))
    command = [
        program("postgres", settings.top_songs_cache),
        "--single",
        "-D",
        str(cluster_folder(settings)),
        "postgres",
    ]
    subprocess.run(
        as_system_user(command),
        input=statement.as_string().encode() + b"\n",
        stdout=subprocess.DEVNULL,
        check=True,
    )


def command(settings: LocalSettings) -> list[str]:
    """Returns the command of the server: TCP on loopback only, UTC, in the foreground."""
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(settings.postgres_port),
        "unix_socket_directories": "",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "60",
    }
    flags = [text for name, value in options.items() for text in ("-c", f"{name}={value}")]
    postgres = program("postgres", settings.top_songs_cache)
    return as_system_user([postgres, "-D", str(cluster_folder(settings)), *flags])


def _run_initdb(settings: LocalSettings, cluster: Path, password_file: Path) -> None:
    command = [
        program("initdb", settings.top_songs_cache),
        f"--pgdata={cluster}",
        "--username=postgres",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
    ]
    subprocess.run(as_system_user(command), check=True)


def main() -> None:
    """Becomes the server."""
    settings = begin("postgres")
    # Asked to end politely, Postgres would wait for its clients.
    die_with_parent(signal.SIGINT)
    initialise_once(settings)
    set_superuser_password(settings)
    os.chdir(cluster_folder(settings))
    become(command(settings))


if __name__ == "__main__":
    main()
