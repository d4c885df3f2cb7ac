"""Runs npm in the dashboard's folder with the Node that setup found: `python -m local.npm run test`."""

import os
import shutil
import sys
from pathlib import Path

from local.frontend_build import FRONTEND, node_environment
from local.settings import CACHE


def main() -> None:
    """Becomes npm."""
    environment = node_environment(Path(os.environ.get("TOP_SONGS_CACHE") or CACHE))
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        sys.exit("there is no npm; run `make setup`")
    os.chdir(FRONTEND)
    os.execve(npm, ["npm", *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
