"""Runs npm in the dashboard's folder with the Node that setup found: `python -m local.setup.npm run test`."""

import os
import shutil
import sys

from local.setup.downloads import cache_folder
from local.setup.frontend_build import FRONTEND, node_environment


def main() -> None:
    """Becomes npm."""
    environment = node_environment(cache_folder())
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        sys.exit("there is no npm; run `make setup`")
    os.chdir(FRONTEND)
    os.execve(npm, ["npm", *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
