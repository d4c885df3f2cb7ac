"""What ends the run that keeps the charts fresh, and what it outlives."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from unittest.mock import MagicMock

import httpx
import pytest
from prefect.exceptions import PrefectHTTPStatusError

from orchestration import flows


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One look for work that Prefect answers with a status."""
    monkeypatch.setattr(flows, "_PAUSE_AFTER_FAILURE_SECONDS", 0)
    monkeypatch.setattr(flows, "open_connections", MagicMock())
    monkeypatch.setattr(flows, "drop_connections", MagicMock())
    monkeypatch.setattr(flows, "get_run_logger", lambda: logging.getLogger("flow"))

    def answer(status: HTTPStatus) -> bool:
        request = httpx.Request("POST", "http://prefect/api/task_runs/")
        failure = PrefectHTTPStatusError("refused", request=request, response=httpx.Response(status, request=request))
        return flows._look_for_work(MagicMock(write=MagicMock(side_effect=failure)), MagicMock())

    return answer


def test_a_run_that_prefect_no_longer_knows_ends_so_that_the_next_can_take_over(look: Any) -> None:
    with pytest.raises(PrefectHTTPStatusError):
        look(HTTPStatus.CONFLICT)


def test_a_prefect_server_in_trouble_is_outlived(look: Any) -> None:
    assert look(HTTPStatus.SERVICE_UNAVAILABLE) is False
