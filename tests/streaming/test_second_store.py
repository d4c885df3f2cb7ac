"""S3 other than MinIO: settings alone move the lake to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from local.settings import CACHE
from tests.streaming.same_tests import run_same_tests
from tests.streaming.versitygw import build_versitygw, second_store


@pytest.mark.faults
@pytest.mark.timeout(1200)
def test_the_same_driver_and_tests_run_on_another_s3_server(tmp_path: Path) -> None:
    program = build_versitygw(Path(os.environ.get("TOP_SONGS_CACHE") or CACHE))
    with second_store(program, tmp_path) as changes:
        run_same_tests(changes)
        assert any((tmp_path / "objects").rglob("*.parquet"))
