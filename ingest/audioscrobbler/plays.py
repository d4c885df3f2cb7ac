"""Scrobbles of either protocol as plays of the key's listener in the key's region."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from pydantic import ValidationError
from starlette.types import Scope

from ingest.access.authentication import Key
from ingest.access.gate import Gate
from ingest.audioscrobbler.forms import Fields
from ingest.listenbrainz.token import listener_of
from ingest.own_listens.playing import PlayingNow
from ingest.play import EARLIEST_PLAYED_AT, SubmittedPlay
from ingest.plays.play_rows import describe_row, read_milliseconds
from ingest.plays.recorder import Recorder, count_refusal
from ingest.plays.refusals import Refusal, explain
from ingest.web.problems import unconfirmed

LAST_SECOND: Final = 253_402_300_799
NO_REGION: Final = "This key has no region. Make a key with one: make key NAME=… LISTENER=… REGION=…"


class SessionError(Exception):
    """The session is of no valid key, or of a key that no scrobble can be placed with."""


class Scrobbles:
    """Takes the scrobbles of both protocols. A session is a write key: there is nothing to keep."""

    def __init__(self, gate: Gate, recorder: Recorder, playing: PlayingNow) -> None:
        self._gate = gate
        self._recorder = recorder
        self._playing = playing

    def identify(self, session: str) -> Key:
        """Return the session's key; raises ``ProblemError`` for an unknown one, ``SessionError`` without a region."""
        key = self._gate.identify(_scope_of(session))
        if "region" not in key.decides:
            raise SessionError(NO_REGION)
        return key

    async def take(self, session: str, rows: list[dict[str, Any]]) -> list[Refusal | None]:
        """Store rows; returns why each was refused, or None. Raises ``ProblemError`` unless Kafka has all others."""
        key = self.identify(session)
        self._gate.charge(_scope_of(session), key, len(rows))
        judged = [self._recorder.limit(_judge(row, key), key) for row in rows]
        plays = self._recorder.record([one for one in judged if isinstance(one, SubmittedPlay)], key)
        if plays and not all(await self._recorder.publish(plays, key, is_own=True)):
            raise unconfirmed()
        refused = [one if isinstance(one, Refusal) else None for one in judged]
        for refusal in filter(None, refused):
            count_refusal(refusal)
        return refused

    async def look_at(self, session: str, row: dict[str, Any]) -> None:
        """Keep what is playing now, unless it is no play; raises as :meth:`identify` does."""
        play = _judge({**row, "played_at": EARLIEST_PLAYED_AT}, self.identify(session))
        if isinstance(play, SubmittedPlay):
            await self._playing.keep(play)


def describe_scrobble(
    fields: Fields, *, title: str, artist: str, album: str, second: str, length: str, mbid: str
) -> dict[str, Any]:
    """Return a scrobble as a play, from the fields of these names."""
    return describe_row(
        title=fields.get(title, ""),
        artist=fields.get(artist, ""),
        release=fields.get(album),
        recording_mbids=(fields.get(mbid),),
        duration_ms=read_milliseconds(fields.get(length), 1_000) or None,
        played_at=_read_second(fields.get(second, "")),
    )


def _read_second(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(min(max(int(float(text)), 0), LAST_SECOND), UTC)
    except (ValueError, OverflowError):
        return None


def _judge(row: dict[str, Any], key: Key) -> SubmittedPlay | Refusal:
    try:
        return SubmittedPlay.model_validate({**row, "user_id": listener_of(key), **key.decides})
    except ValidationError as error:
        return explain(error)[0]


def _scope_of(session: str) -> Scope:
    return {"headers": [(b"authorization", b"Token " + session.encode("latin-1", "replace"))]}
