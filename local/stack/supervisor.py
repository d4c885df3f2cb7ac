"""Starts supervisord for one data folder, and talks to it over its Unix socket."""

import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from local.environment import ROOT
from local.service_variables import without_settings_file
from local.stack.data_folder import close_data_folder
from local.stack.orphan_processes import DATA_DIR_MARKER
from local.stack.waiting import NotReadyError, wait_until

CONFIGURATION = ROOT / "local" / "stack" / "supervisord.conf"
# Linux refuses longer names of Unix sockets.
LONGEST_SOCKET_NAME = 107


def socket_path(data_dir: Path) -> Path:
    """Returns the socket's path: in the data folder, or where that is too long a short one of its own."""
    path = data_dir / "supervisor.sock"
    # supervisord first listens under this name with its process id added.
    if len(str(path)) + len(".1234567") <= LONGEST_SOCKET_NAME:
        return path
    digest = sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"top-songs-{digest}.sock"


def start_supervisord(data_dir: Path) -> None:
    """Starts supervisord in the background, with no part running yet; returns when it answers."""
    close_data_folder(data_dir)
    (data_dir / "logs").mkdir(exist_ok=True)
    variables = {
        DATA_DIR_MARKER: str(data_dir),
        "TOP_SONGS_PYTHON": sys.executable,
        "TOP_SONGS_SOCKET": str(socket_path(data_dir)),
    }
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(CONFIGURATION)]
    environment = without_settings_file(os.environ) | variables
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    wait_until("supervisord", Supervisor(data_dir).must_answer, 30, 0.1)


class Supervisor:
    """The running supervisord of a data folder. Every call raises NotReadyError when there is none."""

    def __init__(self, data_dir: Path) -> None:
        self._socket = socket_path(data_dir)

    def must_answer(self) -> None:
        """Returns when a supervisord answers."""
        self._call("getState")

    def is_running(self) -> bool:
        """Tells whether a supervisord answers."""
        try:
            self.must_answer()
        except NotReadyError:
            return False
        return True

    def start(self, part: str) -> None:
        """Starts a part without waiting for it."""
        self._call("startProcess", part, False)

    def stop(self, part: str) -> None:
        """Asks a part to stop without waiting for it; one that does not run is left alone."""
        try:
            self._call("stopProcess", part, False)
        except Fault as fault:
            if "NOT_RUNNING" not in fault.faultString:
                raise

    def processes(self) -> dict[str, dict[str, Any]]:
        """Returns what supervisord knows of each part: `statename`, `pid`, `exitstatus`, times."""
        return {one["name"]: one for one in self._call("getAllProcessInfo")}

    def shut_down(self) -> None:
        """Asks supervisord to stop what still runs, and itself."""
        self._call("shutdown")

    def _call(self, method: str, *arguments: object) -> Any:
        transport = SupervisorTransport("", "", f"unix://{self._socket}")
        try:
            with ServerProxy("http://localhost", transport=transport) as server:
                return getattr(server.supervisor, method)(*arguments)
        except OSError as error:
            raise NotReadyError(f"supervisord does not answer at {self._socket}") from error
