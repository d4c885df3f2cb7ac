"""docs/nginx.conf does what docs/exposing.md says, with the real nginx."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.local.reverse_proxy import CHARTS, PLAYS, Proxy, find_nginx, reverse_proxy

NGINX = find_nginx()
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed; on Debian: apt-get install nginx-light")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A running nginx."""
    assert NGINX is not None
    with reverse_proxy(NGINX, tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (CHARTS, "/"), (CHARTS, "/charts/hourly?region=GB"), (CHARTS, "/charts/updates"), (CHARTS, "/status"),
        (CHARTS, "/docs"), (CHARTS, "/lineage"), (PLAYS, "/1/validate-token"), (PLAYS, "/docs"),
        (PLAYS, "/openapi.json"),
    ],
)  # fmt: skip
def test_public_routes_are_passed_on(proxy: Proxy, host: str, path: str) -> None:
    answer = proxy.ask(host, path)
    assert answer.status_code == 200
    assert answer.json()["path"] == path
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (CHARTS, "/metrics"), (CHARTS, "/healthz"), (CHARTS, "/readyz"), (PLAYS, "/metrics"), (PLAYS, "/healthz"),
        (PLAYS, "/readyz"), (PLAYS, "/"), (PLAYS, "/%6detrics"), (CHARTS, "/%6detrics"), (CHARTS, "//metrics"),
    ],
)  # fmt: skip
def test_what_is_for_operators_is_not(proxy: Proxy, host: str, path: str) -> None:
    assert proxy.ask(host, path).status_code == 404


@pytest.mark.parametrize("path", ["/play", "/plays", "/1/submit-listens"])
def test_plays_are_passed_on_up_to_the_limits_of_ingest(proxy: Proxy, path: str) -> None:
    limit = 10_240 if path == "/play" else 10_240_000
    assert proxy.ask(PLAYS, path, "POST", content=b" " * limit).json()["bytes"] == limit
    assert proxy.ask(PLAYS, path, "POST", content=b" " * (limit + 1)).status_code == 413


def test_the_client_s_address_is_nginx_s_word_alone(proxy: Proxy) -> None:
    claimed = {"X-Forwarded-For": '1.1.1.1:1 - "GET /fake HTTP/1.1" 200 OK', "X-Forwarded-Proto": "gopher"}
    headers = proxy.ask(PLAYS, "/play", "POST", content=b"{}", headers=claimed).json()["headers"]
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert headers["Host"] == PLAYS


def test_http_leads_to_https(proxy: Proxy) -> None:
    answer = httpx.get(f"http://127.0.0.1:{proxy.plain_port}/status", headers={"Host": CHARTS})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{CHARTS}/status")


def test_a_name_that_is_not_ours_gets_no_answer(proxy: Proxy) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{proxy.plain_port}/", headers={"Host": "evil.example"})


def test_what_ingest_must_be_told_of_a_write_key_is_passed_on(proxy: Proxy) -> None:
    headers = proxy.ask(PLAYS, "/play", "POST", content=b"{}", headers={"Authorization": "Token x"}).json()["headers"]
    assert headers["Authorization"] == "Token x"
