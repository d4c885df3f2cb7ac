"""The data folder: closed to every other user of the machine, because MinIO and Kafka keep secrets and plays in it."""

import os
from pathlib import Path

OWNER_ONLY = 0o700
UMASK = 0o077


def close_data_folder(folder: Path) -> None:
    """Make the folder when it is missing, close it also when it was open, and create files for the owner alone.

    Postgres, as another user, passes it by its capability (see local/servers/system_user.py).
    """
    os.umask(UMASK)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(OWNER_ONLY)
