"""Go and Node from the Python package index, for machines that have none or too old ones."""

import subprocess
from pathlib import Path

from local.progress import log


def install_tool(cache: Path, package: str, program: str) -> Path:
    """Installs a package with a program into the cached tools, unless it is there; returns its path."""
    tools = cache / "tools" / "bin"
    if not (tools / program).exists():
        log.info("installing %s from the package index", package)
        pip = [
            str(tools / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, package], check=True)
    return tools / program
