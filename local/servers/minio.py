"""A real MinIO server on loopback, from the pinned module that `make setup` builds."""

from local.servers.part import become, begin
from local.settings import LocalSettings
from local.setup.downloads import minio_binary


def command(settings: LocalSettings) -> list[str]:
    """Returns the command of the server: one drive, its own certificate folder, a console."""
    folder = settings.data_dir / "minio"
    return [
        str(minio_binary(settings.top_songs_cache)),
        "server",
        str(folder / "drive"),
        f"--address=127.0.0.1:{settings.minio_port}",
        f"--console-address=127.0.0.1:{settings.minio_console_port}",
        f"--certs-dir={folder / 'certificates'}",
    ]


def environment(settings: LocalSettings) -> dict[str, str]:
    """Returns the variables that MinIO reads: root's credentials, and nothing fetched from outside."""
    return {
        "MINIO_ROOT_USER": settings.minio_root_user,
        "MINIO_ROOT_PASSWORD": settings.minio_root_password.get_secret_value(),
        "MINIO_UPDATE": "off",
        "MINIO_SCANNER_SPEED": "slowest",
    }


def main() -> None:
    """Becomes the server."""
    settings = begin("minio")
    (settings.data_dir / "minio" / "drive").mkdir(parents=True, exist_ok=True)
    become(command(settings), environment(settings))


if __name__ == "__main__":
    main()
