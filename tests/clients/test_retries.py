"""The client against a real ingest app over HTTP: verdicts, patience, and waiting as asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from clients.top_songs import RefusedByIngestError, TopSongs, UnconfirmedError
from clients.top_songs.verdicts import read_wait
from ingest.app import create_app
from tests.clients.servers import free_port, serving
from tests.ingest.builders import LOCAL_KEY, ingest_settings, play_body
from tests.ingest.publishers import MemoryPublisher


@pytest.fixture
def publisher() -> MemoryPublisher:
    """Where ingest's plays go."""
    return MemoryPublisher()


@pytest.fixture
def url(publisher: MemoryPublisher, tmp_path: Path) -> Iterator[str]:
    """A running ingest."""
    with serving(create_app(ingest_settings(tmp_path), publisher), free_port()) as url:
        yield url


@pytest.fixture
def poster(url: str) -> Iterator[TopSongs]:
    """A poster that knows ingest's key."""
    poster = TopSongs(url, LOCAL_KEY, patience_seconds=20)
    yield poster
    poster.close()


def answering(*answers: Callable[[], Response]) -> Starlette:
    """An app that gives these answers to any request, one after the other, then the last again."""
    left = list(answers)

    async def answer(request: Request) -> Response:
        await request.body()
        return (left.pop(0) if len(left) > 1 else left[0])()

    return Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])


def all_accepted() -> Response:
    item = {"index": 0, "status": "accepted", "play_id": "p", "code": None, "message": None}
    return JSONResponse({"items": [item]}, 202)


def test_every_play_has_a_verdict_in_its_place(poster: TopSongs, publisher: MemoryPublisher) -> None:
    plays: list[object] = [play_body(play_id=f"p{n}") for n in range(2500)]
    plays[1200] = play_body(title="")
    plays[2400] = "no play"
    verdicts = poster.submit_all(plays)
    assert [one.index for one in verdicts] == list(range(2500))
    refused = [(one.index, one.code) for one in verdicts if one.status == "rejected"]
    assert refused == [(1200, "too_short"), (2400, "not_an_object")]
    assert verdicts[2399].play_id == "p2399"
    assert len(publisher.messages) == 2498
    assert poster.submit_all([]) == []


def test_one_play_that_spoils_the_request_is_found_and_the_rest_goes_in(
    poster: TopSongs, publisher: MemoryPublisher
) -> None:
    plays: list[object] = [play_body(play_id=f"p{n}") for n in range(40)]
    plays[17] = play_body(title="\ud800")
    plays[31] = play_body(title="x" * 11_000_000)
    codes = {one.index: one.code for one in poster.submit_all(plays) if one.status == "rejected"}
    assert codes == {17: "not_json", 31: "body_too_large"}
    assert len(publisher.messages) == 38


def test_only_what_is_unconfirmed_is_sent_again(poster: TopSongs, publisher: MemoryPublisher) -> None:
    publisher.refused_titles = {"lost for now"}
    plays = [play_body(play_id="a"), play_body(play_id="b", title="lost for now"), {}]

    threading.Timer(1, publisher.refused_titles.clear).start()
    assert [one.status for one in poster.submit_all(plays)] == ["accepted", "accepted", "rejected"]
    assert [one.play_id for one in publisher.read_back()] == ["a", "b"]
    assert poster.retried >= 1


def test_ingest_may_come_up_later(publisher: MemoryPublisher, tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with pytest.raises(httpx.ConnectError):
        TopSongs(address, LOCAL_KEY, patience_seconds=0.5).submit_all([play_body()])
    with ThreadPoolExecutor(1) as pool:
        verdicts = pool.submit(TopSongs(address, LOCAL_KEY).submit_all, [play_body()])
        time.sleep(1)
        with serving(create_app(ingest_settings(tmp_path), publisher), port):
            assert verdicts.result(30)[0].status == "accepted"


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_for_as_long_as_it_is_told(status: int) -> None:
    def later() -> Response:
        problem = {"code": "later", "detail": "later"}
        headers = {"Retry-After": "1"}
        return JSONResponse(problem, status, headers, "application/problem+json")

    with serving(answering(later, all_accepted), free_port()) as url:
        poster = TopSongs(url, LOCAL_KEY)
        started = time.monotonic()
        assert poster.submit_all([play_body()])[0].play_id == "p"
        assert 1 <= time.monotonic() - started < 4
        assert poster.retried == 1


def test_a_page_of_some_proxy_is_no_verdict() -> None:
    def bad_gateway() -> Response:
        return PlainTextResponse("<html>", 502)

    with serving(answering(bad_gateway, all_accepted), free_port()) as url:
        poster = TopSongs(url, LOCAL_KEY)
        assert poster.submit_all([play_body()])[0].status == "accepted"
        assert poster.retried == 1


def test_patience_ends(poster: TopSongs, publisher: MemoryPublisher, url: str) -> None:
    publisher.away = True
    impatient = TopSongs(url, LOCAL_KEY, patience_seconds=0.1)
    with pytest.raises(UnconfirmedError):
        impatient.submit_all([play_body()])


def test_a_wrong_key_is_an_error_at_once(url: str) -> None:
    with pytest.raises(RefusedByIngestError, match="key"):
        TopSongs(url, "wrong").submit_all([play_body()])


def test_raw_bytes_get_ingest_s_own_answer(poster: TopSongs) -> None:
    assert poster.submit_raw(b"\xff").json()["code"] == "not_json"
    assert poster.submit_raw(b"[]").status_code == 422


def test_a_wait_longer_than_patience_ends_it_at_once() -> None:
    def tomorrow() -> Response:
        return Response(status_code=503, headers={"Retry-After": "86400"})

    with serving(answering(tomorrow), free_port()) as url:
        started = time.monotonic()
        with pytest.raises(UnconfirmedError):
            TopSongs(url, LOCAL_KEY, patience_seconds=5).submit_all([play_body()])
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), (" 7 ", 7), ("soon", None), ("", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
)
def test_retry_after_is_a_number_of_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert read_wait(httpx.Response(503, headers={"Retry-After": header})) == seconds


def test_json_that_is_cut_off_is_no_verdict() -> None:
    def half() -> Response:
        return Response('{"items": [', 502, media_type="application/json")

    with serving(answering(half, all_accepted), free_port()) as url:
        assert TopSongs(url, LOCAL_KEY).submit_all([play_body()])[0].status == "accepted"
