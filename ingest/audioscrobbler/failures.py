"""Requests to Audioscrobbler 2.0 that fail, and what is answered to methods that are not served."""

from __future__ import annotations

from typing import Final

INVALID_METHOD, INVALID_PARAMETERS = 3, 6
NOT_KEPT: Final = ("user.getlovedtracks", "user.getfriends")
CATALOGUE: Final = ("track", "artist", "album", "tag")
"""What methods are about of which nothing is known or kept."""


class WebServiceError(Exception):
    """A request that is answered with one of Last.fm's error codes."""

    def __init__(self, code: int, message: str, status: int) -> None:
        super().__init__(message)
        self.code, self.status = code, status


def refuse_method(name: str) -> WebServiceError:
    """Return the error of a method that is not served.

    Pano Scrobbler repeats for ever what is refused with another code than 6, and players that look up a song take 6
    for one that is not found.
    """
    method = name.lower()
    if method in NOT_KEPT or method.split(".")[0] in CATALOGUE:
        return WebServiceError(INVALID_PARAMETERS, "Not found: no loved tracks, tags or catalogue are kept here.", 404)
    return WebServiceError(INVALID_METHOD, "No method of this name is served here.", 400)
