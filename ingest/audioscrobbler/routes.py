"""Where Last.fm's two protocols are served."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from ingest.access.gate import Gate
from ingest.audioscrobbler.plays import Scrobbles
from ingest.audioscrobbler.recent_tracks import RecentTracks
from ingest.audioscrobbler.submissions import NOW_PLAYING, SUBMISSION, Submissions
from ingest.audioscrobbler.web_service import WebService
from ingest.own_listens.playing import PlayingNow
from ingest.plays.recorder import Recorder

WEB_SERVICE: Final = ("/2.0", "/2.0/")
LARGE_BODIES: Final = (*WEB_SERVICE, SUBMISSION)
"""Routes that take many plays in one body."""


def build_routes(gate: Gate, recorder: Recorder, playing: PlayingNow, recent: RecentTracks) -> list[Route]:
    """Return the routes of both protocols."""
    scrobbles = Scrobbles(gate, recorder, playing)
    service, submissions = WebService(scrobbles, recent), Submissions(scrobbles)
    routes = [Route(path, service.answer, methods=["GET", "POST"]) for path in WEB_SERVICE]
    return [
        *routes,
        Route("/", submissions.shake_hands, methods=["GET"]),
        Route(NOW_PLAYING, submissions.look_at, methods=["POST"]),
        Route(SUBMISSION, submissions.submit, methods=["POST"]),
    ]
