"""The reads of ListenBrainz's API that its clients make, for the key's own listener alone.

Another listener's name is a ``404``, and so is what cannot be answered honestly.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingest.access.gate import Gate
from ingest.listenbrainz.pages import write_listens, write_playing
from ingest.listenbrainz.read_arguments import LAST_SECOND, read_page
from ingest.listenbrainz.token import listener_of, with_token_header
from ingest.own_listens.playing import name_listener
from ingest.own_listens.store import ListenStore
from ingest.web.fast_path import read_body
from ingest.web.problems import ProblemCode, ProblemError

NOT_KEPT: Final = "Not Found: Top Songs keeps no feedback, follows or playlists, and a listen cannot be deleted here."
LASTFM: Final = "lastfm"
"""The service that an importer means when it names none."""


class LatestImport(BaseModel):
    """The body of ``POST /1/latest-import``: Unix time in seconds, and whose listens were imported."""

    ts: int = Field(ge=0, le=LAST_SECOND)
    service: str = Field(LASTFM, max_length=64, pattern=r"^[A-Za-z0-9_.\-]+$")


class Reads:
    """The routes, with the keys and the store that they ask; ``secret`` keys the listeners' hash."""

    def __init__(self, gate: Gate, store: ListenStore, secret: bytes) -> None:
        self._gate = gate
        self._store = store
        self._secret = secret

    async def listens(self, request: Request) -> Response:
        """Answer a page of the newest listens."""
        name, listener = self._identify(request)
        page = read_page(request.query_params)
        listens = await self._store.read(listener, page.start, page.end, page.count, oldest_first=page.oldest_first)
        listens.sort(key=lambda one: one.played_at, reverse=True)
        return JSONResponse(write_listens(name, listens, await self._store.read_bounds(listener)))

    async def listen_count(self, request: Request) -> Response:
        """Answer how many listens can be read."""
        _, listener = self._identify(request)
        return JSONResponse({"payload": {"count": (await self._store.read_bounds(listener)).count}})

    async def playing_now(self, request: Request) -> Response:
        """Answer what is playing now."""
        name, listener = self._identify(request)
        return JSONResponse(write_playing(name, await self._store.read_playing(listener)))

    async def latest_import(self, request: Request) -> Response:
        """Answer where an importer stopped, or keep it."""
        name, listener = self._identify(request)
        if request.method == "POST":
            sent = _read_latest_import(await read_body(request.receive))
            await self._store.set_latest_import(listener, sent.service, sent.ts)
            return JSONResponse({"status": "ok"})
        service = request.query_params.get("service", LASTFM)
        latest = await self._store.read_latest_import(listener, service)
        return JSONResponse({"musicbrainz_id": name, "latest_import": latest})

    async def feedback(self, request: Request) -> Response:
        """Answer that there is no feedback."""
        self._identify(request)
        return JSONResponse({"count": 0, "total_count": 0, "offset": 0, "feedback": []})

    def _identify(self, request: Request) -> tuple[str, str]:
        """Return the key's own listener, as clients and as the store name it; raises a ``404`` for another name."""
        own = listener_of(self._gate.identify(with_token_header(request)))
        name = request.path_params.get("name") or request.query_params.get("user_name", own)
        if name.casefold() != own.casefold():
            raise ProblemError(HTTPStatus.NOT_FOUND, ProblemCode.NOT_FOUND, f"Cannot find user: {name}")
        return own, name_listener(own, self._secret)


def build_routes(gate: Gate, store: ListenStore, secret: bytes) -> list[Route]:
    """Return the routes."""
    reads = Reads(gate, store, secret)
    routes = {
        "/1/user/{name}/listens": reads.listens,
        "/1/user/{name}/listen-count": reads.listen_count,
        "/1/user/{name}/playing-now": reads.playing_now,
        "/1/feedback/user/{name}/get-feedback": reads.feedback,
        # 204 is ListenBrainz's answer while the statistics of a user have not been calculated.
        "/1/stats/user/{name}/{what:path}": _no_statistics,
    }
    absent = ("/1/feedback/recording-feedback", "/1/delete-listen", "/1/user/{name}/{what:path}")
    return [
        *(Route(path, endpoint, methods=["GET"]) for path, endpoint in routes.items()),
        Route("/1/latest-import", reads.latest_import, methods=["GET", "POST"]),
        *(Route(path, _refuse, methods=["GET", "POST"]) for path in absent),
    ]


def _read_latest_import(body: bytes) -> LatestImport:
    try:
        return LatestImport.model_validate_json(body)
    except ValidationError as error:
        detail = 'Send {"ts": seconds since 1970, "service": name}.'
        raise ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.BAD_REQUEST, detail) from error


async def _no_statistics(request: Request) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _refuse(request: Request) -> Response:
    raise ProblemError(HTTPStatus.NOT_FOUND, ProblemCode.NOT_FOUND, NOT_KEPT)
