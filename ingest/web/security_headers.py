"""Headers that tell a browser what a page of ingest may do; the routes of plays, which no browser shows, have none."""

from __future__ import annotations

from typing import Final

from serving.added_headers import Headers

HEADERS: Final[Headers] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
)


def security_headers(_path: str) -> Headers:
    """Return the headers of a page."""
    return HEADERS
