"""The classes of clients, by what their code does with each status. All send what waits, oldest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.ingest.builders import submission

Listen = dict[str, Any]
Send = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]
"""Posts a submission and returns the status and the JSON object of the response."""
OK: Final = 200


@dataclass
class OldClient:
    """A client with listens that wait; ``largest`` is how many it sends at once."""

    send: Send
    largest: int = 1
    waiting: list[Listen] = field(default_factory=list)
    dropped: list[Listen] = field(default_factory=list)
    requests: int = 0

    def run(self) -> None:
        """Send what waits until it is gone, or until the client stops until its next turn."""
        while self.waiting:
            some = self.waiting[: self.largest]
            self.requests += 1
            kind = "single" if self.largest == 1 else "import"
            status, body = self.send(submission(*some, listen_type=kind))
            if status == OK:
                self._forget(some)
            elif self._may_drop(status, body):
                self._drop(some)
            else:
                return

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        raise NotImplementedError

    def _drop(self, some: list[Listen]) -> None:
        self.dropped += some
        self._forget(some)

    def _forget(self, some: list[Listen]) -> None:
        self.waiting = self.waiting[len(some) :]


class Navidrome(OldClient):
    """Drops a listen after any error in ListenBrainz's shape but 500 and 503; keeps it after anything else."""

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return isinstance(body.get("code"), int) and body["code"] not in (500, 503)


@dataclass
class Pano(OldClient):
    """Keeps everything after any error, and sends the same fifty again at its next turn."""

    largest: int = 50

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return False


@dataclass
class Foobar(OldClient):
    """foo_listenbrainz2: empties its whole cache after a 400, keeps it after anything else."""

    largest: int = 1_000

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return status == 400

    def _drop(self, some: list[Listen]) -> None:
        super()._drop(self.waiting)


@dataclass
class ListenBrainzMpd(OldClient):
    """listenbrainz-mpd: keeps all of its cache after any error and sends it whole at its next turn."""

    largest: int = 1_000

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return False


class KoitoRelay(OldClient):
    """Drops a listen after 4xx; after 5xx it tries again for three minutes, which is its next turn here."""

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return status < 500


class WebScrobbler(OldClient):
    """Asks to sign in again after 400 and 401, and keeps nothing after any error."""

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return True


class MultiScrobbler(OldClient):
    """Moves a listen to its dead queue after any error, and sends that queue at its next turn."""

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return True

    def revive(self) -> None:
        """Send the dead queue again."""
        self.waiting, self.dropped = self.dropped + self.waiting, []


@dataclass
class Strawberry(OldClient):
    """Sends a batch; after 400 it sends each of them by itself and drops those refused, else it keeps all."""

    largest: int = 50

    def _may_drop(self, status: int, body: dict[str, Any]) -> bool:
        return status == 400

    def _drop(self, some: list[Listen]) -> None:
        for one in some:
            if self.send(submission(one, listen_type="single"))[0] != OK:
                self.dropped.append(one)
        self._forget(some)


CLASSES: Final = (
    Navidrome, Pano, Foobar, ListenBrainzMpd, KoitoRelay, WebScrobbler, MultiScrobbler, Strawberry
)  # fmt: skip
KEEPS_NOTHING: Final = (WebScrobbler,)
"""Clients that lose whatever is not taken at once, also at ListenBrainz: no status can help."""
