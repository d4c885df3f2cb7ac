"""The second half of `make setup`, inside the environment that its first half made."""

import logging
import os
from pathlib import Path

from local.downloads import IVY_FILES
from local.environment import env_file, make_env_file
from local.frontend_build import build_frontend
from local.jars import fetch_jars
from local.minio_build import build_minio
from local.settings import CACHE


def main() -> None:
    """Makes `.env`, fetches the jars, builds MinIO and the dashboard; does nothing that is done already."""
    logging.basicConfig(level=logging.INFO, format="setup: %(message)s")
    cache = Path(os.environ.get("TOP_SONGS_CACHE") or CACHE)
    if make_env_file(env_file()):
        logging.info("wrote .env with fresh secrets")
    for name in IVY_FILES:
        fetch_jars(name, cache)
    build_minio(cache)
    build_frontend(cache)


if __name__ == "__main__":
    main()
