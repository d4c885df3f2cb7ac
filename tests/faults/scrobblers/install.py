"""`python -m tests.faults.scrobblers.install`: install the programs; a machine without one skips its test.

mpd and mpdscribble are Debian's packages, which need root; listenbrainz-mpd is built by cargo into the cache folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

from local.settings import CACHE

DEBIAN: Final = ("mpd", "mpdscribble")
CARGO: Final = "listenbrainz-mpd"
BUILT_WITH: Final = ("libssl-dev", "pkg-config")
BUILT: Final = CACHE / "scrobblers"
INSTALL: Final = "python -m tests.faults.scrobblers.install"


def find_program(name: str) -> str | None:
    """Return where a program is, or None."""
    return shutil.which(name, path=f"{BUILT / 'bin'}{os.pathsep}{os.environ['PATH']}")


def main() -> None:
    """Install what is missing; raises CalledProcessError when a package manager fails."""
    is_built = find_program(CARGO) is not None
    missing = [name for name in DEBIAN if find_program(name) is None] + ([] if is_built else [*BUILT_WITH])
    if missing:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, env=environment)
    if not is_built:
        subprocess.run(["cargo", "install", "--quiet", "--root", str(BUILT), CARGO], check=True)


if __name__ == "__main__":
    main()
