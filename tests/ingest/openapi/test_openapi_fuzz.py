"""Requests made from the OpenAPI document, good and bad ones, are answered as it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from ingest.app import create_app
from tests.ingest.builders import LOCAL_KEY, ingest_settings
from tests.ingest.publishers import MemoryPublisher

# A schema cannot say that a region exists, that an hour has 60 minutes, or who the key's listener is.
BEYOND_SCHEMAS: list[Any] = [positive_data_acceptance, negative_data_rejection]
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# A request without body and parameters cannot be made wrong.
OPERATIONS = [
    ("/play", "POST", GOOD),
    ("/play", "POST", BAD),
    ("/plays", "POST", GOOD),
    ("/plays", "POST", BAD),
    ("/1/submit-listens", "POST", GOOD),
    ("/1/submit-listens", "POST", BAD),
    ("/1/validate-token", "GET", GOOD),
    ("/healthz", "GET", GOOD),
    ("/readyz", "GET", GOOD),
]


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
@pytest.mark.parametrize("examples", [15, pytest.param(3_000, marks=[pytest.mark.faults, pytest.mark.timeout(3_600)])])
def test_an_answer_is_as_the_document_says(
    tmp_path: Path, path: str, method: str, mode: GenerationMode, examples: int
) -> None:
    publisher = MemoryPublisher()
    app = create_app(ingest_settings(tmp_path, ingest_rate_limit_plays=10**9), publisher)
    operation = schemathesis.openapi.from_asgi("/openapi.json", app)[path][method]

    @settings(max_examples=examples, deadline=None, database=None, derandomize=True,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        case.call_and_validate(headers={"Authorization": f"Token {LOCAL_KEY}"}, excluded_checks=BEYOND_SCHEMAS)

    ask()
    publisher.read_back()
