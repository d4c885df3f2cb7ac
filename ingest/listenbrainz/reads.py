"""The reads of ListenBrainz's API that its clients make, answered for a listener of whom nothing is kept here.

Ingest stores no listens: it hands them to Kafka. Clients that look for listens before they submit go on when the
page is empty, and a listen that they submit again counts once. What cannot be answered honestly is a 404.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingest.gate import Gate
from ingest.listenbrainz.token import listener_of, with_token_header
from ingest.problems import ProblemCode, ProblemError

Content = Callable[[str], dict[str, Any]]
NOT_KEPT: Final = "Not Found: Top Songs keeps no feedback, follows or playlists, and a listen cannot be deleted here."


def _no_listens(name: str) -> dict[str, Any]:
    page = {"count": 0, "user_id": name, "listens": [], "latest_listen_ts": None, "oldest_listen_ts": None}
    return {"payload": page}


EMPTY: Final[dict[str, Content]] = {
    "/1/user/{name}/listens": _no_listens,
    "/1/user/{name}/listen-count": lambda name: {"payload": {"count": 0}},
    "/1/user/{name}/playing-now": lambda name: {
        "payload": {"count": 0, "user_id": name, "playing_now": True, "listens": []}
    },
    "/1/feedback/user/{name}/get-feedback": lambda name: {"count": 0, "total_count": 0, "offset": 0, "feedback": []},
    "/1/latest-import": lambda name: {"musicbrainz_id": name, "latest_import": 0},
}
"""Reads that find nothing, and what they then hold."""
ABSENT: Final = ("/1/feedback/recording-feedback", "/1/delete-listen", "/1/user/{name}/{what:path}")


def build_routes(gate: Gate) -> list[Route]:
    """Return the routes. Each asks for a key, and answers for the key's own listener alone."""
    routes = [Route(path, _answer_with(gate, content), methods=["GET"]) for path, content in EMPTY.items()]
    routes.append(Route("/1/latest-import", _take_latest_import(gate), methods=["POST"]))
    # 204 is ListenBrainz's answer while the statistics of a user have not been calculated.
    routes.append(Route("/1/stats/user/{name}/{what:path}", _no_statistics, methods=["GET"]))
    routes += [Route(path, _refuse, methods=["GET", "POST"]) for path in ABSENT]
    return routes


def _answer_with(gate: Gate, content: Content) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        own = listener_of(gate.identify(with_token_header(request)))
        name = request.path_params.get("name") or request.query_params.get("user_name", own)
        if name.casefold() != own.casefold():
            raise ProblemError(HTTPStatus.NOT_FOUND, ProblemCode.NOT_FOUND, f"Cannot find user: {name}")
        return JSONResponse(content(own))

    return answer


def _take_latest_import(gate: Gate) -> Callable[[Request], Any]:
    async def take(request: Request) -> Response:
        """Take where an importer stopped; it is not kept, so that it begins again, which counts once."""
        gate.identify(with_token_header(request))
        return JSONResponse({"status": "ok"})

    return take


async def _no_statistics(request: Request) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _refuse(request: Request) -> Response:
    raise ProblemError(HTTPStatus.NOT_FOUND, ProblemCode.NOT_FOUND, NOT_KEPT)
