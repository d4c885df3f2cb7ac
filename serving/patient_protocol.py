"""Uvicorn's HTTP with bounds on the head of a request and on a body that the app leaves unread."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD: Final = 65_536
UNREAD_BODY_SECONDS: Final = 5.0
HEAD_END: Final = b"\r\n\r\n"
TOO_LARGE_HEAD: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
)


class PatientProtocol(HttpToolsProtocol):
    """Close a connection whose head is late or too large, or whose body is sent after the response.

    Between requests uvicorn's own keep-alive time-out applies; a body that the app reads is the app's.
    """

    head_seconds: float = 30.0

    _head_timer: asyncio.TimerHandle | None = None
    _body_timer: asyncio.TimerHandle | None = None
    _head_bytes: int = 0
    _last_bytes: bytes = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time-out of the first head."""
        super().connection_made(transport)
        self._start_head_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop both time-outs."""
        self._stop_head_timer()
        self._stop_body_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head that is not complete; answer 431 beyond the limit.

        A head that begins in the middle of `data` may grow by that one read beyond it.
        """
        if self._head_timer is None:
            super().data_received(data)
            return
        if self._head_bytes + len(data) > LARGEST_HEAD and self._is_head_too_large(data):
            self.transport.write(TOO_LARGE_HEAD)
            self.transport.close()
            return
        self._head_bytes += len(data)
        self._last_bytes = data[-3:]
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Start the time-out of this head, unless the connection's is running."""
        super().on_message_begin()
        if self._head_timer is None:
            self._start_head_timer()

    def on_headers_complete(self) -> None:
        """Stop the time-out of the head."""
        self._stop_head_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop the time-out of a body that nobody reads."""
        self._stop_body_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Give a client that still sends its body some seconds to read the response, then close."""
        if not self.pipeline and self.cycle.more_body and self._body_timer is None:
            self._body_timer = self.loop.call_later(UNREAD_BODY_SECONDS, self.transport.close)
        super().on_response_complete()

    def _is_head_too_large(self, data: bytes) -> bool:
        end = (self._last_bytes + data).find(HEAD_END)
        return end < 0 or self._head_bytes - len(self._last_bytes) + end > LARGEST_HEAD

    def _start_head_timer(self) -> None:
        self._head_bytes, self._last_bytes = 0, b""
        self._head_timer = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_body_timer(self) -> None:
        if self._body_timer is not None:
            self._body_timer.cancel()
            self._body_timer = None
