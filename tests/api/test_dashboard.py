"""The dashboard, the lineage site and the API docs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from api.settings import Settings

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def build(settings: Settings) -> None:
    """A built dashboard."""
    assets = settings.frontend_dist / "assets"
    assets.mkdir(parents=True)
    page = "<html><head><title>dashboard</title></head><body>the page</body></html>"
    (settings.frontend_dist / "index.html").write_text(page)
    (settings.frontend_dist / "favicon.svg").write_text("<svg/>")
    (assets / "main-4f3c2b1a.js").write_text("console.log(1)")


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("path", ["/", "/songs/s2_0000000000000001", "/compare", "/pipeline?region=GB"])
def test_every_address_of_the_dashboard_is_its_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.text.endswith("<body>the page</body></html>")
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={**BROWSER, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("path", ["/nowhere", "/songs/foo", "/songs", "/compare/more"])
def test_an_address_that_is_no_page_says_so_in_its_status(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 404
    assert answer.text.endswith("<body>the page</body></html>")


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("path", ["/favicon.ico", "/feed.xml", "/manifest.webmanifest", "/songs/cover.png"])
def test_a_file_that_does_not_exist_is_no_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.usefixtures("build")
def test_a_file_named_by_its_content_is_kept_for_good(client: TestClient) -> None:
    answer = client.get("/assets/main-4f3c2b1a.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "javascript" in answer.headers["content-type"]
    assert client.get("/favicon.svg").headers["Cache-Control"] == "no-cache"


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize(
    "path",
    [
        "/assets/main-0ld.js",
        "/nothing",
        "/../settings.py",
        "/..%2f..%2fetc%2fpasswd",
        "/%00",
        "/a" * 3000,
    ],
)
def test_what_does_not_exist_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.usefixtures("build")
def test_the_routes_of_the_api_come_first(client: TestClient) -> None:
    assert client.get("/healthz", headers=BROWSER).json() == {"status": "ok"}
    assert client.get("/charts/hourly?region=XX", headers=BROWSER).json()["code"] == "unknown_region"


def test_without_a_build_the_page_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/", headers=BROWSER)
    assert (answer.status_code, answer.json()["code"]) == (404, "dashboard_not_built")
    assert "npm run build" in answer.json()["detail"]


def test_the_lineage_site_is_served_once_it_is_made(client: TestClient, settings: Settings) -> None:
    missing = client.get("/lineage")
    assert (missing.status_code, missing.json()["code"]) == (404, "lineage_not_built")
    assert "publish_docs" in missing.json()["detail"]
    settings.lineage_file.write_text("<title>lineage</title>")
    answer = client.get("/lineage")
    assert (answer.status_code, answer.text) == (200, "<title>lineage</title>")
    assert answer.headers["content-type"].startswith("text/html")


def test_the_docs_need_no_other_host(client: TestClient) -> None:
    page = client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 2
    for address in addresses:
        assert address.startswith("/")
        assert client.get(address).status_code == 200
    assert "https://" not in page
