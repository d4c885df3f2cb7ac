"""Starts the programs with a configuration of the test's own, and plays a file."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from local.stack.waiting import NotReadyError, wait_until

STOP_SECONDS: Final = 10
_MPD: Final = """
music_directory "{folder}/music"
db_file "{folder}/database"
bind_to_address "127.0.0.1"
port "{port}"
audio_output {{
  type "null"
  name "silence"
}}
"""
_LISTENBRAINZ_MPD: Final = """
[submission]
token = "{key}"
api_url = "{url}"
cache_file = "{folder}/listens.sqlite3"
[mpd]
address = "127.0.0.1:{port}"
"""
_MPDSCRIBBLE: Final = """
pidfile = {folder}/mpdscribble.pid
log = -
host = 127.0.0.1
port = {port}
[topsongs]
url = {url}/
username = {key}
password = {key}
journal = {folder}/journal
"""


class Player:
    """An mpd whose music is in ``folder``/music."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self._folder = folder

    @contextmanager
    def running(self, mpd: str) -> Iterator[None]:
        """Run it until the context ends."""
        configuration = self._folder / "mpd.conf"
        configuration.write_text(_MPD.format(folder=self._folder, port=self.port))
        with _running([mpd, "--no-daemon", str(configuration)], self._folder):
            wait_until("mpd", lambda: self.tell("ping"), 30, 0.1)
            yield

    @contextmanager
    def with_listenbrainz_mpd(self, program: str, url: str, key: str) -> Iterator[None]:
        """Scrobble what it plays over ListenBrainz's API."""
        configuration = self._folder / "listenbrainz-mpd.toml"
        configuration.write_text(_LISTENBRAINZ_MPD.format(folder=self._folder, port=self.port, url=url, key=key))
        with _running([program, "--config", str(configuration)], self._folder):
            yield

    @contextmanager
    def with_mpdscribble(self, program: str, url: str, key: str) -> Iterator[None]:
        """Scrobble what it plays over Audioscrobbler 1.2."""
        configuration = self._folder / "mpdscribble.conf"
        configuration.write_text(_MPDSCRIBBLE.format(folder=self._folder, port=self.port, url=url, key=key))
        with _running([program, "--no-daemon", "--conf", str(configuration)], self._folder):
            yield

    def play(self, *files: str) -> None:
        """Play files of its music, one after the other, once it found them."""
        for file in files:
            wait_until(file, lambda file=file: self.tell(f'add "{file}"'), 30, 0.2)  # type: ignore[misc]
        self.tell("play")

    def tell(self, command: str) -> None:
        """Send one command; raises NotReadyError unless mpd accepts it."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(f"{command}\nclose\n".encode())
                said = connection.makefile("rb").read().decode()
        except OSError as error:
            raise NotReadyError(str(error)) from error
        if "\nOK\n" not in said:
            raise NotReadyError(said.strip())


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    log = folder / f"{Path(command[0]).name}.log"
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, env=environment) as process:
        try:
            yield
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} ended by itself:\n{log.read_text()}")
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)
