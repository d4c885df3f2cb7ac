"""The second half of `make setup`: everything that can be fetched and built side by side.

`local/setup/setup.sh` has found Python and installed uv. The environment does not exist yet, so this file and the
modules of the first tasks need the standard library alone.
"""

import signal
import sys
from types import FrameType

from local.setup.python_packages import ENVIRONMENT
from local.setup.side_by_side import Task, run_tasks

INSTALLED = str(ENVIRONMENT / "bin" / "python")
NEED_PACKAGES = frozenset({"Python packages"})


def tasks() -> list[Task]:
    """Return the tasks, the longest first: building MinIO takes longer than all others together."""
    return [
        Task("MinIO", [sys.executable, "-u", "-m", "local.setup.minio_build"]),
        Task("Python packages", [sys.executable, "-u", "-m", "local.setup.python_packages"]),
        Task("settings", [INSTALLED, "-u", "-m", "local.setup.make_settings"], NEED_PACKAGES),
        Task("jars", [INSTALLED, "-u", "-m", "local.setup.jars"], NEED_PACKAGES),
        Task("dashboard", [INSTALLED, "-u", "-m", "local.setup.frontend_build"], NEED_PACKAGES),
    ]


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the tasks; whatever ends this program ends them too."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        run_tasks(tasks())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
