"""Builds the dashboard that the api serves, when its sources changed since the last build."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from local.setup.downloads import ROOT, cache_folder
from local.setup.progress import Counted, run_with_progress
from local.setup.wheel_tools import install_tool

FRONTEND = ROOT / "frontend"
GENERATED = {"node_modules", "dist", "coverage", "test-results"}
OLDEST_NODE = (20, 19)


def build_frontend(cache: Path) -> bool:
    """Installs the packages and builds the dashboard where something changed; tells whether it did."""
    if not (FRONTEND / "package.json").exists():
        return False
    environment = node_environment(cache)
    installed = _MadeFrom(FRONTEND / "node_modules", _digest([FRONTEND / "package-lock.json"]))
    if not installed.done:
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=http"]
        fetched = Counted(_is_fetch, "packages fetched", _packages())
        run_with_progress("installing the packages", npm, fetched, environment, FRONTEND)
        installed.note()
    built = _MadeFrom(FRONTEND / "dist", _digest(_sources()))
    if built.done:
        return False
    run_with_progress("building the pages", ["npm", "run", "build"], str.strip, environment, FRONTEND)
    built.note()
    return True


def node_environment(cache: Path) -> dict[str, str]:
    """Returns an environment in which `node` and `npm` are new enough, and npm keeps to the cache."""
    path = os.environ["PATH"]
    if not _node_is_new_enough():
        path = f"{install_tool(cache, 'node', 'node').parent}:{path}"
    return os.environ | {"PATH": path, "npm_config_cache": str(cache / "npm")}


class _MadeFrom:
    """A note inside a generated folder about the state it was made from."""

    def __init__(self, folder: Path, digest: str) -> None:
        self._note, self._digest = folder / ".made-from", digest

    @property
    def done(self) -> bool:
        return self._note.exists() and self._note.read_text() == self._digest

    def note(self) -> None:
        self._note.write_text(self._digest)


def _node_is_new_enough() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", shown.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE


def _sources() -> list[Path]:
    tops = [path for path in sorted(FRONTEND.iterdir()) if path.name not in GENERATED]
    return [file for top in tops for file in ([top] if top.is_file() else sorted(top.rglob("*")))]


def _digest(files: list[Path]) -> str:
    digest = sha256()
    for file in files:
        if file.is_file():
            digest.update(str(file.relative_to(FRONTEND)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _packages() -> int:
    # The lock lists the dashboard itself as a package without a name.
    return len(json.loads((FRONTEND / "package-lock.json").read_text())["packages"]) - 1


def _is_fetch(line: str) -> bool:
    return "http fetch" in line and ".tgz" in line


def main() -> None:
    """Build what changed."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    build_frontend(cache_folder())


if __name__ == "__main__":
    main()
