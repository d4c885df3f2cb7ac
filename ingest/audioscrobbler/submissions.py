"""Audioscrobbler 1.2, which older players speak: a handshake at ``/?hs=true``, then plain text answers.

The clients send only hashes of a password, and keys are stored hashed too. So the write key is the user name as well
as the password; it travels in the address, as all of this protocol does.
"""

from __future__ import annotations

from collections.abc import Awaitable
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ingest.audioscrobbler.forms import Fields, read_form, split_items
from ingest.audioscrobbler.passwords import hash_password, is_hash_of
from ingest.audioscrobbler.plays import Scrobbles, SessionError, describe_scrobble
from ingest.web.problems import ProblemCode, ProblemError

VERSION: Final = "1.2"
NOW_PLAYING: Final = "/np_1.2"
SUBMISSION: Final = "/protocol_1.2"
_NOT_KNOWN: Final = (ProblemCode.KEY_MISSING, ProblemCode.KEY_UNKNOWN)


class Submissions:
    """The three routes of the protocol."""

    def __init__(self, scrobbles: Scrobbles) -> None:
        self._scrobbles = scrobbles

    async def shake_hands(self, request: Request) -> Response:
        """Give a session and the addresses to use it at; raises a ``404`` for ``/`` without ``hs=true``."""
        fields: Fields = dict(request.query_params)
        if fields.get("hs") != "true":
            raise ProblemError(HTTPStatus.NOT_FOUND, ProblemCode.NOT_FOUND, "Not Found")
        version = fields.get("p", "")
        if version and not version.startswith(VERSION):
            return _say(f"FAILED Protocol {VERSION} is served here, not {version[:8]}")
        session = fields.get("sk") or fields.get("u", "")
        if "sk" not in fields and not _knows_password(session, fields):
            return _say("BADAUTH")
        try:
            self._scrobbles.identify(session)
        except ProblemError:
            return _say("BADAUTH")
        except SessionError as error:
            return _say(f"FAILED {error}")
        base = str(request.base_url).rstrip("/")
        return _say(f"OK\n{session}\n{base}{NOW_PLAYING}\n{base}{SUBMISSION}")

    async def look_at(self, request: Request) -> Response:
        """Take what is playing now."""
        fields = await read_form(request)
        return await self._answer(self._scrobbles.look_at(fields.get("s", ""), _describe(fields)))

    async def submit(self, request: Request) -> Response:
        """Take scrobbles. The protocol cannot refuse a single one, so one that is not a play is left out."""
        fields = await read_form(request)
        rows = [_describe(item) for item in split_items(fields).values() if "a" in item and "i" in item]
        return await self._answer(self._scrobbles.take(fields.get("s", ""), rows))

    async def _answer(self, taking: Awaitable[object]) -> Response:
        try:
            await taking
        except SessionError as error:
            return _say(f"FAILED {error}")
        except ProblemError as error:
            return _say("BADSESSION") if error.code in _NOT_KNOWN else _say(f"FAILED {error.detail}", error.status)
        return _say("OK")


def _describe(item: Fields) -> dict[str, object]:
    return describe_scrobble(item, title="t", artist="a", album="b", second="i", length="l", mbid="m")


def _knows_password(key: str, fields: Fields) -> bool:
    """Whether ``a`` is made of the time ``t`` and of a password that is the key."""
    return is_hash_of(hash_password(key) + fields.get("t", ""), fields.get("a", ""))


def _say(text: str, status: int = HTTPStatus.OK) -> Response:
    return PlainTextResponse(f"{text}\n", status)
