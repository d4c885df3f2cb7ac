"""Audioscrobbler 2.0 (``/2.0/``): sessions, what is playing now, and scrobbles one by one or in batches.

The password is a write key, and so is the session that is given for it. Signatures are not checked: only the
client's maker and Last.fm know the secret that they are made with.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ingest.audioscrobbler.answers import Content, write_content, write_error
from ingest.audioscrobbler.failures import INVALID_PARAMETERS, WebServiceError, refuse_method
from ingest.audioscrobbler.forms import Fields, read_form, split_items
from ingest.audioscrobbler.passwords import hash_password, is_hash_of
from ingest.audioscrobbler.plays import Scrobbles, SessionError, describe_scrobble
from ingest.audioscrobbler.recent_tracks import RecentTracks
from ingest.listenbrainz.token import listener_of
from ingest.plays.refusals import Code, Refusal
from ingest.web.problems import ProblemCode, ProblemError

AUTHENTICATION_FAILED, INVALID_SESSION, TOKEN_NOT_AUTHORIZED, TEMPORARY = 4, 9, 14, 16
MAXIMUM_SCROBBLES: Final = 1_000
WRONG_PASSWORD: Final = "The password must be a write key, and for clients that hash it the user name as well."
_IGNORED: Final = {Code.TOO_EARLY: 3, Code.TOO_OLD: 3, Code.TOO_LATE: 4}
"""Last.fm's codes of ignored scrobbles; 1 is for the artist, 2 for the track."""


class WebService:
    """The route, with the methods that it has."""

    def __init__(self, scrobbles: Scrobbles, recent: RecentTracks) -> None:
        self._scrobbles = scrobbles
        self._recent = recent
        self._methods: dict[str, Callable[[Fields], Awaitable[Content]]] = {
            "auth.getmobilesession": self._open_session,
            "auth.gettoken": self._give_token,
            "auth.getsession": self._open_session,
            "track.updatenowplaying": self._look_at,
            "track.scrobble": self._scrobble,
            "user.getinfo": self._describe_user,
            "user.getrecenttracks": self._read_recent,
        }

    async def answer(self, request: Request) -> Response:
        """Answer a request in the format that it asks for."""
        fields = await read_form(request)
        as_json = fields.get("format", "").lower() == "json"
        try:
            method = self._methods.get(fields.get("method", "").lower())
            if method is None:
                raise refuse_method(fields.get("method", ""))
            return write_content(await method(fields), as_json=as_json)
        except WebServiceError as error:
            return write_error(error.code, str(error), error.status, as_json=as_json)
        except SessionError as error:
            return write_error(INVALID_SESSION, str(error), 403, as_json=as_json)
        except ProblemError as error:
            request.scope["problem"] = error.code
            return _write_problem(error, as_json=as_json)

    async def _give_token(self, fields: Fields) -> Content:
        return {"token": secrets.token_hex(16)}

    async def _open_session(self, fields: Fields) -> Content:
        """A session for a write key, given as password or token, or as user name and hashed password."""
        session = _read_key(fields)
        try:
            key = self._scrobbles.identify(session)
        except SessionError as error:
            raise WebServiceError(AUTHENTICATION_FAILED, str(error), 403) from error
        except ProblemError as error:
            code = TOKEN_NOT_AUTHORIZED if "token" in fields else AUTHENTICATION_FAILED
            raise WebServiceError(code, WRONG_PASSWORD, 403) from error
        return {"session": {"name": listener_of(key), "key": session, "subscriber": 0}}

    async def _describe_user(self, fields: Fields) -> Content:
        """The session's own listener, for whom players ask to see whether they are logged in."""
        name = listener_of(self._scrobbles.identify(fields.get("sk", "")))
        return {"user": {"name": name, "realname": "", "subscriber": 0, "playcount": 0}}

    async def _read_recent(self, fields: Fields) -> Content:
        return await self._recent.read(self._scrobbles.identify(fields.get("sk", "")), fields)

    async def _look_at(self, fields: Fields) -> Content:
        await self._scrobbles.look_at(fields.get("sk", ""), _describe(fields))
        return {"nowplaying": _echo(fields, None)}

    async def _scrobble(self, fields: Fields) -> Content:
        session = fields.pop("sk", "")
        items = [item for item in split_items(fields).values() if {"artist", "track"} & set(item)]
        if not 1 <= len(items) <= MAXIMUM_SCROBBLES:
            raise WebServiceError(INVALID_PARAMETERS, f"Send 1 to {MAXIMUM_SCROBBLES} scrobbles.", 400)
        refused = await self._scrobbles.take(session, [_describe(item) for item in items])
        written = [_echo(item, refusal) for item, refusal in zip(items, refused, strict=True)]
        ignored = len([one for one in refused if one])
        counts = {"accepted": len(items) - ignored, "ignored": ignored}
        return {"scrobbles": {"@attr": counts, "scrobble": written if len(written) > 1 else written[0]}}


def _read_key(fields: Fields) -> str:
    name, hashed = fields.get("username", ""), fields.get("authToken")
    if hashed is None:
        return fields.get("password") or fields.get("token", "")
    return name if is_hash_of(name + hash_password(name), hashed) else ""


def _describe(item: Fields) -> dict[str, object]:
    return describe_scrobble(
        item, title="track", artist="artist", album="album", second="timestamp", length="duration", mbid="mbid"
    )


def _echo(item: Fields, refusal: Refusal | None) -> Content:
    names = {"track": "track", "artist": "artist", "album": "album", "albumArtist": "albumArtist"}
    content: Content = {name: {"corrected": "0", "#text": item.get(field, "")} for name, field in names.items()}
    if "timestamp" in item:
        content["timestamp"] = item["timestamp"]
    code = 0 if refusal is None else _IGNORED.get(refusal.code, 1 if refusal.field == "artist" else 2)
    return content | {"ignoredMessage": {"code": str(code), "#text": str(refusal or "")}}


def _write_problem(error: ProblemError, *, as_json: bool) -> Response:
    retry_after = (error.headers or {}).get("Retry-After")
    if error.code in (ProblemCode.KEY_MISSING, ProblemCode.KEY_UNKNOWN):
        return write_error(INVALID_SESSION, "The session key is not valid.", 403, as_json=as_json)
    # By Last.fm's rules clients keep scrobbles after 11 and 16 alone, so not even a used allowance is 29.
    is_used = error.code is ProblemCode.RATE_LIMITED
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_used else error.status
    return write_error(TEMPORARY, error.detail, status, as_json=as_json, retry_after=retry_after)
