"""A real HTTP server that answers /readyz as a test wants it to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class IngestStand:
    """What the server answers, and what it was asked."""

    address: str = ""
    status: int = 200
    asked: list[str] = field(default_factory=list)


@contextmanager
def ingest_stand() -> Iterator[IngestStand]:
    """Serve on a free port until the test is done with it."""
    stand = IngestStand()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand.asked.append(self.path)
            self.send_response(stand.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing: pytest's output is for results."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stand
        finally:
            server.shutdown()
            thread.join()
