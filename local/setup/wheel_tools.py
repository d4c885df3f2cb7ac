"""Install Go and Node from wheels, for machines that have none or an unsupported version.

Each is a dependency group of pyproject.toml, so uv.lock pins its version and its hash.
Set-up runs this before the environment exists, so it needs the standard library alone.
"""

import os
import subprocess
import sys
from pathlib import Path

from local.setup.downloads import ROOT
from local.setup.progress import log


def install_tool(cache: Path, group: str, program: str) -> Path:
    """Install a group with its locked versions unless its program is there; return the path of that.

    Raises CalledProcessError when uv fails.
    """
    folder = cache / "tools" / group
    if not (folder / "bin" / program).exists():
        log.info("fetching %s, because this machine has no supported one", group.capitalize())
        command = [*sync_command(cache), "--quiet", "--no-default-groups", "--only-group", group]
        subprocess.run(command, env=sync_variables(cache, folder), check=True)
    return folder / "bin" / program


def sync_command(cache: Path) -> list[str]:
    """Return the command that installs from uv.lock with this program's Python."""
    python = getattr(sys, "_base_executable", sys.executable)
    return [str(cache / "tools" / "bin" / "uv"), "sync", "--frozen", "--project", str(ROOT), "--python", python]


def sync_variables(cache: Path, environment: Path) -> dict[str, str]:
    """Return the variables that tell uv its cache and which virtual environment it fills."""
    own = {
        "UV_CACHE_DIR": str(cache / "uv"),
        "UV_PROJECT_ENVIRONMENT": str(environment),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    return os.environ | own
