"""Headers that tell a browser what a page of the api may do."""

from __future__ import annotations

from typing import Final

from serving.added_headers import Headers

EVERYWHERE: Final[Headers] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)
# Their pages carry scripts of their own inside: no other site may frame them.
TOOL_PAGES: Final = ("/docs", "/lineage")
TOOLS: Final[Headers] = (
    (
        b"content-security-policy",
        b"default-src 'self' data:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-frame-options", b"DENY"),
)
# The dashboard may be shown in a frame of another site. React sets the style of single elements.
DASHBOARD: Final[Headers] = (
    (
        b"content-security-policy",
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
        b"base-uri 'none'; form-action 'self'",
    ),
)


def security_headers(path: str) -> Headers:
    """Return the headers of a path."""
    return (*EVERYWHERE, *(TOOLS if path.startswith(TOOL_PAGES) else DASHBOARD))
