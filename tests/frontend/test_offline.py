"""The last chart is there while the network is away, with its age, and never for a fresh one."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.frontend.mocked_api import answer
from tests.frontend.mocked_dashboard import API_PATHS, DIST, UPDATES, must_be_built
from tests.frontend.mocked_examples import NOW
from tests.ports import free_ports

KEPT: Final = """async () => {
    const kept = [];
    for (const name of await caches.keys()) kept.push(...(await (await caches.open(name)).keys()));
    return kept.map(({ url }) => new URL(url).pathname);
}"""
MANY_CHARTS: Final = """async () => {
    for (let hour = 0; hour < 230; hour += 1) await fetch(`/charts/hourly?region=GB&n=${hour}`);
}"""
MOST: Final = 200
LATER: Final = "<!-- a later build -->"
WITHIN_MS: Final = 20_000


class Server(BaseHTTPRequestHandler):
    """The mocked api and the built dashboard, as a server: a service worker needs one."""

    build = ""
    """What the shell of a later build has besides."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == UPDATES:
            self.send_error(503)
        elif address.path.startswith(API_PATHS):
            self._send(json.dumps(answer(address.path, dict(parse_qsl(address.query)))).encode(), "application/json")
        else:
            file = DIST / address.path.lstrip("/")
            if file.is_file():
                self._send(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "text/html")
            else:
                shell = (DIST / "index.html").read_text().replace("</head>", f"{self.build}</head>")
                self._send(shell.encode(), "text/html")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response_only(200)
        self.send_header("Date", format_datetime(NOW, usegmt=True))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the base class
        """Nothing: the test says what matters."""


@contextmanager
def serving(port: int) -> Iterator[None]:
    """The server, for a while."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Server)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[tuple[Page, int]]:
    """A page whose service worker is its own, and the port of the server that it visits."""
    must_be_built()
    [port] = free_ports(1)
    context = chromium.new_context(base_url=f"http://localhost:{port}", locale="en-GB", timezone_id="Europe/Oslo")
    yield context.new_page(), port
    context.close()


def visit(page: Page) -> None:
    """Open a chart, and wait until it is kept for offline."""
    page.goto("/?region=GB")
    page.get_by_role("table", name="Top songs").wait_for()
    wait_until_kept(page)


def wait_until_kept(page: Page) -> None:
    """Waits for the shell, its code and the chart."""
    needed = {"/", "/first.js", "/charts/hourly"}
    for _ in range(50):
        kept = set(page.evaluate(KEPT))
        if needed <= kept and len([one for one in kept if one.startswith("/assets/")]) > 10:
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept)


def test_the_last_chart_stands_offline_with_its_age_and_gives_way_to_a_fresh_one(visitor: tuple[Page, int]) -> None:
    page, port = visitor
    with serving(port):
        visit(page)
        rows = page.locator("tr[data-song]").all_text_contents()
    page.goto("/?region=GB")
    expect(page.get_by_text("You are offline. This was loaded")).to_be_visible(timeout=WITHIN_MS)
    assert page.locator("tr[data-song]").all_text_contents() == rows
    assert page.get_by_role("button", name="Live").count() == 0
    with serving(port):
        expect(page.get_by_text("You are offline.")).to_have_count(0, timeout=WITHIN_MS)
        page.reload()
        page.get_by_role("table", name="Top songs").wait_for()
        assert page.get_by_text("You are offline.").count() == 0


def test_a_new_build_is_taken_at_the_next_load_and_kept_in_the_place_of_the_former(
    visitor: tuple[Page, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, port = visitor
    with serving(port):
        visit(page)
        monkeypatch.setattr(Server, "build", LATER)
        page.reload()
        assert LATER in page.content()
        page.get_by_role("table", name="Top songs").wait_for()
    page.goto("/?region=GB")
    assert LATER in page.content()
    expect(page.get_by_text("You are offline. This was loaded")).to_be_visible(timeout=WITHIN_MS)


def test_many_charts_never_push_the_code_out(visitor: tuple[Page, int]) -> None:
    page, port = visitor
    with serving(port):
        visit(page)
        page.reload()
        page.evaluate(MANY_CHARTS)
        assert page.evaluate(KEPT).count("/charts/hourly") == MOST
    page.goto("/?region=GB")
    page.get_by_role("heading", level=1).wait_for(timeout=WITHIN_MS)
