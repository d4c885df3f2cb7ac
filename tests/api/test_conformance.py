"""Made-up requests from the OpenAPI document: no 5xx, and every answer as the document describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pydantic import SecretStr
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app, describe_app
from api.settings import Settings
from tests.api.chart_store import ChartStore, song, utc
from tests.api.play_lake import PLAYED_AT, READER_SECRET, play_lake
from tests.api.serving import serving
from tests.servers import MinioServer

HOUR = utc("2026-11-22 14:00")
REQUESTS = 30
"""To each route, of each kind."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ENDLESS = {"/charts/updates"}
PATHS = sorted(set(describe_app().openapi()["paths"]) - ENDLESS)


@pytest.fixture(scope="module")
def lake_settings(minio_server: MinioServer) -> Iterator[dict[str, object]]:
    """What leads to a lake with one play."""
    with play_lake(minio_server) as lake:
        lake.receive(lake.play("0", played_at=PLAYED_AT))
        yield {
            "s3_endpoint": minio_server.endpoint,
            "lake_bucket": lake.bucket,
            "reader_access_key": lake.user,
            "reader_secret_key": SecretStr(READER_SECRET),
        }


@pytest.fixture
def address(settings: Settings, store: ChartStore, lake_settings: dict[str, object]) -> Iterator[str]:
    """An api over HTTP, with one restated chart."""
    store.complete_through(utc("2026-11-23"))
    store.insert("regions", {"region": "global", "name": "Global"})
    store.count_window(HOUR, region="global", revision=2)
    store.rank_songs(HOUR, [song(1, revision=2)], region="global")
    store.keep_former(HOUR, 1, [song(2)], region="global")
    with serving(create_app(settings.model_copy(update=lake_settings))) as address:
        yield address


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_as_the_document_describes_it(address: str, path: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    operation = schema[path]["GET"]
    if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
        pytest.skip("there is nothing to ask wrongly")

    @examples(
        max_examples=REQUESTS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
