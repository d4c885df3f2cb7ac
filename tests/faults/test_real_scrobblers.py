"""Real programs scrobble a real, silent file into a chart of the whole stack, and read it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from ingest.access.key_file import add_key
from local.stack.waiting import NotReadyError, wait_until
from tests.faults.scrobblers.install import INSTALL, find_program
from tests.faults.scrobblers.programs import Player
from tests.faults.scrobblers.silent_file import write_silent_file
from tests.ports import free_ports
from tests.whole_stack import WholeStack

SECONDS: Final = 32
"""Shorter songs are not scrobbled by any of the programs."""
ARTIST: Final = "Ágætis Þögn"
REGION: Final = "FO"
Scrobble = Callable[[Player, str, str, str], AbstractContextManager[None]]
PROGRAMS: Final[dict[str, Scrobble]] = {
    "listenbrainz-mpd": Player.with_listenbrainz_mpd,
    "mpdscribble": Player.with_mpdscribble,
}


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_scrobbles_a_silent_file_into_a_chart(program: str, whole_stack: WholeStack, tmp_path: Path) -> None:
    found = {name: find_program(name) for name in ("mpd", program)}
    if None in found.values():
        missing = ", ".join(name for name, path in found.items() if path is None)
        pytest.skip(f"{missing} is not installed; {INSTALL} installs it")
    line, title = whole_stack.line, f"Silence “for” {program}"
    environment, url = line.environment, line.settings.ingest_url
    listener = f"listener of {program}"
    key = add_key(Path(environment["INGEST_KEY_FILE"]), program, listener, REGION)
    (port,) = free_ports(1)
    player = Player(port, tmp_path)
    (tmp_path / "music").mkdir()
    for name in ("first", "second"):
        write_silent_file(tmp_path / "music" / f"{name}.wav", SECONDS, title=f"{title} {name}", artist=ARTIST)

    with player.running(str(found["mpd"])), PROGRAMS[program](player, str(found[program]), url, key):
        player.play("first.wav", "second.wav")
        (playing,) = wait_for(url, key, listener, "playing-now", 1)
        (listen,) = wait_for(url, key, listener, "listens", 1)
    line.wait_until_complete(datetime.now(UTC))

    # A busy machine starts a program when the first song is nearly over, and it tells of the second.
    assert playing["track_metadata"]["track_name"] in (f"{title} first", f"{title} second")
    assert listen["track_metadata"]["track_name"] == f"{title} first"
    hour = datetime.fromtimestamp(listen["listened_at"], UTC).replace(minute=0, second=0)
    chart = line.get("/charts/hourly", region=REGION, hour=f"{hour:%Y-%m-%dT%H:%M:%SZ}").raise_for_status().json()
    counted = [(one["title"], one["artist"], one["plays"], one["listeners"]) for one in chart["entries"]]
    assert (f"{title} first", ARTIST, 1, 1) in counted
    print(f"{program} sent {listen['track_metadata']}; the chart of {REGION} has {counted}")  # noqa: T201
    whole_stack.truth.add_plays([as_play(listen, listener)])


def wait_for(url: str, key: str, listener: str, what: str, count: int) -> list[dict[str, Any]]:
    """The listens that a listener reads back, once there are so many."""
    found: list[dict[str, Any]] = []

    def ask() -> None:
        answer = httpx.get(f"{url}/1/user/{listener}/{what}", headers={"Authorization": f"Token {key}"}, timeout=10)
        found[:] = answer.raise_for_status().json()["payload"]["listens"]
        if len(found) < count:
            raise NotReadyError(f"{what}: {found}")

    wait_until(what, ask, 2 * SECONDS + 30, 0.5)
    return found


def as_play(listen: dict[str, Any], listener: str) -> dict[str, Any]:
    """A listen as the play that the independent count takes."""
    track = listen["track_metadata"]
    played_at = datetime.fromtimestamp(listen["listened_at"], UTC)
    play = {"title": track["track_name"], "artist": track["artist_name"], "played_at": played_at.isoformat()}
    return play | {"user_id": listener, "region": REGION}
